import type { DraftRound } from '../draft';
import { sentences, type Prose } from '../prose';
import { bodiesOf, bodyInspected, bodyName } from './bodies';
import { datesIn } from './dates';
import { narrow } from './width';

/** What a document says of the work on site: who came, to whom, when. */
export type Visit = Pick<DraftRound, 'kind' | 'inspectedBody' | 'otherInspectedBodies' | 'inspectingBody' | 'onSite'>;

const kind = '(?<kind>巡察|巡视|审计|检查|督察|督导|督查|“回头看”)';
const acts = '(?:进行|开展|实施|(?<!党)组织(?:开展|实施))(?:了)?';
/** The ways in which a clause tells it. */
const tellings = [
  // the inspecting side 对 the inspected body 开展了 … 巡察
  new RegExp(`^(?<who>[^，,。；;]{0,80}?)对(?<whom>[^，,。；;]{2,60}?)${acts}[^，,。；;]{0,24}?${kind}`, 'u'),
  // 县委第二巡察组进驻县农业局开展常规巡察
  new RegExp(`^(?<who>[^，,。；;]{0,80}?)进驻(?<whom>[^，,。；;]{2,40}?)(?:党组|党委)?${acts}[^，,。；;]{0,24}?${kind}`, 'u'),
  // 县农业局党组接受了县委第二巡察组的常规巡察
  new RegExp(`^(?<whom>[^，,。；;]{2,60}?)接受了?(?<who>[^，,。；;]{2,30}?[组局办委])[^，,。；;]{0,16}?${kind}`, 'u'),
  // 县委第二巡察组巡察县农业局党组, 县审计局审计了…
  new RegExp(`^(?<who>[^，,。；;]{0,80}?(?:巡[察视][^，,。；;]{0,4}组|审计[局厅组]))${kind}了?(?<whom>[^，,。；;]{2,40})$`, 'u'),
];

interface Clause {
  readonly at: number;
  readonly text: string;
  readonly groups: Readonly<Record<string, string | undefined>> | null;
}

/** The first sentence near the head that tells of the work on site; all null when none does. */
export function visitOf(outside: readonly Prose[]): Visit {
  for (const prose of outside.slice(0, 40)) {
    for (const range of sentences(prose.text.slice(0, longestHead))) {
      const visit = visitIn(prose, range);
      if (visit !== null) return visit;
    }
  }
  return { kind: null, inspectedBody: null, otherInspectedBodies: [], inspectingBody: null, onSite: [] };
}

/** Whoever tells of the visit does so at the head, even of a text without line breaks. */
const longestHead = 4000;

function visitIn(prose: Prose, { start, end }: { readonly start: number; readonly end: number }): Visit | null {
  const clauses = clausesOf(prose.text.slice(start, end), start);
  const told = clauses.filter(({ groups, text }) => groups !== null && !/反馈|整改/.test(text));
  const [main, ...others] = told;
  if (main?.groups == null) return null;
  const own = bodyName(main.groups['who'] ?? '');
  const who = own === '' ? leadIn(clauses, main) : own;
  const kindWord = main.groups['kind'] ?? '';
  if (!(/巡|审计/.test(kindWord) || /[组局办]$/u.test(who))) return null;
  const line = prose.lineAt(main.at);
  const inspected = [main, ...others].flatMap(({ groups, at, text }) =>
    bodiesOf(bodyInspected(groups?.['whom'] ?? '')).map((value) => ({ value, raw: text.trim(), line: prose.lineAt(at) })),
  );
  const during = periods(prose, start, main.at + main.text.length);
  return {
    kind: { value: kindWord, raw: main.text.trim(), line },
    inspectedBody: inspected[0] ?? null,
    otherInspectedBodies: inspected.slice(1),
    inspectingBody: who === '' ? null : { value: who, raw: main.text.trim(), line },
    // 对县农业局开展了巡察，现场时间为3月4日至4月30日
    onSite: during.length > 0 ? during : periods(prose, start, end),
  };
}

const clausesOf = (sentence: string, start: number): Clause[] =>
  [...sentence.matchAll(/[^，,；;。]+/gu)].map((clause) => {
    const words = narrow(clause[0].trimStart());
    const match = words.length > 240 ? null : (tellings.map((telling) => telling.exec(words)).find((found) => found !== null) ?? null);
    return { at: start + clause.index, text: clause[0], groups: match?.groups ?? null };
  });

/** 县审计局派出审计组，自3月4日起，对县林业局进行了审计: the body stands in a clause before. */
function leadIn(clauses: readonly Clause[], main: Clause): string {
  const before = clauses.slice(0, clauses.indexOf(main)).toReversed();
  for (const { text } of before) {
    const match =
      /(?<who>[一-鿿]{1,24}?(?:巡[察视][^，,]{0,4}组|审计[局厅组]|检查组|督导组|督查组))(?:$|派出|组成|组织|自|于|从|在|\d)/u.exec(
        narrow(text.trim()),
      );
    const who = bodyName(match?.groups?.['who'] ?? '');
    if (who !== '') return who;
  }
  return '';
}

/** Pairs of dates joined by 至 or a dash; a range of months within one date too. */
export function periods(prose: Prose, start: number, end: number): DraftRound['onSite'] {
  const part = prose.slice(start, end);
  const dates = withOnlyYear(datesIn(part), part.text);
  const found: DraftRound['onSite'] = [];
  dates.forEach((date, index) => {
    const next = dates[index + 1];
    if (next === undefined || date.monthDay === null || next.monthDay === null) return;
    const between = part.text.slice(date.at + date.raw.length, next.at);
    const joined = date.at === next.at || /^\s?起?\s?(?:至|到|[-—–~～]+)\s?$/u.test(between);
    if (!joined || date.iso === null || next.iso === null) return;
    found.push({ start: date.iso, end: next.iso, raw: part.text.slice(date.at, next.at + next.raw.length), line: date.line });
  });
  return found;
}

type Dated = ReturnType<typeof datesIn>[number];

/** 按照2024年巡察安排，3月4日至4月30日…: the one year that the sentence names before them is theirs. */
function withOnlyYear(dates: readonly Dated[], text: string): Dated[] {
  const years = new Set(dates.flatMap(({ iso, yearStated }) => (yearStated && iso !== null ? [iso.slice(0, 4)] : [])));
  const [year] = years;
  const first = dates.find(({ yearStated }) => yearStated);
  if (years.size !== 1 || year === undefined || first === undefined || /[前去上]年/u.test(text)) return [...dates];
  return dates.map((date) =>
    date.iso === null && date.monthDay !== null && !date.impossible && date.at > first.at
      ? { ...date, iso: `${year}-${date.monthDay}` }
      : date,
  );
}
