import { NUMBER_TO_DRAW } from '../../domain/issue/events';
import { emptyIssue } from '../../domain/issue/evolve';
import { inTransaction } from '../../ledger/database';
import { drawNumbers } from '../../ledger/numbers';
import { advance } from '../../ledger/step';
import { openRound, openTestLedger, START, type TestLedger } from '../support/fixture';
import { act, assign, at, live, openIssue, story } from './support';
import { issueDetail } from '../../ledger/queries';
import { verifyLedger } from '../../ledger/verify';
import { addMillis, type Instant } from '../../domain/time';

let ledger: TestLedger;
beforeAll(async () => {
  ledger = await openTestLedger();
});
afterAll(() => ledger.close());

const numbersOf = async (): Promise<string[]> =>
  (await ledger.database.event.findMany({ where: { type: 'closed' } })).map(
    ({ payload }) => (payload as { closeoutNumber: string }).closeoutNumber,
  );
const series = (year: string, count: number, round = ''): string[] =>
  Array.from({ length: count }, (_, index) => `${round}〔${year}〕${index + 1}号`);
const byNumber = (numbers: readonly string[]): string[] => [...numbers].sort((a, b) => a.localeCompare(b, undefined, { numeric: true }));

test('closeouts side by side draw 1 to n without a gap, whatever is rolled back in between', async () => {
  const { roundId, issueIds } = await openRound(ledger.database, 12);
  let now = START;
  for (const id of issueIds) now = await live(ledger, id, story.length - 1);
  const rolledBack = Array.from({ length: 6 }, () =>
    inTransaction(ledger.database, async (tx) => {
      const closed = { type: 'closed', closeoutNumber: NUMBER_TO_DRAW, closedOn: '2026-03-02', basis: 'reviewed' } as never;
      await drawNumbers(tx, emptyIssue('x'), [closed]);
      throw new Error('rolled back');
    }).catch((error: unknown) => String(error)),
  );
  const last = story.at(-1) ?? ['', {}];
  const closing = issueIds.map((id) => act(ledger, id, last[0], last[1], addMillis(now, 1_000)));
  const results = await Promise.all([...closing, ...rolledBack]);
  expect(results.filter((one) => one === 'Error: rolled back')).toHaveLength(6);
  expect(byNumber(await numbersOf())).toEqual(series('2026', 12, roundId));
});

test('a new year of Beijing begins a new series', async () => {
  const newYear = at('2027-01-01T00:00'); // 31 December in UTC
  const id = await openIssue(ledger);
  await live(ledger, id, story.length - 1);
  const [actor, command] = story.at(-1) ?? ['', {}];
  await act(ledger, id, actor, command, newYear);
  expect((await numbersOf()).filter((number) => number.includes('2027'))).toEqual([`${id.slice(0, id.indexOf('-'))}〔2027〕1号`]);
});

test('papers draw their numbers by kind when they are signed', async () => {
  const { issueIds } = await openRound(ledger.database, 3);
  const drawn: string[] = [];
  for (const id of issueIds) {
    await act(ledger, id, 'office', assign, addMillis(START, 1_000));
    await neglect(id, at('2026-08-10T00:00'));
    const drafts = await ledger.database.paper.findMany({ where: { streamId: id, state: 'draft' }, orderBy: { id: 'asc' } });
    expect(drafts.length).toBeGreaterThan(1);
    expect(drafts.every(({ number }) => number === null)).toBe(true);
    for (const paper of drafts)
      await act(
        ledger,
        id,
        paper.issuer === 'inspectionOffice' ? 'inspector' : 'office',
        { type: 'signPaper', paperId: paper.id },
        at('2026-08-10T09:00'),
      );
    const signed = await ledger.database.paper.findMany({ where: { streamId: id, number: { not: null } } });
    drawn.push(...signed.map(({ kind, number }) => `${kind} ${number ?? ''}`));
  }
  const kinds = new Set(drawn.map((one) => one.split(' ')[0] ?? ''));
  expect(kinds).toContain('reminderLetter');
  for (const kind of kinds) {
    const own = drawn.flatMap((one) => (one.startsWith(`${kind} `) ? [one.slice(kind.length + 1)] : []));
    expect(own).toEqual(series('2026', own.length));
  }
});

test('a signed paper is sealed with its number and title, and the event proves the text', async () => {
  const { issueIds } = await openRound(ledger.database, 1);
  const id = issueIds[0] ?? '';
  await act(ledger, id, 'office', assign, addMillis(START, 1_000));
  await neglect(id, at('2026-06-20T00:00'));
  await act(ledger, id, 'office', { type: 'signPaper', paperId: 'reminderLetter-1' }, at('2026-06-20T09:00'));
  const detail = await issueDetail(ledger.database, id, at('2026-06-20T10:00'));
  const signed = detail?.history.find(({ type }) => type === 'paperSigned');
  expect(signed?.texts['text']).toContain(`提醒函\n${String(signed?.payload['number'])}\n`);
  expect(signed?.texts['text']).toContain(`“${detail?.title ?? '?'}”`);
  expect(JSON.stringify(signed?.payload)).not.toContain(detail?.title);
  expect((await verifyLedger(ledger.database, id)).problems).toEqual([]);
});

/** Nobody does anything until `until`: the engine wakes at every rung. */
async function neglect(id: string, until: Instant): Promise<void> {
  for (let wake: Instant | null = START; wake !== null && wake <= until;) wake = (await advance(ledger.database, id, wake)).nextWakeAt;
}
