import { badInput } from '../domain/failure';
import type { DraftIssue, DraftLedger } from './draft';
import type { Change } from './draft-edit';
import { issueOf, titled } from './draft-edit-issue';

// Edits of the list itself. Ids stay with their issues; numbers run from 1 in the order of the list, whatever is moved or dropped.

/** Moves an issue to a number; the others make room. Throws `draft.position`. */
export function moveIssue(draft: DraftLedger, { issue, to }: { issue: string; to: number }): Change {
  const moved = issueOf(draft, issue);
  const { length } = draft.issues;
  if (to > length) throw badInput('draft.position', `草稿只有${length}个问题，不能移到第${to}个。`, `请填1至${length}。`);
  const others = draft.issues.filter(({ id }) => id !== issue);
  return { draft: listing(draft, [...others.slice(0, to - 1), moved, ...others.slice(to - 1)]), set: [`${issue}.number`] };
}

/** One finding that the reader took for two: what is told of `issue` is told of `into`, whose title, place and state stay. */
export function mergeIssues(draft: DraftLedger, { issue, into }: { issue: string; into: string }): Change {
  if (issue === into) throw badInput('draft.mergeSelf', `问题${issue}不能并入自身。`, '请写明并入哪个问题。');
  const gone = issueOf(draft, issue);
  const stays = issueOf(draft, into);
  const [first, second] = gone.number < stays.number ? [gone, stays] : [stays, gone];
  const merged: DraftIssue = {
    ...stays,
    text: [first.text, second.text].filter((text) => text !== '').join('\n'),
    line: Math.min(gone.line, stays.line),
    endLine: Math.max(gone.endLine, stays.endLine),
    status: stays.status ?? gone.status,
    deadline: stays.deadline ?? gone.deadline,
    measures: [...first.measures, ...second.measures].map((measure, index) => ({ ...measure, no: index + 1 })),
    handling: [...first.handling, ...second.handling],
    money: [...first.money, ...second.money],
    dates: [...first.dates, ...second.dates],
    earlier: stays.earlier ?? gone.earlier ?? null,
  };
  const issues = draft.issues.filter(({ id }) => id !== issue).map((one) => (one.id === into ? merged : one));
  return { draft: listing(draft, issues), set: [`${into}.merged`] };
}

/**
 * Several findings that the reader took for one: each part gets a title, and the whole text unless told. Measures, handling, money and
 * dates stay with the first part, so that nothing is counted twice. Throws `draft.splitTooFew`.
 */
export function splitIssue(
  draft: DraftLedger,
  { issue, parts }: { issue: string; parts: readonly { title: string; text?: string | undefined }[] },
): Change {
  const whole = issueOf(draft, issue);
  if (parts.length < 2) throw badInput('draft.splitTooFew', `拆分后只有${parts.length}个问题。`, '请至少写明两个问题。');
  const made = parts.map(({ title, text }, index): DraftIssue => ({
    ...whole,
    id: `${issue}.${index + 1}`,
    title: titled(title),
    text: text?.trim() ?? whole.text,
    ...(index === 0 ? {} : { measures: [], handling: [], money: [], dates: [], earlier: null }),
  }));
  const issues = draft.issues.flatMap((one) => (one.id === issue ? made : [one]));
  return { draft: listing(draft, issues), set: made.map(({ id }) => `${id}.split`) };
}

/** What is no finding, or stands twice; the edit keeps why. Throws `draft.reason`. */
export function dropIssue(draft: DraftLedger, { issue, reason }: { issue: string; reason: string }): Change {
  issueOf(draft, issue);
  if (reason.trim() === '') throw badInput('draft.reason', '没有写明删除的理由。', '请写明为什么它不是一个问题。');
  const issues = draft.issues.filter(({ id }) => id !== issue);
  return { draft: listing(draft, issues), set: [issue] };
}

export interface NewRow {
  readonly after: string | null;
  readonly title: string;
  readonly text?: string | undefined;
  readonly line: number;
}

/** A finding that the reader missed, in the place of the tree where the one before it stands. Its id carries the number of the edit. */
export function addIssue(draft: DraftLedger, { after, title, text = '', line }: NewRow, version: number): Change {
  const before = after === null ? null : issueOf(draft, after);
  const added: DraftIssue = {
    id: `added-${version}`,
    number: 1,
    label: '',
    title: titled(title),
    text: text.trim(),
    aspectNo: before?.aspectNo ?? null,
    aspect: before?.aspect ?? null,
    categoryNo: before?.categoryNo ?? null,
    category: before?.category ?? null,
    line,
    endLine: line,
    status: null,
    deadline: null,
    measures: [],
    parties: { leadLeader: null, responsibleUnit: null, handler: null, coUnits: [] },
    handling: [],
    money: [],
    dates: [],
    earlier: null,
  };
  const at = before === null ? 0 : draft.issues.indexOf(before) + 1;
  return { draft: listing(draft, [...draft.issues.slice(0, at), added, ...draft.issues.slice(at)]), set: [added.id] };
}

const listing = (draft: DraftLedger, issues: readonly DraftIssue[]): DraftLedger => ({
  ...draft,
  issues: issues.map((issue, index) => (issue.number === index + 1 ? issue : { ...issue, number: index + 1 })),
});
