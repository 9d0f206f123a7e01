import { isLocalDate, type LocalDate } from '../domain/time';

/** What begins so is run as a formula by spreadsheet programs, also with full-width marks (OWASP, CSV Injection). */
const formula = /^'*[=+\-@＝＋－＠]/;

/** A cell as it is exported: text that would be run as a formula gets an apostrophe in front, which `cleaned` takes away again. */
export const guarded = (cell: string): string => (formula.test(cell) ? `'${cell}` : cell);

/** A cell as it is read: without surrounding space, the apostrophe of an export, line breaks and other control characters. */
export function cleaned(cell: string): string {
  const text = cell.replaceAll(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}\uFFFD]+/gu, ' ').trim();
  return text.startsWith("'") && formula.test(text) ? text.slice(1).trim() : text;
}

/** Two-character names are often padded to three: 张　伟. */
export const unpadded = (name: string): string => (/^[\p{Script=Han}\s]+$/u.test(name) ? name.replaceAll(/\s/g, '') : name);

/** 2026-08-01, 2026/8/1, 2026.8.1 or 2026年8月1日, with or without a midnight behind; null for nothing, undefined for no date. */
export function readDate(text: string): LocalDate | null | undefined {
  if (text === '') return null;
  const [, year = '', month = '', day = ''] =
    /^(\d{4})(?:[-/.]|年)(\d{1,2})(?:[-/.]|月)(\d{1,2})日?(?:T?0?0:00(?::00)?)?$/.exec(text.normalize('NFKC').replaceAll(/\s/g, '')) ?? [];
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isLocalDate(date) ? date : undefined;
}
