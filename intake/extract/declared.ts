import { chineseNumber } from '../../domain/due-phrase';
import type { DraftDeclared } from '../draft';
import { sentences, type Prose } from '../prose';
import { readings } from './declared-words';
import { handlingIn } from './handling';
import { moneyMentions } from './money';
import { narrow } from './width';

/**
 * A total that the document states about itself. `what` is one of the readings' names, `handling:<kind>` (persons or person-times as
 * the text has them), `money:<role>` (yuan) or `completion_rate` (percent).
 */
export type Declared = Pick<DraftDeclared, 'what' | 'value' | 'line'>;

const counts = /(?<![\d.第])(?<n>\d{1,6}|[一二两三四五六七八九十百零]{1,5})\s?余?(?<unit>人次|[个项条件类大名人])/gu;
const aboutResults = /问题|整改|处理|措施|制度|方面|风险点|线索|方案|问责|处分|诫勉|资金|[追收上退]缴|清退|违[纪规]款/u;
const noClues = /未[^，,。；;]{0,14}移交[^，,。；;]{0,4}(?:问题)?线索|(?:没有|无)移交[^，,。；;]{0,4}线索/u;
const rates = /(?:整改)?(?:完成|整改|办结|销号)率(?:为|达到?|已达|[:：])?\s?(?<n>\d{1,3}(?:\.\d{1,3})?)%/gu;
/** 问责12人 is the whole, whatever became of each. */
const wholes = new Set(['问责']);
/** Roles of money that a report sums up about itself. */
const summedRoles = new Set(['已追缴', '已退还', '上缴国库', '上缴廉政账户', '未到位', '应追缴', '应退', '罚没', '节约']);

/** The totals stated outside the findings, in text order; each wording of a total once. */
export function declaredIn(paragraphs: readonly Prose[]): Declared[] {
  return unique(paragraphs.flatMap((prose) => sentences(prose.text).flatMap(({ start, end }) => ofSentence(prose.slice(start, end)))));
}

function ofSentence(prose: Prose): Declared[] {
  const text = narrow(prose.text);
  if (!aboutResults.test(text) || !/[\d一二两三四五六七八九十]|线索/u.test(text)) return [];
  const totals = [...countsIn(text), ...ratesIn(text)].map(({ at, ...total }) => ({ ...total, line: prose.lineAt(at) }));
  return [
    ...totals,
    ...(noClues.test(text) ? [{ what: 'clues', value: 0, line: prose.line }] : []),
    ...handlingIn(prose)
      .filter(({ kind }) => !wholes.has(kind))
      .map(({ kind, count, line }) => ({ what: `handling:${kind}`, value: count, line })),
    ...moneyMentions(prose).flatMap(({ role, amountYuan, line, about }) =>
      role !== null && summedRoles.has(role) && !about ? [{ what: `money:${role}`, value: amountYuan, line }] : [],
    ),
  ];
}

interface Placed {
  readonly what: string;
  readonly value: number;
  readonly at: number;
}

function countsIn(text: string): Placed[] {
  const found: Placed[] = [];
  let last = { what: '', end: -1 };
  for (const match of text.matchAll(counts)) {
    const { n = '', unit = '' } = match.groups ?? {};
    const value = chineseNumber(n);
    // 完成一项、销号一项 counts nothing
    if (value === null || n === '一') continue;
    const end = match.index + match[0].length;
    const lead = text.slice(Math.max(match.index - 80, 0), match.index);
    const around = {
      sentence: lead,
      clause: /[^，,。；;（(]*$/u.exec(lead)?.[0] ?? '',
      behind: text.slice(end, end + 24),
      unit,
      previous: last.end >= 0 && /^(?:方面|类|项|个|大)?[、,，的共计\s]{0,4}$/u.test(text.slice(last.end, match.index)) ? last.what : null,
    };
    const what = readings.find(([, fits]) => fits(around))?.[0];
    if (what !== undefined) found.push({ what, value, at: match.index });
    last = { what: what ?? '', end };
  }
  return found;
}

const ratesIn = (text: string): Placed[] =>
  [...text.matchAll(rates)].map(({ index, groups }) => ({ what: 'completion_rate', value: Number(groups?.['n'] ?? 0), at: index }));

function unique(found: readonly Declared[]): Declared[] {
  const seen = new Set<string>();
  return found.filter(({ what, value, line }) => {
    const key = `${what}/${value}/${line}`;
    const isNew = !seen.has(key);
    seen.add(key);
    return isNew;
  });
}
