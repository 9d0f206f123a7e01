import { addMillis, type Instant } from '../../domain/time';
import { inTransaction } from '../../ledger/database';
import { documentOf, lettersFor } from '../../ledger/letters';
import { advance } from '../../ledger/step';
import { verifyLedger } from '../../ledger/verify';
import { composeLetter } from '../../papers/compose-letter';
import { openTestLedger, START, type TestLedger } from '../support/fixture';
import { act, assign, at, openIssue, tamper } from './support';

let ledger: TestLedger;
beforeEach(async () => {
  ledger = await openTestLedger();
});
afterEach(() => ledger.close());

const PAPER = 'reminderLetter-1';

/** An issue whose reminder letter is signed and composed; the version of the signature. */
async function signedIssue(): Promise<{ id: string; version: number }> {
  const id = await openIssue(ledger);
  await act(ledger, id, 'office', assign, addMillis(START, 1_000));
  for (let wake: Instant | null = START; wake !== null && wake <= at('2026-06-20T00:00');)
    wake = (await advance(ledger.database, id, wake)).nextWakeAt;
  await act(ledger, id, 'office', { type: 'signPaper', paperId: PAPER }, at('2026-06-22T09:00'));
  await inTransaction(ledger.database, async (tx) => {
    for (const letter of await lettersFor(tx, [{ streamId: id, paperId: PAPER }])) await documentOf(tx, letter, composeLetter);
  });
  const { version } = await ledger.database.event.findFirstOrThrow({ where: { streamId: id, type: 'paperSigned' } });
  return { id, version };
}

/** What somebody with the keys of the database could do to letters. */
const change = (text: string): Promise<void> =>
  tamper(ledger, `ALTER TABLE letter DISABLE TRIGGER USER; ${text}; ALTER TABLE letter ENABLE TRIGGER USER;`);
const DOCUMENT = '(SELECT content_id FROM letter)';

test.each<[string, string, string]>([
  [
    'a byte of the document',
    `UPDATE content SET bytes = set_byte(bytes, 100, (get_byte(bytes, 100) + 1) % 256) WHERE id = ${DOCUMENT}`,
    '文书〔2026〕1号：文件与校验码不符',
  ],
  ['the SHA-256', `UPDATE letter SET sha256 = repeat('0', 64)`, '文书〔2026〕1号：文件与校验码不符'],
  ['only the SHA-256 left', 'UPDATE letter SET content_id = NULL', '文书〔2026〕1号：文件缺失'],
  ['the document, deleted', `DELETE FROM content WHERE id = ${DOCUMENT}`, '文书〔2026〕1号：文件缺失'],
  [
    'the document, erased without a record',
    `UPDATE content SET bytes = NULL, salt = NULL WHERE id = ${DOCUMENT}`,
    '文书〔2026〕1号：文件已删除，但没有删除的记录',
  ],
  ['the letter, deleted', 'DELETE FROM letter', `${PAPER}：没有所属的文书`],
  ['its number', `UPDATE letter SET number = '〔2026〕9号'`, `${PAPER}：与所属文书的文种、文号或日期不符`],
  ['its day', `UPDATE letter SET signed_on = '2026-06-23'`, `${PAPER}：与所属文书的文种、文号或日期不符`],
  ['its kind', `UPDATE letter SET kind = 'finalWarning'`, `${PAPER}：与所属文书的文种、文号或日期不符`],
])('finds tampering with a letter: %s', async (_, text, what) => {
  const { id, version } = await signedIssue();
  expect((await verifyLedger(ledger.database, id)).problems).toEqual([]);
  await change(text);
  const found = [{ stream: id, version, code: 'letter', what }];
  expect((await verifyLedger(ledger.database, id)).problems).toEqual(found);
  expect((await verifyLedger(ledger.database)).problems).toEqual(found);
});

test('finds a letter that nobody signed, and one that became another', async () => {
  const { id, version } = await signedIssue();
  await change(
    `INSERT INTO letter (id, kind, number, addressee, signed_on) VALUES ('x', 'finalWarning', '〔2026〕7号', 'leadLeader', now())`,
  );
  const stray = { stream: 'x', version: null, code: 'letter', what: '文书〔2026〕7号没有签发记录' };
  expect((await verifyLedger(ledger.database)).problems).toEqual([stray]);
  await change(`UPDATE letter SET id = 'y' WHERE id <> 'x'`);
  expect((await verifyLedger(ledger.database)).problems).toEqual([
    { stream: id, version, code: 'letter', what: `${PAPER}：没有所属的文书` },
    stray,
    { ...stray, stream: 'y', what: '文书〔2026〕1号没有签发记录' },
  ]);
});

test('counts the documents among the contents', async () => {
  const { id } = await signedIssue();
  const { contents } = await verifyLedger(ledger.database, id);
  await change('UPDATE letter SET content_id = NULL, sha256 = NULL');
  expect(await verifyLedger(ledger.database, id)).toMatchObject({ problems: [], contents: contents - 1 });
});
