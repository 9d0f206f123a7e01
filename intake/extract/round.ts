import { isLocalDate, type LocalDate } from '../../domain/time';
import type { DraftRound } from '../draft';
import { signature } from '../lexicon';
import { numberingOf } from '../numbering';
import { sentences, type Prose } from '../prose';
import { datesIn, type DateMention } from './dates';

type Stated = NonNullable<DraftRound['inspectedBody']>;

/** Everything that the document says about the inspection itself. `outside` are the paragraphs that belong to no finding. */
export function roundOf(outside: readonly Prose[]): DraftRound {
  const reportDate = reportDateOf(outside);
  const visit = visitOf(outside);
  const lastDay = visit.onSite.at(-1)?.end ?? null;
  return {
    title: titleLine(outside.filter(({ text }) => numberingOf(text) === null)),
    documentNumber: firstMatch(outside.slice(0, 12), /[一-鿿]{2,16}\s?[〔[［（(]\s?(?:19|20)\d\d\s?[〕\]］）)]\s?\d{1,5}\s?号/u, 60),
    ...visit,
    kind: visit.kind ?? firstMatch(outside.slice(0, 20), /专项整治|巡察|巡视|审计/u),
    feedbackDate: feedbackDateOf(outside, lastDay, reportDate?.value ?? null),
    publishedDate: publishedDateOf(outside),
    reportDate,
    issuedBy: issuedBy(outside, reportDate),
  };
}

function firstMatch(paragraphs: readonly Prose[], pattern: RegExp, maxLength = Infinity): Stated | null {
  for (const prose of paragraphs) {
    const match = prose.text.length <= maxLength ? pattern.exec(prose.text) : null;
    if (match !== null) return { value: match[0].replace(/\s+/g, ''), raw: match[0], line: prose.lineAt(match.index) };
  }
  return null;
}

/** The document's own title: a short line near its head that ends like one. */
function titleLine(outside: readonly Prose[]): Stated | null {
  const ends = /(?:报告|通报|公告|公示|情况|方案|台账|清单|意见)(?:[（(][^（()）]{1,12}[)）])?$/u;
  const line = outside
    .slice(0, 12)
    .find(
      ({ text }) =>
        text.length >= 8 && text.length <= 120 && /整改|巡[察视]|审计|整治|反馈/.test(text) && ends.test(text) && !/[。;；]/.test(text),
    );
  return line === undefined ? null : { value: line.text.replace(/\s+/g, ''), raw: line.text, line: line.line };
}

// the inspecting side 对 the inspected body 开展了 … 巡察
const visit =
  /^(?<who>[^，,。；;]{0,60}?)对(?<whom>[^，,。；;]{2,40}?)(?:进行|开展|实施|组织开展)(?:了)?[^，,。；;]{0,20}?(?<kind>巡察|巡视|审计|检查|督察|督导|督查|“回头看”)/u;

function visitOf(
  outside: readonly Prose[],
): Pick<DraftRound, 'kind' | 'inspectedBody' | 'otherInspectedBodies' | 'inspectingBody' | 'onSite'> {
  for (const prose of outside.slice(0, 40)) {
    for (const { start, end } of sentences(prose.text)) {
      const clauses = [...prose.text.slice(start, end).matchAll(/[^，,；;。]+/gu)].map((clause) => ({
        at: start + clause.index,
        match: visit.exec(clause[0].trimStart()),
        text: clause[0],
      }));
      const [main, ...others] = clauses.filter(({ match, text }) => match !== null && !/反馈|整改/.test(text));
      const who = bodyName(main?.match?.groups?.['who'] ?? '');
      const kind = main?.match?.groups?.['kind'] ?? '';
      if (main === undefined || !(/巡|审计/.test(kind) || /[组局办]$/u.test(who))) continue;
      const line = prose.lineAt(main.at);
      const inspected = [main, ...others].map(({ match, at, text }) => ({
        value: bodyInspected(match?.groups?.['whom'] ?? ''),
        raw: text.trim(),
        line: prose.lineAt(at),
      }));
      return {
        kind: { value: kind, raw: main.text.trim(), line },
        inspectedBody: inspected[0] ?? null,
        otherInspectedBodies: inspected.slice(1),
        inspectingBody: who === '' ? null : { value: who, raw: main.text.trim(), line },
        onSite: periods(prose, start, main.at + main.text.length),
      };
    }
  }
  return { kind: null, inspectedBody: null, otherInspectedBodies: [], inspectingBody: null, onSite: [] };
}

/** Without the dates and phrases in front: 2024年3月4日至4月30日县委第二巡察组. */
const bodyName = (words: string): string =>
  words
    .replace(/^.*(?:[日月号年]|以来|期间|部署|安排|要求|由)(?=[一-鿿])/u, '')
    .replace(/^[、\s]+|[\s]+$/gu, '')
    .trim();

/** 县林业局2023年度预算执行情况 was audited at 县林业局. */
const bodyInspected = (words: string): string =>
  words.replace(/(?:的)?(?:(?:19|20)\d\d\s?[年至-]|预算执行|财政收支|财务收支|经济责任).*$/u, '').trim() || words.trim();

/** Pairs of dates joined by 至 or a dash. */
function periods(prose: Prose, start: number, end: number): DraftRound['onSite'] {
  const part = prose.slice(start, end);
  const dates = datesIn(part);
  const found: DraftRound['onSite'] = [];
  dates.forEach((date, index) => {
    const next = dates[index + 1];
    if (next === undefined) return;
    const between = part.text.slice(date.at + date.raw.length, next.at);
    if (!/^\s?(?:至|到|[-—–~～]+)\s?$/u.test(between) || date.iso === null || next.iso === null) return;
    found.push({ start: date.iso, end: next.iso, raw: part.text.slice(date.at, next.at + next.raw.length), line: date.line });
  });
  return found;
}

function feedbackDateOf(outside: readonly Prose[], lastDay: string | null, reportDate: string | null): DraftRound['feedbackDate'] {
  for (const prose of outside.slice(0, 40)) {
    for (const { start, end } of sentences(prose.text)) {
      const part = prose.slice(start, end);
      const at = part.text.search(/反馈(?:了)?[^，,。；;]{0,20}(?:意见|情况|问题)|反馈会/u);
      if (at < 0) continue;
      const date = datesIn(part)
        .filter((mention) => mention.at < at && mention.monthDay !== null && mention.monthDay.length === 5)
        .at(-1);
      if (date === undefined || /至|到/.test(part.text.charAt(date.at - 1))) continue;
      const value = date.iso ?? yearBetween(date, lastDay, reportDate);
      if (value !== null) return { value, raw: date.raw, line: date.line };
    }
  }
  return null;
}

/** A day without a year between the end of the on-site work and the report: taken when exactly one year fits. */
function yearBetween(date: DateMention, from: string | null, to: string | null): string | null {
  if (from === null || to === null || date.monthDay === null || date.impossible) return null;
  const fitting: string[] = [];
  for (let year = Number(from.slice(0, 4)); year <= Number(to.slice(0, 4)); year += 1) {
    const day = `${year}-${date.monthDay}`;
    if (isLocalDate(day) && day >= from && day <= to) fitting.push(day);
  }
  return fitting.length === 1 ? (fitting[0] ?? null) : null;
}

/** A date that the page states as publication. */
function publishedDateOf(outside: readonly Prose[]): DraftRound['publishedDate'] {
  for (const prose of outside) {
    const label = prose.text.length <= 120 ? /(?:发布|发表|公布|公开|更新|刊发|上传)?(?:时间|日期)\s?[:：]\s?/u.exec(prose.text) : null;
    if (label === null || /(?:整改|完成|截止|公示)$/.test(prose.text.slice(0, label.index))) continue;
    const date = datesIn(prose).find((mention) => mention.at === label.index + label[0].length);
    if (date?.iso != null) return { value: date.iso, raw: date.raw, line: date.line };
  }
  return null;
}

/** The last line that is nothing but a date: it stands under the signature. */
function reportDateOf(outside: readonly Prose[]): DraftRound['reportDate'] {
  for (const prose of outside.toReversed()) {
    if (prose.text.length > 24) continue;
    const date = datesIn(prose)[0];
    if (
      date?.iso != null &&
      date.yearStated &&
      date.monthDay !== null &&
      date.raw.length >= prose.text.trim().length - 1 &&
      /年/.test(date.raw)
    ) {
      return { value: date.iso, raw: date.raw, line: date.line };
    }
  }
  return null;
}

function issuedBy(outside: readonly Prose[], reportDate: DraftRound['reportDate']): Stated | null {
  const at = outside.findIndex(({ line }) => line === reportDate?.line);
  const above = at > 0 ? outside[at - 1] : undefined;
  return above !== undefined && signature.test(above.text) ? { value: above.text, raw: above.text, line: above.line } : null;
}

/** The value as a day, when it is that precise. */
export const asDay = (value: string | undefined): LocalDate | null => (value !== undefined && isLocalDate(value) ? value : null);
