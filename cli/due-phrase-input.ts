import { dueOn, type WorkCalendar } from '../domain/calendar';
import { dueBasisOf, dueDateOf } from '../domain/deadline-class';
import { dueQuestionTexts, parseDuePhrase, type DueContext, type DuePhrase } from '../domain/due-phrase';
import { badInput, type ZhenggaiError } from '../domain/failure';
import { periodEnd } from '../domain/round/period';
import { roundStreamId, type RoundState } from '../domain/round/types';
import { isLocalDate, type LocalDate } from '../domain/time';
import type { Database } from '../ledger/database';
import { subjectsOf } from '../ledger/subjects';
import { todayOf } from './now';

// A plan may word a measure's limit as its paper does (10月底前并长期坚持); the ledger is told the day and keeps the words.

/** What the phrases of a plan rest on. */
export interface DueAnchors {
  /** The feedback of the issue's round. */
  readonly feedbackOn: LocalDate;
  /** The last day of the round's concentrated period 集中整改期; null when it has none. */
  readonly periodEnd: LocalDate | null;
  /** The day on which the phrase is said: today, or that of the paper that is recorded. No limit lies before it. */
  readonly saidOn: LocalDate;
  readonly calendar: WorkCalendar;
}

type Fields = Readonly<Record<string, unknown>>;
const LONGEST_PHRASE = 100;

/** Whether a plan words a due day in another way than `2026-06-30`. */
export const hasDuePhrase = (type: string, fields: Fields): boolean =>
  type === 'proposePlan' && recordsOf(fields['measures']).some((measure) => [measure, ...recordsOf(measure['milestones'])].some(isWorded));

const recordsOf = (value: unknown): Fields[] =>
  Array.isArray(value) ? value.filter((one): one is Fields => typeof one === 'object' && one !== null && !Array.isArray(one)) : [];
const isWorded = ({ dueOn: due }: Fields): boolean => typeof due === 'string' && !isLocalDate(due);

/** The fields of a command with the due phrases of its measures as days, by the round of the issue; see `resolveDuePhrases`. */
export async function withDueDays(
  database: Database,
  { type, issueId, saidOn }: { readonly type: string; readonly issueId: string; readonly saidOn?: LocalDate | undefined },
  fields: Record<string, unknown>,
): Promise<Record<string, unknown>> {
  if (!hasDuePhrase(type, fields)) return fields;
  const anchors = await dueAnchorsOf(database, issueId, saidOn ?? (await todayOf(database)));
  return anchors === null ? fields : resolveDuePhrases(fields, anchors);
}

/** What the phrases of an issue's plan rest on; null when there is no such issue, or nothing is known of its round. */
async function dueAnchorsOf(database: Database, issueId: string, saidOn: LocalDate): Promise<DueAnchors | null> {
  return database.$transaction(async (tx) => {
    const issue = await tx.issue.findUnique({ where: { id: issueId }, select: { roundId: true } });
    if (issue === null) return null;
    const streamId = roundStreamId(issue.roundId);
    const subject = (await subjectsOf(tx, database, [streamId])).get(streamId);
    if (subject === undefined) return null;
    const round = subject.account as RoundState;
    const { calendar } = subject.context;
    return { feedbackOn: round.feedbackOn, periodEnd: periodEnd(round, subject.context), saidOn, calendar };
  });
}

/**
 * The fields of a plan with each measure's phrase as `dueOn` (a named day as it is named; a computed one moved to the next workday),
 * `sustained` and, verbatim, `dueRaw`; what is no phrase stays as it is. Throws badInput with the question when a phrase leaves
 * something open: `due.words`, `due.limit`, `due.year`, `due.day`, `due.noSuchDay`, `due.festival`, `due.event`, `due.anchor`, and
 * `due.immediate`, `due.done`, `due.period`, `due.sustained`, `due.milestone`, `due.length`.
 */
export function resolveDuePhrases(fields: Record<string, unknown>, anchors: DueAnchors): Record<string, unknown> {
  const { measures } = fields;
  if (!Array.isArray(measures)) return fields;
  return { ...fields, measures: measures.map((measure: unknown, index) => resolveMeasure(measure, index + 1, anchors)) };
}

function resolveMeasure(given: unknown, number: number, anchors: DueAnchors): unknown {
  const [measure] = recordsOf([given]);
  if (measure === undefined) return given;
  const { milestones } = measure;
  const resolved = Array.isArray(milestones)
    ? {
        ...measure,
        milestones: milestones.map((one: unknown, step) => resolveMilestone(one, `第${number}条措施第${step + 1}个阶段目标`, anchors)),
      }
    : measure;
  const phrase = wordedDue(measure);
  if (phrase === null) return resolved;
  const limit = limitOf(phrase, `第${number}条措施`, anchors);
  if (limit.sustained && (measure['sustained'] === false || measure['sustained'] === 'false'))
    throw badInput('due.sustained', `第${number}条措施的时限“${phrase}”写明长期坚持，sustained 却为 false。`, '请核对后只保留一种写法。');
  return { dueRaw: phrase, ...resolved, dueOn: limit.day, ...(limit.sustained ? { sustained: true } : {}) };
}

function resolveMilestone(given: unknown, place: string, anchors: DueAnchors): unknown {
  const [milestone] = recordsOf([given]);
  const phrase = milestone === undefined ? null : wordedDue(milestone);
  if (phrase === null) return given;
  const { day, sustained } = limitOf(phrase, place, anchors);
  if (day === null || sustained) throw badInput('due.milestone', `${place}的时限“${phrase}”不是一个日期。`, '阶段目标请填写具体日期。');
  return { ...milestone, dueOn: day };
}

const wordedDue = (one: Fields): string | null => (isWorded(one) ? String(one['dueOn']).trim() : null);

/** The limit that a phrase names; `day` null for what is only sustained. */
function limitOf(words: string, place: string, anchors: DueAnchors): { readonly day: LocalDate | null; readonly sustained: boolean } {
  const open = (code: string, question: string): ZhenggaiError =>
    badInput(`due.${code}`, `${place}的时限“${words.slice(0, LONGEST_PHRASE)}”不能确定到日。`, question);
  if (words.length > LONGEST_PHRASE) throw open('length', `请只写时限，不超过${LONGEST_PHRASE}字。`);
  const { feedbackOn, saidOn, calendar } = anchors;
  const context: DueContext = { feedbackDate: feedbackOn, notBefore: saidOn > feedbackOn ? saidOn : feedbackOn, reportDate: saidOn };
  const phrase = parseDuePhrase(words, context);
  const [asks] = phrase.asks;
  if (asks !== undefined) throw open(asks, dueQuestionTexts[asks]);
  const basis = dueBasisOf(phrase, context);
  if (basis === null) return withoutDay(phrase, open);
  const due = dueDateOf(basis, calendar, anchors.periodEnd);
  if (due === null) throw open('period', '本轮次没有集中整改期，请填写具体日期。');
  // the ledger moves a measure's day as a named one: a computed term goes to the next workday before
  return { day: due.kind === 'named' ? due.date : dueOn(calendar, due).date, sustained: phrase.sustained };
}

/** 长期坚持 needs no day; 立行立改 beside it does, or nobody would be asked whether it was done. */
function withoutDay(
  { immediate, done, sustained }: DuePhrase,
  open: (code: string, question: string) => ZhenggaiError,
): { readonly day: null; readonly sustained: boolean } {
  if (immediate) throw open('immediate', '立行立改没有写到哪一天，请填写最后一日，如“2026-06-30前立行立改”。');
  if (done) throw open('done', '写的是已经完成的事，请填写尚待完成的时限。');
  return { day: null, sustained };
}
