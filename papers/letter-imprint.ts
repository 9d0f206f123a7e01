import {
  BorderStyle,
  FrameAnchorType,
  FrameWrap,
  HorizontalPositionAlign,
  LineRuleType,
  Paragraph,
  Tab,
  TabStopType,
  TextRun,
  UnderlineType,
  VerticalPositionAlign,
  type IBorderOptions,
  type IFrameOptions,
  type ISpacingProperties,
} from 'docx';
import type { Letter } from '../domain/paper/letter';
import { dayWords } from '../domain/paper/letter-words';
import { characters, fonts, halfPoints, LINE, points, textWidth } from './layout';
import { run } from './paragraphs';

/** The rules above and below, 0.35 mm (in eighths of a point). */
const outer: IBorderOptions = { style: BorderStyle.SINGLE, size: 8, space: 1, color: '000000' };

/** Twips of the line on which the thin rule stands. */
const RULE_LINE = 60;

/** At the foot of the text block of the page on which the text ends; paragraphs with the same frame stand in one. */
const foot: IFrameOptions = {
  type: 'alignment',
  width: textWidth,
  anchor: { horizontal: FrameAnchorType.MARGIN, vertical: FrameAnchorType.MARGIN },
  alignment: { x: HorizontalPositionAlign.LEFT, y: VerticalPositionAlign.BOTTOM },
  wrap: FrameWrap.NOT_BESIDE,
  space: { horizontal: 0, vertical: LINE },
};

/** Rules and frame of all its paragraphs must be alike, or text processors take them apart. */
const framed = { widowControl: false, frame: foot, border: { top: outer, bottom: outer } } as const;
const exactly = (pitch: number): ISpacingProperties => ({ line: pitch, lineRule: LineRuleType.EXACT, before: 0, after: 0 });
const tab = (underlined = false): TextRun =>
  new TextRun({
    children: [new Tab()],
    font: fonts.body,
    size: halfPoints(points.small),
    ...(underlined ? { underline: { type: UnderlineType.SINGLE } } : {}),
  });
const look = { size: points.small };

/** 版记 at the foot of the last page: copies, then who issued it and on which day; a draft is not issued yet. Empty when neither is. */
export function imprint({ copies, issuer, signedOn }: Letter): Paragraph[] {
  // one blank character on each side by a blank character and a tab stop: a plain indent would shorten the rules
  const copied = new Paragraph({
    ...framed,
    spacing: exactly(LINE),
    indent: { left: characters(4, points.small), hanging: characters(4, points.small) },
    children: [run(`　抄送：${copies.join('、')}。`, look)],
  });
  // the thin rule between is an underlined tab: `w:between` makes LibreOffice drop the frame
  const rule = new Paragraph({
    ...framed,
    spacing: exactly(RULE_LINE),
    tabStops: [{ type: TabStopType.RIGHT, position: textWidth }],
    children: [tab(true)],
  });
  const issued = new Paragraph({
    ...framed,
    spacing: exactly(LINE),
    tabStops: [{ type: TabStopType.RIGHT, position: textWidth - characters(1, points.small) }],
    children: [run(`　${issuer}`, look), tab(), run(signedOn === null ? '' : `${dayWords(signedOn)}印发`, look)],
  });
  if (copies.length === 0) return signedOn === null ? [] : [issued];
  return signedOn === null ? [copied] : [copied, rule, issued];
}
