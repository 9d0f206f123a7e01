import type { DueContext, NamedLimit } from './due-phrase-context';
import { dueIn, monthEnd } from './due-phrase-day';
import type { Clause } from './due-phrase-words';
import { addDays, addMonths, isLocalDate, weekday, type LocalDate } from './time';

const monthWords = /(?<rel>本|当|这个?|下个?|次)?月(?:份)?(?:(?<d>\d{1,2})[日号]|(?<part>[上中下]旬|[底末])|内|之内)/u;
const quarterWords = /(?<rel>本|当|这个?|下个?)季度(?:[底末内]|之内|$)?/u;
const weekWords = /(?<rel>本|这个?|下个?)(?:周|星期)(?<day>[一二三四五六日天末])?(?:[内底末]|之内|(?:以|之)?前|$|完成)/u;
const dayAlone = /(?<![\d月.年])(?<d>\d{1,2})[日号](?:以|之)?前/u;

/**
 * A limit that is said from the day of the document: 本月底前, 下月10日前, 本季度末, 本周内, 下周五前. A week ends on Sunday (GB/T 7408.1).
 * Null when the phrase has none; without the document's day the limit is asked for.
 */
export function relativeLimit(clauses: readonly Clause[], { reportDate }: DueContext): NamedLimit | null {
  const texts = clauses.filter(({ done, recurring }) => !done && !recurring).map(({ text }) => text);
  for (const text of texts.toReversed()) {
    const read = monthLimit(text) ?? quarterLimit(text) ?? weekLimit(text);
    if (read !== null) return reportDate === null ? open('anchor') : read(reportDate);
    if (dayAlone.test(text)) return open('day');
  }
  return null;
}

type Reading = (said: LocalDate) => NamedLimit;

const open = (asks: NonNullable<NamedLimit['asks']>): NamedLimit => ({ due: null, yearStated: false, asks });
const later = (rel: string | undefined): number => (rel !== undefined && /^[下次]/.test(rel) ? 1 : 0);

function monthLimit(text: string): Reading | null {
  const match = monthWords.exec(text);
  if (match === null || /[\d个每两半一二三四五六七八九十]$/.test(text.slice(0, match.index))) return null;
  const { rel, d, part } = match.groups ?? {};
  if (rel === undefined && part !== '底' && part !== '末') return null;
  return (said) => {
    const month = addMonths(said, later(rel)).slice(0, 7);
    return {
      ...dueIn(Number(month.slice(0, 4)), { m: month.slice(5), d, part: part ?? (d === undefined ? '底' : undefined) }),
      yearStated: false,
    };
  };
}

function quarterLimit(text: string): Reading | null {
  const match = quarterWords.exec(text);
  if (match === null) return null;
  return (said) => {
    const month = addMonths(said, later(match.groups?.['rel']) * 3).slice(0, 7);
    return { due: monthEnd(Number(month.slice(0, 4)), Math.ceil(Number(month.slice(5)) / 3) * 3), yearStated: false, asks: null };
  };
}

function weekLimit(text: string): Reading | null {
  const match = weekWords.exec(text);
  if (match === null) return null;
  const day = match.groups?.['day'];
  const nth = day === undefined ? 7 : '一二三四五六'.indexOf(day) + 1 || 7;
  return (said) => {
    const due = addDays(said, nth - weekday(said) + later(match.groups?.['rel']) * 7);
    return isLocalDate(due) ? { due, yearStated: false, asks: null } : open('anchor');
  };
}
