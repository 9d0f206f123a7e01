import { rebuildStates } from '../../ledger/rebuild';
import { verifyLedger } from '../../ledger/verify';
import { openTestLedger, type TestLedger } from '../support/fixture';
import { live, openIssue, tamper } from './support';

let ledger: TestLedger;
beforeAll(async () => {
  ledger = await openTestLedger();
});
afterAll(() => ledger.close());

test('states that an older program stored are folded anew at the next start, once', async () => {
  const id = await openIssue(ledger);
  await live(ledger, id, 6);
  await rebuildStates(ledger.database);
  expect(await rebuildStates(ledger.database)).toBe(0);
  await tamper(ledger, `UPDATE issue SET state = state - 'tail' - 'recursOf' WHERE id = '${id}'`);
  await tamper(ledger, `UPDATE round SET state = state - 'clues'; UPDATE setting SET value = '1' WHERE name = 'stateVersion'`);
  expect((await verifyLedger(ledger.database)).problems.map(({ code }) => code)).toContain('projection');
  expect(await rebuildStates(ledger.database)).toBeGreaterThanOrEqual(3);
  expect((await verifyLedger(ledger.database)).problems).toEqual([]);
});
