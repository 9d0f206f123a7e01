import { fieldKindOf, isShortField, labelsIn } from './labels';
import { signature } from './lexicon';
import { numberingOf } from './numbering';
import { Prose } from './prose';

/** The physical lines of a text; line 1 is the first. */
export const physicalLines = (text: string): string[] => text.split(/\r\n|\n|\r/);

/** `— 3 —`, `第 3 页 共 10 页`: what a page leaves behind in the middle of a sentence. */
const pageMark = /^(?:[-—–－]{1,2}\s?\d{1,4}\s?[-—–－]{1,2}|第\s?\d{1,4}\s?页(?:\s?[,，/]?\s?共\s?\d{1,4}\s?页)?|\d{1,3}\s?\/\s?\d{1,3})$/;
const enumerator = /^[一二三四五六七八九十]{1,3}是|^第[一二三四五六七八九十]{1,3}[,，:：]|^其[一二三四五六]/;
const dateLine =
  /^(?:\d{4}|[〇○零一二三四五六七八九]{4})\s?年\s?[\d一二三四五六七八九十]{1,3}\s?月(?:\s?[\d一二三四五六七八九十]{1,3}\s?日)?$/;

/**
 * Paragraphs of a text: physical lines that a hard line break or a page end has cut in two are put together again.
 * A line goes on when it ends in the middle of a sentence and the next one starts nothing new.
 */
export function paragraphsOf(lines: readonly string[]): Prose[] {
  const width = wrapWidth(lines);
  const done: Prose[] = [];
  let open: Prose[] = [];
  const close = (): void => {
    if (open.length > 0) done.push(joinLines(open));
    open = [];
  };
  lines.forEach((raw, index) => {
    const text = raw.trim();
    if (text === '' || pageMark.test(text)) return;
    const line = Prose.ofLine(text, index + 1);
    const last = open.at(-1);
    if (last !== undefined && (signs(text, lines, index) || isTitle(open, done.length, text) || !goesOn(open, last.text, raw, width)))
      close();
    open.push(line);
  });
  close();
  return done;
}

/** A body's name right above a date: the signature. */
function signs(text: string, lines: readonly string[], index: number): boolean {
  if (!signature.test(text)) return false;
  const next = lines.slice(index + 1, index + 6).find((line) => line.trim() !== '');
  return next !== undefined && dateLine.test(next.trim());
}

/** Latin words get their space back, Chinese needs none. */
function joinLines(lines: readonly Prose[]): Prose {
  return lines.slice(1).reduce(
    (joined, line) => {
      const glue = /[a-z]$/i.test(joined.text) && /^[a-z]/i.test(line.text) ? ' ' : '';
      return Prose.join([joined, line], glue);
    },
    lines[0] ?? Prose.ofLine('', 1),
  );
}

/** Near the head a line that ends as titles do is one, unless the next line plainly goes on with it. */
const titleLine = /^[^。；;！？]{8,80}(?:通报|报告|公告|公示|公开|情况|意见|方案|台账|清单)$/u;
const isTitle = (open: readonly Prose[], before: number, next: string): boolean =>
  before < 6 &&
  open.length === 1 &&
  titleLine.test(open[0]?.text ?? '') &&
  !/^(?:[的地了等们，。；、：:）》”]|（?整改|情况|通报|报告)/u.test(next);

function goesOn(open: readonly Prose[], last: string, next: string, width: number | null): boolean {
  const first = open[0]?.text ?? '';
  const text = next.trim();
  if (startsAnew(text, last) || (/^(?:\u3000| {2}|\t)/.test(next) && !/[，,、]$/.test(last))) return false;
  if (endsSentence(last)) return false;
  if (/[，,、]$|关于$/.test(last) || /^[的地了等们，。；、）》”]/u.test(text)) return true;
  if (isOneLineField(first)) return false;
  if (width !== null && last.length >= width - 2) return true;
  if ((isHeading(first) || aboutLine.test(first)) && open.length === 1) return false;
  return /[，,。；、]/.test(open.map((part) => part.text).join('')) || labelsIn(first).length > 0;
}

/** 关于“…、…”的问题: a heading without a number. */
const aboutLine = /^(?:关于|针对|对照)[^。]{4,200}(?:问题|情况|方面|意见)$/u;

/** A closing quotation mark ends a sentence only behind a stop. */
const endsSentence = (text: string): boolean => /(?:[。！？；：!?;:…]|[。！？!?…][”’）)】》])$/.test(text);

/** 巡察时间：…, 发布日期：…: a field of the document's head. */
const headField = /^[一-鿿]{0,6}(?:时间|日期|单位|组织|机构|对象|来源|编辑|作者|建议|结果|原因|依据|类型)[:：]/u;

/** A number, an item of an enumeration, a date or a label: whatever went before, this begins something. */
export function startsAnew(text: string, last: string): boolean {
  if (numberingOf(text) !== null || enumerator.test(text) || dateLine.test(text)) return true;
  if (headField.test(text)) return true;
  const [label] = labelsIn(text);
  if (label?.at !== 0) return false;
  // 整改工作落实。 in the middle of a sentence is its end, no label
  return !/[。.]$/.test(text.slice(0, label.contentAt)) || last.length < 20 || endsSentence(last);
}

/** A numbered line without a full stop inside reads as a heading, however its office punctuates it. */
const isHeading = (text: string): boolean =>
  numberingOf(text) !== null && text.length <= 80 && !/[。；]/.test(text) && labelsIn(text).length === 0;

function isOneLineField(text: string): boolean {
  const match = /^(?:[【〔[]\s?([一-鿿]{2,16})\s?[】〕\]]|([一-鿿]{2,16})\s?[:：])/u.exec(text);
  const kind = fieldKindOf(match?.[1] ?? match?.[2] ?? '');
  return kind !== null && isShortField(kind);
}

/** The width to which the text is wrapped (many lines end within two characters of it), or null when it isn't. */
function wrapWidth(lines: readonly string[]): number | null {
  const counts = new Map<number, number>();
  let filled = 0;
  for (const raw of lines) {
    const length = raw.trim().length;
    if (length < 20) continue;
    filled += 1;
    if (length <= 120) counts.set(length, (counts.get(length) ?? 0) + 1);
  }
  let best: number | null = null;
  let most = 0;
  for (const length of counts.keys()) {
    const near = [0, 1, 2].reduce((sum, less) => sum + (counts.get(length - less) ?? 0), 0);
    if (near > most) [best, most] = [length, near];
  }
  return most >= 5 && most >= filled * 0.4 ? best : null;
}
