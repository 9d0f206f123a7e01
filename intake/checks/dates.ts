import { dueQuestionTexts, type DueQuestion } from '../../domain/due-phrase';
import { finding, type Check } from './context';
import { datesIn } from '../extract/dates';

/** Days that don't exist, years with a digit too few or too many. */
export const impossibleDates: Check = ({ paragraphs }) =>
  paragraphs.flatMap((prose) =>
    datesIn(prose)
      .filter(({ impossible }) => impossible)
      .map(({ raw, line }) => finding('warning', 'impossibleDate', `日期“${raw}”不存在或有缺损，未采用。`, [line])),
  );

/** On site, fed back, reported, published: each not before the one before it. */
export const dateOrder: Check = ({ draft: { round } }) => {
  const steps = [
    ...round.onSite.map(({ start, line }) => ({ name: '进驻开始', value: start, line })),
    ...round.onSite.map(({ end, line }) => ({ name: '进驻结束', value: end, line })),
    ...(round.feedbackDate === null ? [] : [{ name: '反馈', ...round.feedbackDate }]),
    ...(round.reportDate === null ? [] : [{ name: '报告落款', ...round.reportDate }]),
    ...(round.publishedDate === null ? [] : [{ name: '发布', ...round.publishedDate }]),
  ];
  return steps.flatMap((step, index) => {
    const before = steps[index - 1];
    if (before === undefined || before.name.startsWith('进驻') === step.name.startsWith('进驻')) {
      if (before === undefined || step.name.startsWith('进驻')) return [];
    }
    const length = Math.min(before.value.length, step.value.length);
    if (before.value.slice(0, length) <= step.value.slice(0, length)) return [];
    return [
      finding('error', 'dateOrder', `${step.name}日期 ${step.value} 早于${before.name}日期 ${before.value}。`, [before.line, step.line]),
    ];
  });
};

/** Something told as rectification that was done before the inspection came. */
export const beforeInspection: Check = ({ draft: { round }, read }) => {
  const start = round.onSite[0]?.start ?? null;
  if (start === null) return [];
  return read.flatMap(({ issue, finding: { sections, shared }, dates }) => {
    const lines = new Set(
      [...sections, ...shared].filter(({ kind }) => kind === 'implementation').flatMap(({ prose }) => [prose.line, prose.endLine]),
    );
    const first = Math.min(...lines);
    const early = dates.filter(({ iso, line }) => iso !== null && iso.length === 10 && iso < start && line >= first);
    if (early.length === 0) return [];
    const list = [...new Set(early.map(({ iso }) => iso ?? ''))].join('、');
    return [
      finding(
        'info',
        'beforeInspection',
        `问题${issue.label || issue.number}的整改情况写有进驻（${start}）之前的日期：${list}，请核对是否属于本轮整改。`,
        early.map(({ line }) => line),
      ),
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
