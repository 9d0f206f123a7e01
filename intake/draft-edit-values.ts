import { badInput } from '../domain/failure';
import { isLocalDate } from '../domain/time';
import type { DraftIssue, DraftLedger, DraftRound, ReportedStatus } from './draft';
import type { Change } from './draft-edit';
import { issueOf, titled, withIssue } from './draft-edit-issue';

// Edits of single values. A value that a person set keeps the line it replaced, or that of its issue; what was read stays in the original.

export const roundTexts = ['title', 'documentNumber', 'kind', 'inspectedBody', 'inspectingBody', 'issuedBy'] as const;
export const roundDates = ['feedbackDate', 'publishedDate', 'reportDate'] as const;
type RoundField = (typeof roundTexts)[number] | (typeof roundDates)[number];

export function setTitle(draft: DraftLedger, { issue, title }: { issue: string; title: string }): Change {
  issueOf(draft, issue);
  return { draft: withIssue(draft, issue, { title: titled(title) }), set: [`${issue}.title`] };
}

export function setText(draft: DraftLedger, { issue, text }: { issue: string; text: string }): Change {
  issueOf(draft, issue);
  return { draft: withIssue(draft, issue, { text: text.trim() }), set: [`${issue}.text`] };
}

export function setStatus(draft: DraftLedger, { issue, status }: { issue: string; status: ReportedStatus | null }): Change {
  const { line, status: before } = issueOf(draft, issue);
  const now = status === null ? null : { value: status, raw: before?.raw ?? '', line: before?.line ?? line };
  return { draft: withIssue(draft, issue, { status: now }), set: [`${issue}.status`] };
}

type Deadline = Omit<NonNullable<DraftIssue['deadline']>, 'line'>;

/** A limit names a day, a month, or a class; 立行立改 and 长期坚持 may stand beside a day. */
export function setDeadline(draft: DraftLedger, { issue, deadline }: { issue: string; deadline: Deadline | null }): Change {
  const { line, deadline: before } = issueOf(draft, issue);
  if (deadline !== null) {
    const { raw, immediate, sustained, due } = deadline;
    if (due === null ? !immediate && !sustained && raw.trim() === '' : due.length === 4)
      throw badInput(
        'draft.deadline',
        '时限没有写明到哪一天，也不是立行立改或长期坚持。',
        '请写日期（2026-10-31）、月份（2026-10）或时限用语。',
      );
    if (due !== null) checkDate(due);
  }
  const now = deadline === null ? null : { ...deadline, raw: deadline.raw.trim(), line: before?.line ?? line };
  return { draft: withIssue(draft, issue, { deadline: now }), set: [`${issue}.deadline`] };
}

export interface PartiesEdit {
  readonly issue: string;
  readonly leadLeader?: string | null | undefined;
  readonly responsibleUnit?: string | null | undefined;
  readonly handler?: string | null | undefined;
  readonly coUnits?: readonly string[] | undefined;
}

export function setParties(draft: DraftLedger, { issue, coUnits, ...named }: PartiesEdit): Change {
  const { parties } = issueOf(draft, issue);
  const given = (['leadLeader', 'responsibleUnit', 'handler'] as const).filter((field) => named[field] !== undefined);
  const now = {
    ...parties,
    ...Object.fromEntries(given.map((field) => [field, named[field]?.trim() || null])),
    ...(coUnits === undefined ? {} : { coUnits: coUnits.map((unit) => unit.trim()).filter((unit) => unit !== '') }),
  };
  const set = [...given, ...(coUnits === undefined ? [] : ['coUnits'])].map((field) => `${issue}.parties.${field}`);
  return { draft: withIssue(draft, issue, { parties: now }), set };
}

const isDateField = (field: RoundField): boolean => roundDates.some((one) => one === field);

export function setRound(draft: DraftLedger, { field, value }: { field: RoundField; value: string | null }): Change {
  const trimmed = value?.trim() ?? '';
  if (trimmed !== '' && isDateField(field)) checkDate(trimmed);
  const before = draft.round[field];
  const now = trimmed === '' ? null : { value: trimmed, raw: before?.raw ?? '', line: before?.line ?? 1 };
  return withRound(draft, field, { [field]: now });
}

export function setOnSite(draft: DraftLedger, { periods }: { periods: readonly { start: string; end: string }[] }): Change {
  for (const { start, end } of periods) {
    checkDate(start);
    checkDate(end);
    if (end < start) throw badInput('draft.date', `进驻时间${start}至${end}前后颠倒。`, '请核对起止日期。');
  }
  const { onSite } = draft.round;
  return withRound(draft, 'onSite', {
    onSite: periods.map(({ start, end }, index) => ({ start, end, raw: onSite[index]?.raw ?? '', line: onSite[index]?.line ?? 1 })),
  });
}

export function setBodies(draft: DraftLedger, { bodies }: { bodies: readonly string[] }): Change {
  const before = draft.round.otherInspectedBodies;
  return withRound(draft, 'otherInspectedBodies', {
    otherInspectedBodies: bodies.map((body, index) => ({
      value: titled(body),
      raw: before[index]?.raw ?? '',
      line: before[index]?.line ?? 1,
    })),
  });
}

const withRound = (draft: DraftLedger, field: keyof DraftRound, change: Partial<DraftRound>): Change => ({
  draft: { ...draft, round: { ...draft.round, ...change } },
  set: [`round.${field}`],
});

/** `2022-09-15`, `2022-09` or `2022`, of this calendar. */
function checkDate(text: string): void {
  const day = `${text}-01-01`.slice(0, 10);
  if (/^\d{4}(-\d{2}){0,2}$/.test(text) && isLocalDate(day)) return;
  throw badInput('draft.date', `“${text}”不是日期。`, '请写成 2026-01-31；只知道月份或年份的，写 2026-01 或 2026。');
}
