import { addMillis, fromMillis } from '../../domain/time';
import { auditNotices } from '../../ledger/audit';
import { verifyLedger } from '../../ledger/verify';
import { deploy, type Deployment } from '../support/deployment';
import { openRound, services } from '../support/fixture';

const start = fromMillis(Date.now());
let deployment: Deployment;
beforeAll(async () => {
  deployment = await deploy(start);
});
afterAll(() => deployment.close());

test('from a command to a mail in the inbox', async () => {
  const { ledger, workers, world, act } = deployment;
  const { issueIds } = await openRound(ledger.database, 2, start);
  await workers.lives.kickStarter();
  await world.moveTo(addMillis(start, 4 * 86_400_000));
  const issueId = issueIds[0] ?? '';
  const answer = await act(issueId, 'office', { type: 'assign', leadUnitId: 'clinic', leadLeaderId: 'leader', handlerId: 'handler' });
  expect(answer).toMatchObject({ accepted: true, phase: 'assigned' });
  expect(await act(issueId, 'handler', { type: 'acknowledge' })).toMatchObject({ accepted: false, rejection: { code: 'role.notAllowed' } });
  await world.moveTo(addMillis(start, 60 * 86_400_000));
  const now = addMillis(start, 60 * 86_400_000);
  expect(await auditNotices(ledger.database, now)).toEqual({ lost: 0, silent: 0 });
  expect((await verifyLedger(ledger.database)).problems).toEqual([]);
  const inbox = (await (await fetch(`${services().inboxUrl}/api/messages?to=secretary@linjiang.example`)).json()) as { total: number };
  expect(inbox.total).toBeGreaterThan(0);
}, 120_000);
