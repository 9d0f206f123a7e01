import type { DueContext, DueTerm } from './due-phrase-context';
import { chineseNumber, type Clause } from './due-phrase-words';
import { addDays, addMonths, type LocalDate } from './time';

const count = '(?<n>\\d{1,3}|[一二两三四五六七八九十百]{1,4}|半)';
const inside = '(?:的?时间|期限|左右)?(?:以内|之内|内)';
const within = new RegExp(`${count}(?<unit>个?工作日|个?日|天|周|个?半年|个半月|个?星期|个季度|个月|月|年半?|小时)${inside}`, 'gu');
/** A length alone is a term too ("整改期限：三个月"), but a bare 日 is a day of the month, and a bare year up to five. */
const alone = new RegExp(
  `^(?:(?:整改)?(?:限期|期限|时限|限)为?|为期|不超过|用)?${count}(?<unit>个?工作日|天|周|个半月|个?星期|个月|年半?)(?:时间)?(?:完成|整改到位|整改完毕|完成整改)?$`,
  'u',
);
const asideTerm = /其中|上报|报送|报告|报备/;

/** The term of a phrase, the last one that is not a side matter; null when it has none. */
export function termOf(clauses: readonly Clause[], fromDate: LocalDate | null): DueTerm | null {
  const open = clauses.filter(({ done, recurring }) => !done && !recurring).map(({ text }) => text);
  const found = open.flatMap((text, clause) => {
    const matches = [...text.matchAll(within)];
    const bare = matches.length === 0 ? alone.exec(text) : null;
    return [...matches, ...(bare === null ? [] : [bare])].flatMap(({ index, groups }) => {
      const { n = '', unit = '' } = groups ?? {};
      const length = bare !== null && isYearNumber(n, unit) ? null : lengthOf(n, unit);
      return length === null ? [] : [{ length, clause, index, aside: asideTerm.test(text) }];
    });
  });
  const last = found.findLast(({ aside }) => !aside) ?? found.at(-1);
  if (last === undefined) return null;
  const lead = [...open.slice(0, last.clause), open[last.clause]?.slice(0, last.index)].join(',');
  return { ...last.length, ...anchorOf(lead, fromDate) };
}

const isYearNumber = (n: string, unit: string): boolean => unit.startsWith('年') && (chineseNumber(n) ?? 0) > 5;

function lengthOf(n: string, unit: string): Pick<DueTerm, 'amount' | 'unit'> | null {
  if (n === '半') return unit === '年' ? { amount: 6, unit: 'months' } : /^个?月$/.test(unit) ? { amount: 15, unit: 'days' } : null;
  if (/[一二两三四五六七八九]{2}/.test(n)) return null; // 两三个月: about
  const amount = chineseNumber(n);
  if (amount === null) return null;
  if (unit.endsWith('工作日')) return { amount, unit: 'workdays' };
  if (unit === '个月' || (unit === '月' && n === '两')) return { amount, unit: 'months' };
  if (unit === '个季度') return { amount: amount * 3, unit: 'months' };
  if (unit === '年') return { amount: amount * 12, unit: 'months' };
  if (unit === '年半') return { amount: amount * 12 + 6, unit: 'months' };
  if (unit === '个半月') return { amount: amount * 30 + 15, unit: 'days' }; // a month of 30 days, as courts count broken months
  if (unit === '小时') return amount % 24 === 0 ? { amount: amount / 24, unit: 'days' } : null;
  if (/周|星期/.test(unit)) return { amount: amount * 7, unit: 'days' };
  return /^个?日$|天/.test(unit) ? { amount, unit: 'days' } : null;
}

function anchorOf(lead: string, fromDate: LocalDate | null): Pick<DueTerm, 'from' | 'fromDate'> {
  if (fromDate !== null) return { from: 'named', fromDate };
  if (/反馈/.test(lead)) return { from: 'feedback' };
  if (/即日起|从?现在起/.test(lead)) return { from: 'document' };
  return { from: /之日|起|后/.test(lead) ? 'other' : null };
}

/** The day a term starts on (it does not count itself); null when the phrase or the document does not say it. */
export function termStart({ from, fromDate }: DueTerm, { feedbackDate, reportDate }: DueContext): LocalDate | null {
  if (from === 'feedback') return feedbackDate;
  if (from === 'document') return reportDate;
  return fromDate ?? null;
}

/**
 * The last day of a term, before any shift of rest days: the same-numbered day of a later month or the last of a shorter one (Civil
 * Code, articles 201 and 202). Null when its start is not known; workdays need a calendar and stay null here.
 */
export function termEnd(term: DueTerm, context: DueContext): LocalDate | null {
  const start = termStart(term, context);
  if (start === null || term.unit === 'workdays') return null;
  return term.unit === 'months' ? addMonths(start, term.amount) : addDays(start, term.amount);
}
