import { parseDuePhrase, type DueContext } from '../../domain/due-phrase';
import type { DraftIssue } from '../draft';
import type { FindingNode } from '../findings-tree';
import type { Prose } from '../prose';

/** A limit found in an issue; `understood` false when its words could not be read. */
export interface FoundDeadline {
  readonly deadline: NonNullable<DraftIssue['deadline']>;
  readonly understood: boolean;
  /** The phrase names a month or day without a year, and the text does not decide it. */
  readonly yearMissing: boolean;
}

const bracketed = /[（(【]([^（()）【】\n]{2,40})[)）】]/gu;
// 整改时限为2025年6月底前 · 于2025年6月底前完成整改
const inProse = [
  /(?:整改|完成)(?:时限|期限)(?:为|是|至)\s?([^。；;\n]{2,40})/u,
  /((?:(?:19|20)\d\d\s?年)?\s?\d{1,2}\s?月(?:\s?\d{1,2}\s?[日号]|底|末)?\s?(?:之)?前)[^。；;，,\n]{0,8}(?:完成整改|整改到位|整改完毕|完成销号)/u,
];

/** The explicit limit of an issue: its label, a bracket behind its heading, or a sentence that names a limit of the rectification. */
export function deadlineOf(finding: FindingNode, context: DueContext): FoundDeadline | null {
  const all = [...finding.sections, ...finding.shared];
  const labelled = all.find(({ kind, prose }) => kind === 'deadline' && prose.text !== '');
  if (labelled !== undefined) return read(labelled.prose, 0, labelled.prose.text.length, context);
  return (
    fromHeading(finding, context) ??
    fromProse(
      all.flatMap(({ kind, prose }) => (kind === 'statement' || kind === 'finding' ? [] : [prose])),
      context,
    )
  );
}

function read(prose: Prose, start: number, end: number, context: DueContext): FoundDeadline {
  const part = prose.slice(start, end);
  const raw = (part.text.split('\n')[0] ?? '').replace(/[。；;，,]+$/u, '');
  const { immediate, sustained, due, understood, done, yearStated } = parseDuePhrase(raw, context);
  const yearMissing = due === null && !yearStated && !done && /\d\s?月|[一二三四五六七八九十]月|季度|年底/.test(raw);
  return { deadline: { raw, immediate, sustained, due, line: part.line }, understood, yearMissing };
}

function fromHeading(finding: FindingNode, context: DueContext): FoundDeadline | null {
  const statement = finding.sections.find(({ kind }) => kind === 'statement' || kind === 'finding')?.prose;
  if (statement === undefined) return null;
  const line = statement.text.split('\n')[0] ?? '';
  for (const match of line.matchAll(bracketed)) {
    const words = match[1] ?? '';
    const phrase = parseDuePhrase(words, context);
    const isLimit = phrase.immediate || (phrase.sustained && words.length <= 12) || /前|底|时限|期限|内(?:完成|整改)/.test(words);
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
