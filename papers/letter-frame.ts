import { AlignmentType, BorderStyle, Footer, Header, LineRuleType, PageNumber, Paragraph, TextRun } from 'docx';
import type { Letter } from '../domain/paper/letter';
import { dayWords } from '../domain/paper/letter-words';
import { characters, fonts, halfPoints, head, LINE, points, textWidth, widthPoints } from './layout';
import { line } from './paragraphs';

/** Two blank lines. */
const TWO_LINES = 2 * LINE;

/** What stands where the number would; the number is drawn at the signing. */
const NO_NUMBER = '（签发时编号）';
/** The day is written in by whoever signs. */
const NO_DAY = '　　　　年　　月　　日';
export const DRAFT_MARK = '草　稿（未签发，不具效力）';

/** 版头: the office in red, the number two lines below it, the red rule 4 mm under that. */
export function redHead(office: string, number: string | null): Paragraph[] {
  const size = headPoints(office);
  const pitch = { line: Math.round(size * 26), lineRule: LineRuleType.EXACT } as const;
  return [
    line(
      office,
      { alignment: AlignmentType.CENTER, spacing: { before: head.above, ...pitch } },
      { font: fonts.title, size, color: head.red },
    ),
    line(number ?? NO_NUMBER, {
      alignment: AlignmentType.CENTER,
      spacing: { before: TWO_LINES },
      border: { bottom: { style: BorderStyle.SINGLE, size: 18, space: head.rulePoints, color: head.red } },
    }),
  ];
}

/** As large as the name fits on one line, within what an office uses; a longer name runs over. */
const headPoints = (office: string): number =>
  Math.max(head.smallestPoints, Math.min(head.largestPoints, Math.floor(textWidth / 20 / Math.max(1, widthPoints(office, 1)))));

/** 标题 two lines under the rule, 主送 one blank line under the title and flush left. */
export const titleAndAddressee = ({ title, addressee }: Letter): Paragraph[] => [
  line(
    title,
    { alignment: AlignmentType.CENTER, keepNext: true, spacing: { before: TWO_LINES, after: LINE, line: 33 * 20 } },
    { font: fonts.title, size: points.title },
  ),
  line(`${addressee}：`, { alignment: AlignmentType.LEFT }),
];

/**
 * 署名 and 成文日期 as for a paper that gets a seal: the day ends four characters from the right, the office is centred above it, and room
 * is left for the seal. The words of a seal are never printed. They stay on one page with the end of the text.
 */
export function signature({ issuer, signedOn }: Letter): Paragraph[] {
  const day = signedOn === null ? NO_DAY : dayWords(signedOn);
  const right = 4 * points.body;
  const centred = right + (widthPoints(day, points.body) - widthPoints(issuer, points.body)) / 2;
  const indent = (size: number): { right: number } => ({ right: Math.max(0, Math.round(size * 20)) });
  return [
    line(issuer, { alignment: AlignmentType.RIGHT, indent: indent(centred), keepNext: true, spacing: { before: TWO_LINES } }),
    line(day, { alignment: AlignmentType.RIGHT, indent: indent(right) }),
  ];
}

/** `— 1 —` in 4号 宋体, seven millimetres under the text: one character in from the outer side, odd pages right, even pages left. */
export function pageNumber(side: 'odd' | 'even'): Footer {
  const space = characters(1, points.small);
  const odd = side === 'odd';
  return new Footer({
    children: [
      new Paragraph({
        alignment: odd ? AlignmentType.RIGHT : AlignmentType.LEFT,
        indent: odd ? { right: space } : { left: space },
        children: [new TextRun({ font: fonts.song, size: halfPoints(points.small), children: ['— ', PageNumber.CURRENT, ' —'] })],
      }),
    ],
  });
}

/** The marking of a draft on every page, as text, so that it is read aloud and found. */
export const draftHeader = (): Header =>
  new Header({ children: [line(DRAFT_MARK, { alignment: AlignmentType.CENTER }, { font: fonts.bold, color: head.red })] });
