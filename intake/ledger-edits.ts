import { sealOf, sheetFields, type ReturnedSheet, type SheetField, type SheetRow } from './ledger-sheet';

/** One cell that a person changed in an exported ledger. */
export interface SheetEdit {
  readonly issueId: string;
  readonly field: SheetField;
  /** As the ledger has it now. */
  readonly from: string;
  readonly to: string;
  readonly row: number;
  /** The ledger changed this value after the export: a person should look at both. */
  readonly conflict: boolean;
}

/** What can't be a proposal, in a sentence for a person; `row` null for what is not there. */
export interface SheetNote {
  readonly code: 'rowMissing' | 'rowUnknown' | 'rowTwice' | 'sealChanged' | 'columnUnknown';
  readonly row: number | null;
  readonly message: string;
}

export interface SheetEdits {
  readonly edits: readonly SheetEdit[];
  readonly notes: readonly SheetNote[];
}

/**
 * What a person changed in an exported ledger, beside the ledger as it is now: a value counts as edited when it is not what was exported,
 * and is not what the ledger has by now. Rows that were added or deleted are told, never carried out. Pure.
 */
export function editsOf({ rows, unknownColumns }: ReturnedSheet, current: readonly SheetRow[]): SheetEdits {
  const known = new Map(current.map((row) => [row.issueId, row]));
  const seen = new Map<string, number>();
  const edits: SheetEdit[] = [];
  const notes: SheetNote[] = unknownColumns.map((name) => ({
    code: 'columnUnknown',
    row: null,
    message: `列“${name}”不是导出的列，没有读取。`,
  }));
  for (const { row, issueId, values, seals } of rows) {
    const now = known.get(issueId);
    const before = seen.get(issueId);
    if (now === undefined) {
      const what = issueId === '' ? '没有问题编号' : `台账里没有问题${issueId}`;
      notes.push({ code: 'rowUnknown', row, message: `第${row}行${what}，没有读取；新问题请另行建账。` });
    } else if (before !== undefined) notes.push({ code: 'rowTwice', row, message: `第${row}行与第${before}行是同一个问题，没有读取。` });
    else {
      seen.set(issueId, row);
      const unsealed = sheetFields.filter((field) => values[field] !== undefined && seals[field] === undefined);
      if (unsealed.length > 0)
        notes.push({ code: 'sealChanged', row, message: `第${row}行的校验列被改动，不能断定改了哪些，按与台账不同的列出。` });
      edits.push(...sheetFields.flatMap((field) => editOf(field, { row, issueId, to: values[field], seal: seals[field] }, now)));
    }
  }
  for (const { issueId } of current)
    if (!seen.has(issueId)) notes.push({ code: 'rowMissing', row: null, message: `表中没有问题${issueId}，台账不因此删除。` });
  return { edits, notes };
}

function editOf(
  field: SheetField,
  {
    row,
    issueId,
    to,
    seal,
  }: { readonly row: number; readonly issueId: string; readonly to: string | undefined; readonly seal: string | undefined },
  now: SheetRow,
): SheetEdit[] {
  if (to === undefined) return [];
  const [read, from] = [sealOf(to), now.values[field]];
  return read === seal || read === sealOf(from) ? [] : [{ issueId, field, from, to, row, conflict: seal !== sealOf(from) }];
}
