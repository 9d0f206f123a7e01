import { dueQuestionTexts, type DueQuestion } from '../../domain/due-phrase';
import { datesIn, type DateMention } from '../extract/dates';
import { liesAhead } from '../extract/decided-years';
import type { Prose } from '../prose';
import { finding, nameOf, type Check, type ReadIssue } from './context';

/** Days that don't exist, years with a digit too few or too many. */
export const impossibleDates: Check = ({ paragraphs }) =>
  paragraphs.flatMap((prose) =>
    datesIn(prose)
      .filter(({ impossible }) => impossible)
      .map(({ raw, line }) => finding('warning', 'impossibleDate', `日期“${raw}”不存在或有缺损，未采用。`, [line])),
  );

interface Step {
  readonly name: string;
  readonly value: string;
  readonly line: number;
}

/** On site, fed back, reported, published: each not before the one before it, and no period on site ends before it begins. */
export const dateOrder: Check = ({ draft: { round } }) => {
  const visits = round.onSite.map(({ start, end, line }): readonly [Step, Step] => [
    { name: '进驻开始', value: start, line },
    { name: '进驻结束', value: end, line },
  ]);
  const last = visits.map(([, end]) => end).reduce<Step | null>((a, b) => (a === null || a.value < b.value ? b : a), null);
  const steps = [
    last,
    round.feedbackDate === null ? null : { name: '反馈', ...round.feedbackDate },
    round.reportDate === null ? null : { name: '报告落款', ...round.reportDate },
    round.publishedDate === null ? null : { name: '发布', ...round.publishedDate },
  ].flatMap((step) => step ?? []);
  const pairs = [
    ...visits,
    ...steps.slice(1).flatMap((step, index): [Step, Step][] => (steps[index] === undefined ? [] : [[steps[index], step]])),
  ];
  return pairs.flatMap(([before, step]) => {
    const length = Math.min(before.value.length, step.value.length);
    if (before.value.slice(0, length) <= step.value.slice(0, length)) return [];
    return [
      finding('error', 'dateOrder', `${step.name}日期 ${step.value} 早于${before.name}日期 ${before.value}。`, [before.line, step.line]),
    ];
  });
};

/** The days that an issue's account names, each with its offset in the account. */
const accountDays = ({ finding: { sections, shared } }: ReadIssue): { readonly prose: Prose; readonly date: DateMention }[] =>
  [...sections, ...shared]
    .filter(({ kind }) => kind === 'implementation')
    .flatMap(({ prose }) => datesIn(prose).flatMap((date) => (date.iso?.length === 10 ? [{ prose, date }] : [])));

/** Days that bound the misconduct (针对2018年1月1日至2019年6月期间…) tell of no rectification. */
const ofTheFinding = (text: string, { at, raw }: DateMention): boolean =>
  /^\s?(?:[至到—–~～-]|期间|以来|以前|之前)/u.test(text.slice(at + raw.length)) ||
  /(?:针对|[至到—–~～-]\s?)$/u.test(text.slice(Math.max(at - 4, 0), at));

/** Something told as rectification that was done before the inspection came. */
export const beforeInspection: Check = ({ draft: { round }, read }) => {
  const start = round.onSite[0]?.start ?? null;
  if (start === null) return [];
  return read.flatMap((issue) => {
    const early = accountDays(issue).filter(({ prose, date }) => (date.iso ?? start) < start && !ofTheFinding(prose.text, date));
    if (early.length === 0) return [];
    const list = [...new Set(early.map(({ date }) => date.iso ?? ''))].join('、');
    return [
      finding(
        'info',
        'beforeInspection',
        `问题${nameOf(issue)}的整改情况写有进驻（${start}）之前的日期：${list}，请核对是否属于本轮整改。`,
        early.map(({ date }) => date.line),
      ),
    ];
  });
};

/** Something told as done on a day after the report was signed or published. */
export const afterReport: Check = ({ draft: { round }, read }) => {
  const end = [round.reportDate, round.publishedDate]
    .flatMap((stated) => (stated?.value.length === 10 ? [stated.value] : []))
    .sort()
    .at(-1);
  if (end === undefined) return [];
  return read.flatMap((issue) => {
    const late = accountDays(issue).filter(({ prose, date }) => (date.iso ?? end) > end && !liesAhead(date, prose.text));
    if (late.length === 0) return [];
    const list = [...new Set(late.map(({ date }) => date.iso ?? ''))].join('、');
    const message = `问题${nameOf(issue)}的整改情况写有报告（${end}）之后的日期：${list}，请核对。`;
    return [
      finding(
        'warning',
        'afterReport',
        message,
        late.map(({ date }) => date.line),
      ),
    ];
  });
};

/** A limit that ended before the inspection began. */
export const deadlineTooEarly: Check = ({ draft: { round, issues } }) => {
  const start = round.onSite[0]?.start ?? null;
  if (start === null) return [];
  return issues.flatMap(({ label, number, deadline }) => {
    const due = deadline?.due ?? null;
    if (deadline === null || due === null || due >= start.slice(0, due.length)) return [];
    return [
      finding('warning', 'deadlineTooEarly', `问题${label || number}的时限 ${due} 早于进驻开始日 ${start}，请核对。`, [deadline.line]),
    ];
  });
};

/** The codes of what a limit leaves open; the first two are older than the questions. */
const limitCodes: Readonly<Record<DueQuestion, string>> = {
  words: 'deadlineNotUnderstood',
  noSuchDay: 'deadlineNotUnderstood',
  year: 'deadlineWithoutYear',
  limit: 'deadlineWithoutDay',
  day: 'deadlineDayOpen',
  festival: 'deadlineFestivalUnknown',
  event: 'deadlineByEvent',
  anchor: 'deadlineWithoutStart',
};

/** Limits that leave something open: the question that a person has to answer before the limit is a day. */
export const unclearDeadlines: Check = ({ read }) =>
  read.flatMap(({ issue, deadline }) => {
    if (deadline === null) return [];
    const { raw, line } = deadline.deadline;
    return deadline.asks.map((asks) =>
      finding('warning', limitCodes[asks], `问题${issue.label || issue.number}的时限“${raw}”：${dueQuestionTexts[asks]}`, [line]),
    );
  });
