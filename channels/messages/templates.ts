import { z } from 'zod';
import { badInput } from '../../domain/failure';
import { clean } from '../digest-clean';
import { messagesOf } from './index';
import { locales, type Locale, type Messages } from './messages';
import { SLOT, sentenceKeys, sentenceRules, type SentenceKey, type Sentences } from './sentences';

/** An office's own wording of some sentences of a digest: `zhenggai.messages/1`. */
export interface MessageTemplates {
  readonly locale: Locale;
  readonly overrides: Readonly<Partial<Record<SentenceKey, string>>>;
}

const MOST_OVERRIDES = 200;

const shape = z.strictObject({
  schema: z.literal('zhenggai.messages/1'),
  locale: z.enum(locales),
  overrides: z.record(z.string().max(60), z.string().max(10_000)),
});

/**
 * Reads a template file that was parsed as JSON. All or nothing; throws badInput for the first thing wrong, with its key and what is
 * allowed: template.shape, template.tooMany, template.unknownKey, template.empty, template.lineBreak, template.control, template.html,
 * template.braces, template.unknownSlot, template.missingSlot, template.tooLong.
 */
export function parseTemplates(value: unknown): MessageTemplates {
  const read = shape.safeParse(value);
  if (!read.success) {
    const [issue] = read.error.issues;
    const place = issue === undefined || issue.path.length === 0 ? '' : `“${issue.path.join('.')}”处：${issue.message}`;
    throw badInput(
      'template.shape',
      `模板文件的格式不对。${place}`,
      `应为 { "schema": "zhenggai.messages/1", "locale": "${locales.join('" 或 "')}", "overrides": { "句子": "模板" } }。`,
    );
  }
  const { locale, overrides } = read.data;
  const entries = Object.entries(overrides);
  if (entries.length > MOST_OVERRIDES) {
    throw badInput('template.tooMany', `模板文件改写了${entries.length}句。`, `最多${MOST_OVERRIDES}句，请删去不用的。`);
  }
  return { locale, overrides: Object.fromEntries(entries.map(([key, template]) => [keyOf(key), checked(keyOf(key), template)])) };
}

/** The catalogue with an office's own sentences in place of its own. */
export function withTemplates({ locale, overrides }: MessageTemplates): Messages {
  const messages = messagesOf(locale);
  const sentences: Sentences = { ...messages.sentences, ...overrides };
  return { ...messages, sentences };
}

function keyOf(key: string): SentenceKey {
  const known = sentenceKeys.find((one) => one === key);
  if (known === undefined) {
    throw badInput('template.unknownKey', `没有名为“${clean(key)}”的句子。`, `可改写的有：${sentenceKeys.join('、')}。`);
  }
  return known;
}

/** Each rule with its code and what is wrong; the first that a template breaks is told. */
const rules: readonly { code: string; what: string; breaks(template: string, key: SentenceKey): boolean }[] = [
  { code: 'template.empty', what: '不能为空', breaks: (template, key) => key !== 'note' && template.trim() === '' },
  { code: 'template.lineBreak', what: '不能换行', breaks: (template) => /[\n\r\u2028\u2029\v\f\u0085]/u.test(template) },
  {
    code: 'template.control',
    what: '含有控制字符、不可见字符或残缺字符',
    breaks: (template) => /[\p{Cc}\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}]/u.test(template),
  },
  { code: 'template.html', what: '不能含网页标记', breaks: (template) => /<[a-z/!?]|&(?:#\w+|[a-z]\w*);/iu.test(template) },
  { code: 'template.braces', what: '的花括号不成对', breaks: (template) => /[{}]/.test(template.replace(SLOT, '')) },
  {
    code: 'template.unknownSlot',
    what: '用了没有的空位',
    breaks: (template, key) => slotsIn(template).some((slot) => !slotsOf(key).includes(slot)),
  },
  {
    code: 'template.missingSlot',
    what: '缺少必需的空位',
    breaks: (template, key) => sentenceRules[key].required.some((slot) => !slotsIn(template).includes(slot)),
  },
  { code: 'template.tooLong', what: '过长', breaks: (template, key) => Array.from(template).length > sentenceRules[key].longest },
];

function checked(key: SentenceKey, template: string): string {
  const broken = rules.find((rule) => rule.breaks(template, key));
  if (broken !== undefined) throw badInput(broken.code, `句子“${key}”${broken.what}。`, allowed(key));
  return template.trim();
}

const slotsIn = (template: string): string[] => [...template.matchAll(SLOT)].map(([, slot = '']) => slot);
const slotsOf = (key: SentenceKey): readonly string[] => sentenceRules[key].slots;

/** `应为一行纯文字，不超过80字；可用空位：{day}（必需）、{totals}。` */
function allowed(key: SentenceKey): string {
  const required: readonly string[] = sentenceRules[key].required;
  const slots = slotsOf(key).map((slot) => `{${slot}}${required.includes(slot) ? '（必需）' : ''}`);
  return `应为一行纯文字，不超过${sentenceRules[key].longest}字；${slots.length === 0 ? '没有可用的空位' : `可用空位：${slots.join('、')}`}。`;
}
