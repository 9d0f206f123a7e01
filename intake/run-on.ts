import { isRectification, labelsIn } from './labels';
import { defectWords, moreDefectWords, signature } from './lexicon';
import { numberingOf, type Numbering, type NumberingStyle } from './numbering';
import type { Prose } from './prose';

/** A place in a paragraph where a heading may begin. */
interface Candidate {
  readonly at: number;
  readonly numbering: Numbering;
  /** It follows words without any stop, as in 政治建设方面1.…: only a label behind it makes it a heading. */
  readonly glued: boolean;
}

/**
 * Paragraphs that hold several findings because their line breaks were lost (a page's text in one piece) are cut before each
 * heading: where the numbers go on, and not within an account. All other paragraphs stay as they are.
 */
export function splitRunOns(paragraphs: readonly Prose[]): Prose[] {
  return paragraphs.flatMap((paragraph) => {
    const listed = listedDefects(paragraph);
    if (listed.length > 1) return listed;
    const openings = openingLabels(paragraph.text);
    if (openings.length < 2 && !isWholeDocument(paragraph.text)) return [paragraph];
    return cut(paragraph, openings);
  });
}

/** （1）…不够紧密。（2）…有堵点。: findings of one paragraph, each numbered after a stop, most naming a shortcoming. */
function listedDefects(paragraph: Prose): Prose[] {
  const { text } = paragraph;
  const first = numberingOf(text);
  if (first === null || text.length > 600 || labelsIn(text).length > 0) return [];
  const starts = [0];
  for (const { index } of text.matchAll(/(?<=。)\s?(?=[（(①-⑳\d])/gu)) {
    const next = numberingOf(text.slice(index).trimStart());
    if (next?.style === first.style && next.number === first.number + starts.length) starts.push(index);
  }
  const pieces = starts.map((start, index) => paragraph.slice(start, starts[index + 1] ?? text.length));
  const defects = pieces.filter(({ text: words }) => defectWords.test(words) || moreDefectWords.test(words));
  return pieces.every((piece) => piece.text.length <= 120) && defects.length >= pieces.length / 2 ? pieces : [];
}

/** Where the account of each finding begins: the label that opens the first one, each time it comes back. */
function openingLabels(text: string): number[] {
  if (text.length < 60) return [];
  const hits = labelsIn(text).filter(({ kind }) => isRectification(kind));
  const wordAt = ({ at, contentAt }: { at: number; contentAt: number }): string => text.slice(at, contentAt).trim();
  const first = hits[0];
  if (first === undefined) return [];
  return hits.filter((hit) => wordAt(hit) === wordAt(first)).map(({ at }) => at);
}

/** A document without labels in one paragraph: its sections 一、 二、 follow stops. */
const isWholeDocument = (text: string): boolean => text.length > 600 && /一、.{20,}[。；\s]\s*二、/su.test(text);

function cut(paragraph: Prose, openings: readonly number[]): Prose[] {
  const { text } = paragraph;
  const starts = headingStarts(text, openings);
  if (starts.length < 2) return [paragraph];
  const bounds = [0, ...starts.filter((at) => at > 0), text.length];
  const pieces = bounds.slice(1).map((end, index) => paragraph.slice(bounds[index] ?? 0, end));
  return pieces.flatMap((piece, index) => (index === 0 ? titled(piece) : index === pieces.length - 1 ? signed(piece) : [piece]));
}

/** The title in front of the first words stands apart, where a blank sets it off. */
function titled(piece: Prose): Prose[] {
  const title = /^\S{6,60}(?:通报|报告|公告|公示|公开|情况|意见|台账|清单)(?=\s)/u.exec(piece.text);
  return title === null ? [piece] : [piece.slice(0, title[0].length), piece.slice(title[0].length)];
}

/** The signature at the end of the last account stands apart. */
function signed(piece: Prose): Prose[] {
  const match = /(?<=[。！”\s])([一-鿿]{4,34}?)\s*(\d{4}\s?年.{1,8}日)\s*$/u.exec(piece.text);
  if (match?.[1] === undefined || !signature.test(match[1])) return [piece];
  const date = match.index + match[0].indexOf(match[2] ?? '', match[1].length);
  return [piece.slice(0, match.index), piece.slice(match.index, date), piece.slice(date)];
}

/** Offsets at which headings begin, in text order. */
function headingStarts(text: string, openings: readonly number[]): number[] {
  const open: { style: NumberingStyle; number: number }[] = [];
  const lists = new Map<NumberingStyle, number>();
  const last = new Map<NumberingStyle, number>();
  const starts: number[] = [];
  const candidates = candidatesIn(text);
  let opening = 0;
  let inAccount = false;
  candidates.forEach(({ at, glued, numbering: { style, number } }, index) => {
    for (; (openings[opening] ?? Infinity) < at; opening += 1) inAccount = true;
    const level = open.findIndex((entry) => entry.style === style);
    const announced = (openings[opening] ?? Infinity) < Math.min(candidates[index + 1]?.at ?? Infinity, at + 200);
    const listed = inAccount && lists.get(style) === number - 1 && !announced;
    const goesOn =
      level === -1
        ? (number === 1 || number === (last.get(style) ?? 0) + 1) && (!inAccount || announced)
        : number === (open[level]?.number ?? 0) + 1;
    if (!goesOn || listed || (glued && !announced)) {
      if (inAccount) lists.set(style, number);
      return;
    }
    if (level !== -1) open.length = level;
    open.push({ style, number });
    last.set(style, number);
    lists.clear();
    inAccount = false;
    starts.push(at);
  });
  return starts;
}

/** Behind a stop or a blank; bracketed anywhere; 1. and 1、 behind words. */
const places =
  /(?<=^|[。！？；;”）)\s：:])(?=[\d０-９一二三四五六七八九十第问【反整])|(?=[（(][\d０-９一二三四五六七八九十]{1,4}[)）]|[①-⑳])|(?<=[一-鿿])(?=[\d０-９]{1,3}[.．、][^\d０-９])/gu;

function candidatesIn(text: string): Candidate[] {
  const found: Candidate[] = [];
  for (const { index } of text.matchAll(places)) {
    const numbering = numberingOf(text.slice(index, index + 40));
    const glued = /[一-鿿]/u.test(text.charAt(index - 1)) && numbering?.style === 'arabic';
    if (numbering !== null && numbering.style !== 'spaced') found.push({ at: index, numbering, glued });
  }
  return found;
}
