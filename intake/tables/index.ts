import type { FindingNode } from '../findings-tree';
import type { DocumentTable } from '../readers/reader';
import { entriesOf, type LedgerEntry } from './entries';
import { findingNodes } from './findings';
import { formEntriesOf } from './forms';
import { headerOf } from './header';

/** The findings of a document's tables, and where they stand. */
export interface TableLedger {
  readonly findings: readonly FindingNode[];
  /** Lines of the ledger's tables; a title or unit above a heading is none of them. */
  readonly lines: ReadonlySet<number>;
}

/**
 * The ledger 整改台账 that a document's tables hold: tables with a heading of ledger columns, and forms of one finding. A table that tells
 * of the findings of an earlier one (问题清单, 任务清单, 责任清单) adds to them.
 */
export function ledgerOf(tables: readonly DocumentTable[]): TableLedger {
  const entries: LedgerEntry[] = [];
  const lines = new Set<number>();
  const known = new Map<string, LedgerEntry>();
  for (const table of tables) {
    const header = headerOf(table);
    const found = header === null ? formEntriesOf(table) : entriesOf(table, header);
    if (found.length === 0 || areFigures(found)) continue;
    for (const { line } of table.rows.slice(header === null ? 0 : header.headingRow)) lines.add(line);
    const before = new Map(known);
    for (const entry of found) {
      const key = entry.title.replace(/[\s\p{P}]+/gu, '');
      const earlier = before.get(key);
      if (earlier !== undefined) addNew(earlier, entry);
      else {
        known.set(key, entry);
        entries.push(entry);
      }
    }
  }
  return { findings: findingNodes(entries), lines };
}

/** What a later table tells of a finding that an earlier one does not. */
function addNew(earlier: LedgerEntry, { cells }: LedgerEntry): void {
  const roles = new Set(earlier.cells.map(({ column }) => column.role));
  earlier.cells.push(...cells.filter(({ column: { role } }) => role === 'note' || !roles.has(role)));
}

/** 单位 | 反馈问题 | 已完成 with numbers below is a table of figures. */
const areFigures = (entries: readonly LedgerEntry[]): boolean =>
  entries.filter(({ title }) => /^[\d.%\s]*$/u.test(title)).length > entries.length * 0.3;
