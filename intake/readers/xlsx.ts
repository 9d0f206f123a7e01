import type { DraftFinding } from '../draft';
import { readXlsx } from '../sheet-xlsx';
import { unpackXml } from '../sheet-zip';
import { headerOf } from '../tables/header';
import type { DocumentReader, DocumentTable } from './reader';
import { textOfSheets } from './sheet-text';

/**
 * A workbook: every sheet a table, every row a line. What a reader of the screen would not see or not expect is said: hidden sheets and
 * rows, formulas (their last results are read), cells whose formula failed (read as blank), sheets that are no ledger.
 * Throws badInput sheet.unreadable, sheet.protected, sheet.tooLarge.
 */
export const xlsxReader: DocumentReader = {
  format: 'xlsx',
  async read(bytes) {
    const failed: string[] = [];
    const sheets = await readXlsx(bytes, failed);
    const read = textOfSheets(sheets);
    return { ...read, encoding: 'utf-8', notes: [...cellNotes(failed), ...partNotes(unpackXml(bytes)), ...sheetNotes(read.tables)] };
  },
};

const note = (code: string, message: string, severity: DraftFinding['severity'] = 'info'): DraftFinding => ({
  code,
  severity,
  message,
  lines: [],
});

const cellNotes = (failed: readonly string[]): DraftFinding[] =>
  failed.length === 0
    ? []
    : [
        note(
          'formulaError',
          `${failed.length} 个单元格的公式出错（${failed.slice(0, 5).join('、')}${failed.length > 5 ? ' 等' : ''}），按空白读取。`,
          'warning',
        ),
      ];

function partNotes(parts: readonly Buffer[]): DraftFinding[] {
  const texts = parts.map((part) => part.toString('latin1'));
  const countOf = (pattern: RegExp): number => texts.reduce((sum, text) => sum + (text.match(pattern)?.length ?? 0), 0);
  const sheets = countOf(/<(?:\w+:)?sheet\s[^>]*\bstate\s*=\s*["'](?:hidden|veryHidden)["']/g);
  const rows = countOf(/<(?:\w+:)?(?:row|col)\s[^>]*\bhidden\s*=\s*["'](?:1|true)["']/g);
  const formulas = countOf(/<(?:\w+:)?f[\s>/]/g);
  return [
    ...(sheets === 0 ? [] : [note('hiddenSheets', `工作簿有 ${sheets} 个隐藏的工作表，已一并读取。`)]),
    ...(rows === 0 ? [] : [note('hiddenRows', '工作簿有隐藏的行或列，已一并读取。')]),
    ...(formulas === 0 ? [] : [note('formulas', `工作簿有 ${formulas} 个公式，读取的是上次计算的结果，公式没有执行。`)]),
  ];
}

function sheetNotes(tables: readonly DocumentTable[]): DraftFinding[] {
  const ledgers = tables.filter((table) => headerOf(table) !== null);
  const others = tables.filter(
    (table) => !ledgers.includes(table) && table.rows.some(({ cells }) => cells.some((cell) => cell.trim() !== '')),
  );
  if (ledgers.length === 0 || others.length === 0) return [];
  return [note('sheetsIgnored', `工作表${others.map(({ name }) => `“${name ?? ''}”`).join('、')}没有台账表头，其中的行没有作为问题读取。`)];
}
