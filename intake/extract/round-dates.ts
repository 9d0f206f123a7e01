import { isLocalDate } from '../../domain/time';
import type { DraftRound } from '../draft';
import { sentences, type Prose } from '../prose';
import { datesIn, type DateMention } from './dates';

/** Words for the act of feeding back; 反馈问题 and 反馈意见整改 tell of the findings and of no act. */
const act =
  /(?:向|给|对)[^，,。；;]{0,40}反馈|反馈了|反馈(?:了)?(?:(?!整改|问题|落实|的)[^，,。；;]){0,14}?(?:意见|情况)(?!整改|落实|指出|要求|中|后|的|提出|为)|反馈(?:大?会|会议)|(?<=[日号]\s?)反馈(?:了)?(?=(?:问题|意见)?\s?\d{1,3}\s?[个条项]|[。，,；;]|$)|(?:召开|举行)[^，,。；;]{0,24}反馈|(?:收到|接到)[^，,。；;]{0,24}反馈/u;

/** The day on which the findings were fed back: the date before the act in its sentence. */
export function feedbackDateOf(outside: readonly Prose[], lastDay: string | null, reportDate: string | null): DraftRound['feedbackDate'] {
  for (const prose of outside.slice(0, 40)) {
    for (const { start, end } of sentences(prose.text.slice(0, 4000))) {
      const part = prose.slice(start, end);
      const at = act.exec(part.text)?.index ?? -1;
      if (at < 0) continue;
      const before = datesIn(part).filter((mention) => mention.at < at && mention.monthDay !== null && !isEndOrLimit(part.text, mention));
      const date = before.findLast(({ monthDay }) => monthDay?.length === 5) ?? before.at(-1);
      if (date === undefined) continue;
      const value = date.iso ?? yearBetween(date, lastDay, reportDate);
      if (value !== null) return { value, raw: date.raw, line: date.line };
    }
  }
  return null;
}

/** 至4月30日 ends the work on site, 截至11月20日 counts, 2024年巡察 is a year's work. */
const isEndOrLimit = (text: string, { at }: DateMention): boolean => /(?:至|到|截止|[-—–~～])\s?$/u.test(text.slice(0, at));

/** A day without a year between the end of the on-site work and the report: taken when exactly one year fits. */
function yearBetween(date: DateMention, from: string | null, to: string | null): string | null {
  if (from === null || to === null || date.monthDay === null || date.impossible) return null;
  const fitting: string[] = [];
  for (let year = Number(from.slice(0, 4)); year <= Number(to.slice(0, 4)); year += 1) {
    const day = `${year}-${date.monthDay}`;
    const fits = day >= from.slice(0, day.length) && day <= to.slice(0, day.length);
    if (fits && (day.length < 10 || isLocalDate(day))) fitting.push(day);
  }
  return fitting.length === 1 ? (fitting[0] ?? null) : null;
}

const told =
  /(?<who>[一-鿿]{2,24}?(?:巡[察视][^，,。；;、]{0,4}组|审计[局厅组]|巡[察视]办))向(?<whom>[^，,。；;、]{2,40}?)(?:反馈|通报)了?/u;

/** Who fed back, and to whom, where no sentence tells of the work on site: 县委第二巡察组向县农业局党组反馈了巡察意见. */
export function feedbackParties(outside: readonly Prose[]): Pick<DraftRound, 'inspectingBody' | 'inspectedBody'> {
  for (const prose of outside.slice(0, 20)) {
    const match = told.exec(prose.text.slice(0, 2000));
    const { who, whom } = match?.groups ?? {};
    if (match === null || who === undefined || whom === undefined) continue;
    const stated = (value: string) => ({ value, raw: match[0], line: prose.lineAt(match.index) });
    return { inspectingBody: stated(who), inspectedBody: stated(whom) };
  }
  return { inspectingBody: null, inspectedBody: null };
}

const edge = '(?:^|[\\s|｜>»【（(】\\])）　])';
const time = '\\s?[:：]?\\s?';
/** How pages state their publication, the firmer before the weaker; 成文日期 and 公示时间 are none. */
const statements = [
  new RegExp(`${edge}(?:信息|文章|稿件|网站|首次)?(?:发布|发表|公布|公开|刊发|上传|推送)(?:时间|日期|于)?${time}`, 'u'),
  new RegExp(`${edge}(?:时间|日期)\\s?[:：]\\s?`, 'u'),
  new RegExp(`${edge}(?:更新|录入|编辑)(?:时间|日期)${time}`, 'u'),
];
const furniture = /来源|浏览|阅读|点击|字体|字号|分享|作者|编辑|打印|访问/u;

/** A date that the page states as publication. */
export function publishedDateOf(outside: readonly Prose[]): DraftRound['publishedDate'] {
  const short = outside.filter(({ text }) => text.length <= 160);
  for (const statement of statements) {
    for (const prose of short) {
      const label = statement.exec(prose.text);
      if (label === null) continue;
      const date = datesIn(prose).find((mention) => mention.at === label.index + label[0].length);
      if (date?.iso != null) return { value: date.iso, raw: date.raw, line: date.line };
    }
  }
  // 2024-06-20 10:30 来源：…
  for (const prose of short.slice(0, 12)) {
    const [date, other] = datesIn(prose);
    if (date?.iso?.length === 10 && date.yearStated && other === undefined && furniture.test(prose.text) && !/[。；;]/u.test(prose.text)) {
      return { value: date.iso, raw: date.raw, line: date.line };
    }
  }
  return null;
}
