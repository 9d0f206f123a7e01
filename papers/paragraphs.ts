import { AlignmentType, LineRuleType, Paragraph, TextRun, type IFontAttributesProperties, type IParagraphOptions } from 'docx';
import { CHARACTER_SPACING, characters, fonts, halfPoints, LINE, points } from './layout';
import { xmlLines, xmlText } from './xml-text';

/** How a run of text looks; as the body does, unless it says otherwise. */
export interface Look {
  readonly font?: IFontAttributesProperties;
  /** In points. */
  readonly size?: number;
  readonly color?: string;
}

/** The only place where text enters a document, on one line, without what XML cannot hold. */
export const run = (text: string, { font = fonts.body, size = points.body, color }: Look = {}): TextRun =>
  new TextRun({
    text: xmlText(text),
    font,
    size: halfPoints(size),
    ...(color === undefined ? {} : { color }),
    ...(size === points.body ? { characterSpacing: CHARACTER_SPACING } : {}),
  });

type Setting = Omit<IParagraphOptions, 'text' | 'children'>;

/** A paragraph on the line grid: exactly 28.95 pt a line, so that a page holds 22. */
export const line = (text: string, setting: Setting = {}, look: Look = {}): Paragraph =>
  new Paragraph({
    widowControl: false,
    ...setting,
    spacing: { line: LINE, lineRule: LineRuleType.EXACT, before: 0, after: 0, ...setting.spacing },
    children: [run(text, look)],
  });

/** Body text: justified, each paragraph indented by two characters. A text with line breaks makes several paragraphs. */
export const prose = (text: string, setting: Setting = {}): Paragraph[] =>
  xmlLines(text).map((one) => line(one, { alignment: AlignmentType.BOTH, indent: { firstLine: characters(2, points.body) }, ...setting }));
