import type { DraftIssue, DraftLedger } from '../intake/draft';
import { matchIssues, type Titled } from '../intake/match-issues';
import type { RoundIssue } from '../ledger/draft-round';
import { print, printTable } from './output';
import { shorten } from './table';
import { statusWords } from './commands/read';

/** What is compared, by the words under which it is shown; null: nothing is said. */
type Values = Readonly<Record<string, string | null>>;

/** One side of a comparison. Values that the other side does not have are not compared. */
export interface Side {
  readonly round: Values;
  readonly issues: readonly (Titled & { readonly values: Values })[];
}

/** `where`: 轮次, or the number of an issue; `field`: what differs, or that the issue stands on one side only. */
export interface DraftDifference {
  readonly where: string;
  readonly field: string;
  readonly before: string | null;
  readonly now: string | null;
}

/** A draft as a side. */
export const sideOfDraft = ({ round, issues }: DraftLedger): Side => ({
  round: {
    被巡察单位: round.inspectedBody?.value ?? null,
    巡察方: round.inspectingBody?.value ?? null,
    进驻: round.onSite.map(({ start, end }) => `${start}至${end}`).join('、') || null,
    反馈日期: round.feedbackDate?.value ?? null,
    公开日期: round.publishedDate?.value ?? null,
    报告日期: round.reportDate?.value ?? null,
  },
  issues: issues.map((issue) => ({ id: issue.id, number: issue.number, title: issue.title, values: valuesOf(issue) })),
});

const valuesOf = (issue: DraftIssue): Values => ({
  标题: issue.title,
  正文: issue.text,
  报告所称: issue.status === null ? null : statusWords[issue.status.value],
  时限: issue.deadline === null ? null : (issue.deadline.due ?? issue.deadline.raw),
  方面: issue.aspect,
  项: issue.category,
  责任单位: issue.parties.responsibleUnit,
  措施: String(issue.measures.length),
});

/** The issues of a round as a side: title, text and what was reported are all that registering kept. */
export const sideOfRound = (issues: readonly RoundIssue[]): Side => ({
  round: {},
  issues: issues.map(({ id, number, title, text, reported }) => ({
    id,
    number,
    title,
    values: { 标题: title, 正文: text, 报告所称: reported === null ? null : statusWords[reported] },
  })),
});

/** What differs between two sides, issues paired by number and title. Pure. */
export function differencesOf(before: Side, now: Side): DraftDifference[] {
  const { pairs, onlyInRound, onlyInReport } = matchIssues(before.issues, now.issues);
  const earlier = new Map(before.issues.map((issue) => [issue.id, issue]));
  const later = new Map(now.issues.map((issue) => [issue.id, issue]));
  const numberOf = (number: number | undefined): string => `问题${number ?? ''}`;
  return [
    ...valuesThatDiffer('轮次', before.round, now.round),
    ...pairs.flatMap(({ issueId, found }) => {
      const [a, b] = [earlier.get(issueId), later.get(found)];
      const moved =
        a?.number === b?.number ? [] : [{ where: numberOf(b?.number), field: '序号', before: String(a?.number), now: String(b?.number) }];
      return [...moved, ...valuesThatDiffer(numberOf(b?.number), a?.values ?? {}, b?.values ?? {})];
    }),
    ...onlyInRound.map((id) => ({
      where: numberOf(earlier.get(id)?.number),
      field: '只在原有',
      before: earlier.get(id)?.title ?? null,
      now: null,
    })),
    ...onlyInReport.map((id) => ({
      where: numberOf(later.get(id)?.number),
      field: '只在此次',
      before: null,
      now: later.get(id)?.title ?? null,
    })),
  ];
}

const valuesThatDiffer = (where: string, before: Values, now: Values): DraftDifference[] =>
  Object.keys(before)
    .filter((field) => Object.hasOwn(now, field) && before[field] !== now[field])
    .map((field) => ({ where, field, before: before[field] ?? null, now: now[field] ?? null }));

const LONGEST = 60;
const short = (text: string | null): string | null => (text === null ? null : shorten(text.replace(/\s+/g, ' '), LONGEST));

/** Prints what differs, or that nothing does. */
export function showDifferences(
  differences: readonly DraftDifference[],
  { before, now }: { readonly before: string; readonly now: string },
): void {
  if (differences.length === 0) {
    print(`${now}与${before}没有不同。`);
    return;
  }
  print(`${now}与${before}有${differences.length}处不同：`);
  printTable(
    [{ title: '', whole: true }, { title: '', whole: true }, { title: before }, { title: now }],
    differences.map((one) => [one.where, one.field, short(one.before), short(one.now)]),
  );
}
