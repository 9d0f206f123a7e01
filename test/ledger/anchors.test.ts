import { anchorHash, anchorLine, anchorList, anchorProof, checkAnchors, heldIn, leafData, takeAnchor } from '../../ledger/anchors';
import { inTransaction } from '../../ledger/database';
import { rootOfPath } from '../../ledger/merkle';
import { verifyLedger } from '../../ledger/verify';
import { openTestLedger, START, type TestLedger } from '../support/fixture';
import { act, assign, at, live, openIssue, sql, tamper } from './support';

let ledger: TestLedger;
beforeEach(async () => {
  ledger = await openTestLedger();
});
afterEach(() => ledger.close());

const DAY = [at('2026-03-02T23:50'), at('2026-03-03T23:50'), at('2026-03-04T23:50')] as const;
const problemsOf = async (held: Parameters<typeof verifyLedger>[2] = []) => (await verifyLedger(ledger.database, undefined, held)).problems;
/** With the keys of the database and every trigger off. */
const change = (text: string): Promise<void> =>
  tamper(
    ledger,
    `ALTER TABLE anchor DISABLE TRIGGER USER; ALTER TABLE anchor_leaf DISABLE TRIGGER USER; ${text};
     ALTER TABLE anchor ENABLE TRIGGER USER; ALTER TABLE anchor_leaf ENABLE TRIGGER USER`,
  );

test('an anchor covers the heads of all streams; a second one only stores what changed', async () => {
  const [one, two] = [await openIssue(ledger), await openIssue(ledger)];
  const first = await takeAnchor(ledger.database, DAY[0]);
  const streams = await ledger.database.stream.count({ where: { version: { gt: 0 } } });
  expect(first).toMatchObject({ number: 1, takenAt: DAY[0], streams, previous: null });
  expect(await ledger.database.anchorLeaf.count({ where: { anchor: 1 } })).toBe(streams);

  await act(ledger, one, 'office', assign, START);
  const second = await takeAnchor(ledger.database, DAY[1]);
  expect(second).toMatchObject({ number: 2, previous: first.hash });
  expect(second.root).not.toBe(first.root);
  expect((await ledger.database.anchorLeaf.findMany({ where: { anchor: 2 } })).map(({ streamId }) => streamId)).toEqual([one]);
  expect(await problemsOf()).toEqual([]);
  const { hash: _, ...header } = second;
  expect(anchorHash(header)).toBe(second.hash);

  // the proof of a stream that has not moved since the first anchor stands in the second
  for (const id of [one, two]) {
    const proof = await inTransaction(ledger.database, (tx) => anchorProof(tx, id));
    if (!proof) throw new Error('no proof');
    expect(proof.anchor).toEqual(second);
    expect(rootOfPath(leafData(proof.leaf), proof.path)).toBe(second.root);
  }
});

test('nothing new, no new anchor; side by side they wait for each other', async () => {
  await openIssue(ledger);
  const taken = await Promise.all([takeAnchor(ledger.database, DAY[0]), takeAnchor(ledger.database, DAY[1])]);
  expect(new Set(taken.map(({ number }) => number))).toEqual(new Set([1]));
  expect(await anchorList(ledger.database)).toHaveLength(1);
});

test('the tail that no anchor covers is counted', async () => {
  const id = await openIssue(ledger);
  expect((await verifyLedger(ledger.database)).anchors).toMatchObject({ anchors: 0, last: null });
  await takeAnchor(ledger.database, DAY[0]);
  expect((await checkAnchors(ledger.database)).uncovered).toBe(0);
  await live(ledger, id, 2);
  const { events } = await verifyLedger(ledger.database, id);
  expect((await checkAnchors(ledger.database)).uncovered).toBe(events - 1);
});

test('the application cannot change or remove an anchor', async () => {
  await openIssue(ledger);
  await takeAnchor(ledger.database, DAY[0]);
  for (const text of ['DELETE FROM anchor', `UPDATE anchor SET root = repeat('0', 64)`, 'DELETE FROM anchor_leaf', 'TRUNCATE anchor_leaf'])
    for (const url of [ledger.appUrl, ledger.ownerUrl]) await expect(sql(url, text)).rejects.toThrow();
});

describe('tampering with the keys of the database', () => {
  let id: string;
  beforeEach(async () => {
    id = await openIssue(ledger);
    await live(ledger, id, 3);
    await takeAnchor(ledger.database, DAY[0]);
    await act(ledger, id, 'office', { type: 'comment', note: '一' }, DAY[0]);
    await takeAnchor(ledger.database, DAY[1]);
  });
  const anchored = (what: string, version: number) => ({ stream: 'anchors', version, code: 'anchor', what });

  test.each([
    ['a root', `UPDATE anchor SET root = repeat('0', 64) WHERE number = 1`, [anchored('校验码与锚的内容不符', 1)]],
    ['an instant', `UPDATE anchor SET taken_at = '2026-01-01T00:00Z' WHERE number = 2`, [anchored('校验码与锚的内容不符', 2)]],
    ['the order', `DELETE FROM anchor WHERE number = 1`, [anchored('缺第1号锚', 2)]],
    ['a link', `UPDATE anchor SET previous = repeat('0', 64) WHERE number = 2`, [anchored('与上一号锚不相连', 2)]],
  ])('of an anchor, %s: found and named', async (_, text, problems) => {
    await change(text);
    expect(await problemsOf()).toEqual(expect.arrayContaining(problems));
  });

  test('of a leaf: found at the anchor and at the event that it denies', async () => {
    await change(`UPDATE anchor_leaf SET hash = repeat('0', 64) WHERE anchor = 1 AND stream_id = '${id}'`);
    expect((await problemsOf()).map(({ stream, what }) => [stream, what])).toEqual([
      ['anchors', '根与各账的末端不符'],
      [id, '与第1号锚记下的记录不符'],
    ]);
  });

  test('of the end of a stream, with its head and projections put right: found by the anchor alone', async () => {
    const last = await ledger.database.event.findFirstOrThrow({ where: { streamId: id }, orderBy: { version: 'desc' } });
    const before = await ledger.database.event.findFirstOrThrow({ where: { streamId: id, version: last.version - 1 } });
    await change(`DELETE FROM event WHERE stream_id = '${id}' AND version = ${last.version};
      UPDATE stream SET version = ${before.version}, last_hash = '${before.hash}', last_occurred_at = '${before.occurredAt.toISOString()}' WHERE id = '${id}'`);
    expect((await problemsOf()).filter(({ code }) => code !== 'projection')).toEqual([
      { stream: id, version: last.version, code: 'anchor', what: '与第2号锚记下的记录不符' },
    ]);
  });

  test('of everything, anchors too: found by whoever kept them', async () => {
    const kept = (await anchorList(ledger.database)).map(anchorLine).join('\n');
    const held = heldIn(kept);
    expect(held.map(({ number }) => number)).toEqual([1, 2]);
    expect(await problemsOf(held)).toEqual([]);
    await change('DELETE FROM anchor WHERE number = 2; DELETE FROM anchor_leaf WHERE anchor = 2');
    expect(await problemsOf()).toEqual([]); // nothing inside the database can know
    expect(await problemsOf(held)).toEqual([anchored('与外部保存的第2号锚不符', 2)]);
  });
});

test('anchors are found in what people keep: an export, a bulletin, several in a line', () => {
  const [a, b] = ['0'.repeat(64), 'f'.repeat(64)];
  expect(heldIn(`总账锚第37号（2026-11-24T15:50:00.000Z，16本账）：${a}\n`)).toEqual([{ number: 37, hash: a }]);
  expect(heldIn(`本期总账锚为第3号：${a}，第4号：${b}。`)).toEqual([
    { number: 3, hash: a },
    { number: 4, hash: b },
  ]);
  expect(heldIn('第3号文件')).toEqual([]);
});
