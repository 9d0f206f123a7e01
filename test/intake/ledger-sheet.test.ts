import fc from 'fast-check';
import readWorkbook from 'read-excel-file/node';
import { formatCsv } from '../../intake/csv';
import { editsOf } from '../../intake/ledger-edits';
import { readLedgerSheet, sealOf, sheetFields, writeLedgerSheet, type SheetField, type SheetRow } from '../../intake/ledger-sheet';
import { readSheets } from '../../intake/sheet';

const head = { roundId: 'R1', name: '云溪县农业局巡察', asOf: '2026-11-24' };
const nothing = Object.fromEntries(sheetFields.map((field) => [field, ''])) as Record<SheetField, string>;
const rowOf = (number: number, values: Partial<Record<SheetField, string>> = {}): SheetRow => ({
  issueId: `R1-${String(number).padStart(3, '0')}`,
  number,
  values: { ...nothing, title: `问题${number}`, phase: '整改中', ...values },
});

/** Text that spreadsheet programs, CSV and XML each take for something else. */
const awkward = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 30 }),
  fc.constantFrom(
    '=1+1',
    '+86',
    '-',
    '@x',
    "'=1",
    '_x0041_',
    '<t>&amp;',
    '甲\n乙',
    '\u0001\uFFFE',
    '𠀀𠮷',
    '😀',
    '007',
    'TRUE',
    'constructor',
    '\uFFFDx',
    '__proto__',
    '2026-08-01',
    '"',
    'a,b',
    '\uD800',
    ' 长 ',
  ),
);
const row = fc
  .record({ values: fc.record(Object.fromEntries(sheetFields.map((field) => [field, awkward]))) })
  .map(({ values }) => ({ ...(values as Record<SheetField, string>), dueOn: '' }));
const rows = fc.array(row, { minLength: 1, maxLength: 6 }).map((all) => all.map((values, index) => rowOf(index + 1, values)));

/** The sheet with cells changed by hand, saved as CSV. */
async function saved(bytes: Uint8Array, change: (cells: string[][]) => void): Promise<Buffer> {
  const [sheet] = await readSheets(bytes);
  const cells = sheet?.rows.map((one) => [...one]) ?? [];
  change(cells);
  return Buffer.from(formatCsv(cells));
}

test('exported and read back, nothing is an edit, whatever the texts', async () => {
  await fc.assert(
    fc.asyncProperty(rows, async (ledger) => {
      const bytes = await writeLedgerSheet(head, ledger);
      expect(editsOf(await readLedgerSheet(bytes), ledger)).toEqual({ edits: [], notes: [] });
      const csv = await saved(bytes, () => undefined);
      expect(editsOf(await readLedgerSheet(csv), ledger)).toEqual({ edits: [], notes: [] });
    }),
    { numRuns: 100 },
  );
});

test('one cell that was changed is exactly that edit', async () => {
  const field = fc.constantFrom(...sheetFields);
  await fc.assert(
    fc.asyncProperty(
      rows,
      fc.nat(5),
      field,
      fc.string({ unit: fc.constantFrom('改', '动', 'a', '1'), minLength: 1, maxLength: 8 }),
      async (ledger, at, which, to) => {
        const target = ledger[at % ledger.length];
        if (target === undefined || sealOf(target.values[which]) === sealOf(to)) return;
        const csv = await saved(await writeLedgerSheet(head, ledger), (cells) => {
          const column = 2 + sheetFields.indexOf(which);
          const line = cells[3 + (at % ledger.length)];
          if (line !== undefined) line[column] = to;
        });
        const { edits, notes } = editsOf(await readLedgerSheet(csv), ledger);
        expect(notes).toEqual([]);
        expect(edits).toEqual([
          { issueId: target.issueId, field: which, from: target.values[which], to, row: 4 + (at % ledger.length), conflict: false },
        ]);
      },
    ),
    { numRuns: 100 },
  );
});

test('what the ledger changed since the export is no edit; both changed is a conflict; the same change is none', async () => {
  const before = [rowOf(1, { title: '甲' }), rowOf(2, { title: '乙' }), rowOf(3, { title: '丙' })];
  const now = [rowOf(1, { title: '甲二' }), rowOf(2, { title: '乙二' }), rowOf(3, { title: '丙二' })];
  const csv = await saved(await writeLedgerSheet(head, before), (cells) => {
    (cells[4] ?? [])[2] = '乙三';
    (cells[5] ?? [])[2] = '丙二';
  });
  expect(editsOf(await readLedgerSheet(csv), now).edits).toEqual([
    { issueId: 'R1-002', field: 'title', from: '乙二', to: '乙三', row: 5, conflict: true },
  ]);
});

test('rows added, deleted or doubled, strange columns and a changed seal are said, not carried out', async () => {
  const ledger = [rowOf(1), rowOf(2), rowOf(3)];
  const csv = await saved(await writeLedgerSheet(head, ledger), (cells) => {
    cells[2]?.push('领导批示');
    cells.splice(4, 1); // R1-002
    cells.push(['', '9', '新问题'], ['R1-099', '99', '别处的'], [...(cells[3] ?? [])]);
    (cells[4] ?? [])[11] = 'title:0';
    (cells[4] ?? [])[2] = '改过';
  });
  const { edits, notes } = editsOf(await readLedgerSheet(csv), ledger);
  expect(notes.map(({ code }) => code)).toEqual(['columnUnknown', 'sealChanged', 'rowUnknown', 'rowUnknown', 'rowTwice', 'rowMissing']);
  expect(edits).toEqual([{ issueId: 'R1-003', field: 'title', from: '问题3', to: '改过', row: 5, conflict: true }]);
});

test('days are days and formulas are text for another reader', async () => {
  const bytes = await writeLedgerSheet(head, [rowOf(1, { title: '=HYPERLINK("http://a.example")', dueOn: '2026-12-31' })]);
  const [sheet] = await readWorkbook(Buffer.from(bytes));
  const cells = sheet?.data[3] ?? [];
  expect([cells[2], cells[6]]).toEqual(['=HYPERLINK("http://a.example")', new Date('2026-12-31T00:00:00Z')]);
});

test.each([
  ['ledger.mark', (cells: string[][]) => void cells.splice(1, 1)],
  ['ledger.header', (cells: string[][]) => void (cells[2] ?? []).splice(11, 1)],
])('%s', async (code, change) => {
  await expect(readLedgerSheet(await saved(await writeLedgerSheet(head, [rowOf(1)]), change))).rejects.toMatchObject({ failure: { code } });
});
