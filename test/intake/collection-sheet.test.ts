import * as fc from 'fast-check';
import readWorkbook from 'read-excel-file/node';
import { formatCsv } from '../../intake/csv';
import { readCollectionSheet, writeCollectionSheet, type CollectionRow } from '../../intake/collection-sheet';
import { readSheets } from '../../intake/sheet';

const head = { roundId: 'R1', collectionId: '2', unitId: 'u-1', unitName: '北门卫生院', period: '2026年9月上半月', dueOn: '2026-09-15' };
const row = (n: number, part: Partial<CollectionRow> = {}): CollectionRow => ({
  issueId: `R1-00${n}`,
  title: `问题${n}`,
  measureId: `m${n}`,
  measure: `措施${n}`,
  dueOn: '2026-09-30',
  lastProgress: '',
  ...part,
});

/** The sheet with some cells filled in by a unit, as CSV, the way an office saves it. */
async function filled(rows: readonly CollectionRow[], cells: Readonly<Record<string, string>>): Promise<Buffer> {
  const [sheet] = await readSheets(await writeCollectionSheet(head, rows));
  const table = (sheet?.rows ?? []).map((line) => Array.from({ length: 8 }, (_, column) => line[column] ?? ''));
  for (const [place, value] of Object.entries(cells)) {
    const [line, column] = place.split(',').map(Number);
    const target = table[Number(line) - 1];
    if (target) target[Number(column) - 1] = value;
  }
  return Buffer.from(formatCsv(table));
}
const refusal = async (bytes: Uint8Array) =>
  readCollectionSheet(bytes).then(
    () => ({ code: 'accepted', what: '' }),
    (error: unknown) => (error as { failure: { code: string; what: string } }).failure,
  );

test('a unit gets its open measures with the call that it answers, and only two columns to fill in', async () => {
  const rows = await readWorkbook(await writeCollectionSheet(head, [row(1), row(2, { lastProgress: '已招标' })]));
  const cells = (rows as unknown as { data?: unknown[][] }[])[0]?.data ?? rows;
  expect(cells).toHaveLength(6);
  expect(JSON.stringify(cells)).toContain('北门卫生院 2026年9月上半月整改进展');
  expect(JSON.stringify(cells)).toContain('已招标');
});

test('what comes back are the rows that were filled in; unchanged rows need nothing', async () => {
  const bytes = await filled([row(1), row(2), row(3, { measureId: null })], {
    '5,7': '已完成验收',
    '5,8': '是',
    '7,7': '正在推进',
    '7,8': '否',
  });
  expect(await readCollectionSheet(bytes)).toEqual({
    roundId: 'R1',
    collectionId: '2',
    unitId: 'u-1',
    rows: [
      { issueId: 'R1-001', measureId: 'm1', progress: '已完成验收', completed: true },
      { issueId: 'R1-003', measureId: null, progress: '正在推进', completed: false },
    ],
  });
  expect((await readCollectionSheet(await writeCollectionSheet(head, [row(1)]))).rows).toEqual([]);
});

test('mistakes are named by row and column, all at once, and nothing is taken', async () => {
  const { code, what } = await refusal(
    await filled([row(1), row(2), row(3)], { '5,8': '是', '6,7': '进展', '6,8': '完成了', '7,1': 'R1-002', '7,3': 'm2', '7,7': '又一次' }),
  );
  expect(code).toBe('collection.rows');
  expect(what).toContain('第5行“本期进展”（G5）');
  expect(what).toContain('第6行“是否完成”（H6）：“完成了”不是“是”或“否”');
  expect(what).toContain('第7行“问题编号”（A7）：与第6行重复');
});

test.each([
  ['another table', '问题编号,本期进展\nR1-001,好', 'collection.mark'],
  ['a changed mark', '收报 R1\n问题编号,问题', 'collection.mark'],
  ['a lost column', '收报 R1/2 u-1\n问题编号,问题,措施编号,措施,时限,上次进展,本期进展', 'collection.header'],
  ['an empty file', '', 'sheet.empty'],
])('%s is refused', async (_what, text, code) => {
  expect((await refusal(Buffer.from(text))).code).toBe(code);
});

test('whatever a unit writes comes back as it was', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ minLength: 1, maxLength: 200, unit: 'grapheme' }), async (text) => {
      const progress = text.replaceAll(/[\r\n\0]/g, ' ').trim();
      fc.pre(progress !== '' && !progress.startsWith('收报 '));
      const { rows } = await readCollectionSheet(await filled([row(1)], { '5,7': progress }));
      expect(rows.map((one) => one.progress)).toEqual([progress]);
    }),
    { numRuns: 100 },
  );
});
