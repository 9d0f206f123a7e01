import { parseDuePhrase, type DueContext, type DueQuestion } from '../../domain/due-phrase';
import type { DraftIssue } from '../draft';
import type { FindingNode } from '../findings-tree';
import type { Prose } from '../prose';
import { isStateAlone, statusWord } from '../status-words';
import { narrow } from './width';

/** A limit found in an issue. */
export interface FoundDeadline {
  readonly deadline: NonNullable<DraftIssue['deadline']>;
  /** All that the phrase leaves open (see `dueQuestionTexts`). */
  readonly asks: readonly DueQuestion[];
}

const bracketed = /[（(【]([^（()）【】\n]{2,40})[)）】]/gu;
const saidYear = '(?:(?:(?:19|20)\\d\\d|二[〇○零]\\S{2})\\s?年|今年|明年)?\\s?';
const monthOrDay =
  '(?:\\d{1,2}|十?[一二三四五六七八九十])\\s?月(?:份|\\s?(?:\\d{1,2}|[一二三四五六七八九十]{1,3})\\s?[日号]|底|末|[上中下]旬)?';
const longerSpan = '(?<=年\\s?)[底末]|(?<![去上前])年[底末]|第?[一二三四1-4]季度[底末]?';
const finished = '[^。；;，,\\n]{0,8}(?:完成整改|整改到位|整改完毕|完成销号)';
// 整改时限为2025年6月底前 · 于2025年6月底前完成整改 · 反馈之日起三个月内完成整改 · 集中整改期内完成整改
const inProse = [
  /(?:整改|完成)(?:时限|期限)(?:为|是|至)\s?([^。；;\n]{2,40})/u,
  new RegExp(`(${saidYear}(?:${monthOrDay}|${longerSpan})\\s?(?:之|以)?前)${finished}`, 'u'),
  new RegExp(`((?:反馈[^。；;，,\\n]{0,8}(?:起|后)[^。；;，,\\n]{1,8}|集中整改期(?:限)?)内)${finished}`, 'u'),
];

/** The explicit limit of an issue: its label, a bracket behind its heading, or a sentence that names a limit of the rectification. */
export function deadlineOf(finding: FindingNode, context: DueContext): FoundDeadline | null {
  const all = [...finding.sections, ...finding.shared];
  const labelled = all.find(({ kind, prose }) => kind === 'deadline' && prose.text !== '');
  if (labelled !== undefined) return fromField(labelled.prose, context);
  return (
    fromHeading(finding, context) ??
    fromProse(
      all.flatMap(({ kind, prose }) => (kind === 'statement' || kind === 'finding' ? [] : [prose])),
      context,
    )
  );
}

/** 整改时限：已完成 and 整改时限：无 set no limit. */
function fromField(prose: Prose, context: DueContext): FoundDeadline | null {
  const field = prose.text.split('\n', 1)[0] ?? '';
  const saysNothing =
    /^[\s/\\—–-]*(?:无|暂无)?[\s/\\—–-]*[。；;]?$/u.test(field) || (isStateAlone(field) && statusWord(field) === 'completed');
  return saysNothing && !parseDuePhrase(field).limited ? null : read(prose, 0, field.length, context);
}

function read(prose: Prose, start: number, end: number, context: DueContext): FoundDeadline {
  const part = prose.slice(start, end);
  const raw = withoutLooseEnd(part.text.split('\n', 1)[0] ?? '');
  const { immediate, sustained, due, asks } = parseDuePhrase(narrow(raw), context);
  return { deadline: { raw, immediate, sustained, due, line: part.line }, asks };
}

/** （整改时限：2024年6月底） leaves its closing bracket behind the limit. */
function withoutLooseEnd(text: string): string {
  const plain = text.replace(/[。；;，,、\s]+$/u, '');
  return /[）)】]$/u.test(plain) && !/[（(【]/u.test(plain) ? withoutLooseEnd(plain.slice(0, -1)) : plain;
}

function fromHeading(finding: FindingNode, context: DueContext): FoundDeadline | null {
  const statement = finding.sections.find(({ kind }) => kind === 'statement' || kind === 'finding')?.prose;
  if (statement === undefined) return null;
  const line = statement.text.split('\n')[0] ?? '';
  for (const match of line.matchAll(bracketed)) {
    const words = match[1] ?? '';
    const phrase = parseDuePhrase(words, context);
    const isLimit =
      phrase.immediate ||
      (phrase.sustained && words.length <= 12 && !/每|定期/.test(words)) || // （每季度一次） tells of the finding
      (phrase.limited && /前|底|时限|期限|内(?:完成|整改)/.test(words));
    if (isLimit && phrase.understood && !phrase.done) return read(statement, match.index + 1, match.index + 1 + words.length, context);
  }
  return null;
}

function fromProse(accounts: readonly Prose[], context: DueContext): FoundDeadline | null {
  for (const prose of accounts) {
    for (const pattern of inProse) {
      const match = pattern.exec(prose.text);
      const words = match?.[1];
      if (match === null || words === undefined) continue;
      const at = match.index + match[0].indexOf(words);
      if (parseDuePhrase(words, context).understood) return read(prose, at, at + words.length, context);
    }
  }
  return null;
}
