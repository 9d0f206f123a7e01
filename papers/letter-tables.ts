import { AlignmentType, BorderStyle, LineRuleType, Table, TableCell, TableLayoutType, TableRow, VerticalAlignTable, WidthType } from 'docx';
import type { MatterTable } from '../domain/paper/matter-table';
import type { SheetField } from '../domain/paper/sheet-fields';
import { fonts, points, textWidth } from './layout';
import { line } from './paragraphs';
import { xmlLines } from './xml-text';

/** Twips a line of a cell: half as much again as its characters. */
const CELL_LINE = points.cell * 30;
const SHEET_LINE = points.small * 30;

const border = { style: BorderStyle.SINGLE, size: 4, color: '000000' } as const;
const borders = { top: border, bottom: border, left: border, right: border, insideHorizontal: border, insideVertical: border } as const;
const margins = { marginUnitType: WidthType.DXA, top: 60, bottom: 60, left: 80, right: 80 } as const;

/** How much of the width a column of the list takes, by its head; figures and dates need little, words much. */
const shares: Readonly<Record<string, number>> = { 序号: 8, 编号: 13, 事项: 26, 主办单位: 15, 整改期限: 24, 目前状态: 12, 此前文书: 20 };
const OTHER_SHARE = 10;
/** Columns that are read as words, not as figures. */
const wordy: readonly string[] = ['事项', '此前文书'];

/** The list of matters: the head is repeated on every page, no row is torn. */
export function matterGrid({ head, rows }: MatterTable): Table {
  const widths = widthsOf(head.map((name) => shares[name] ?? OTHER_SHARE));
  const look = (name: string, header: boolean): CellLook => ({
    font: header ? fonts.bold : fonts.body,
    size: points.cell,
    pitch: CELL_LINE,
    alignment: !header && wordy.includes(name) ? AlignmentType.LEFT : AlignmentType.CENTER,
  });
  const row = (cells: readonly string[], header: boolean): TableRow =>
    new TableRow({
      tableHeader: header,
      cantSplit: true,
      children: cells.map((text, column) => cell(text, widths[column] ?? 0, look(head[column] ?? '', header))),
    });
  return grid([row(head, true), ...rows.map((cells) => row(cells, false))], widths);
}

/** A sheet: what is asked on the left, what is said on the right. */
export function fieldGrid(fields: readonly SheetField[]): Table {
  const widths = widthsOf([22, 78]);
  const [labelWidth = 0, valueWidth = 0] = widths;
  const rows = fields.map(
    ({ label, value }) =>
      new TableRow({
        children: [
          cell(label, labelWidth, { font: fonts.bold, size: points.small, pitch: SHEET_LINE, alignment: AlignmentType.CENTER }),
          cell(value, valueWidth, { font: fonts.body, size: points.small, pitch: SHEET_LINE, alignment: AlignmentType.LEFT }),
        ],
      }),
  );
  return grid(rows, widths);
}

interface CellLook {
  readonly font: (typeof fonts)[keyof typeof fonts];
  readonly size: number;
  /** Twips a line. */
  readonly pitch: number;
  readonly alignment: (typeof AlignmentType)['CENTER' | 'LEFT'];
}

const cell = (text: string, width: number, { font, size, pitch, alignment }: CellLook): TableCell =>
  new TableCell({
    width: { size: width, type: WidthType.DXA },
    verticalAlign: VerticalAlignTable.CENTER,
    children: xmlLines(text).map((one) =>
      line(one, { alignment, spacing: { line: Math.round(pitch), lineRule: LineRuleType.EXACT } }, { font, size }),
    ),
  });

const grid = (rows: readonly TableRow[], columnWidths: readonly number[]): Table =>
  new Table({
    rows,
    columnWidths,
    borders,
    margins,
    layout: TableLayoutType.FIXED,
    width: { size: columnWidths.reduce((sum, width) => sum + width, 0), type: WidthType.DXA },
  });

/** The text block shared out; the rest of the rounding falls to the last column. */
function widthsOf(parts: readonly number[]): number[] {
  const whole = parts.reduce((sum, part) => sum + part, 0);
  const widths = parts.map((part) => Math.floor((textWidth * part) / whole));
  return widths.map((width, index) => (index < widths.length - 1 ? width : width + textWidth - widths.reduce((sum, one) => sum + one, 0)));
}
