import { defaultPolicy } from '../domain/policy/default-policy';
import { addMillis } from '../domain/time';
import { storeCommand } from '../ledger/commands';
import { addPolicy, policyName } from '../ledger/rules';
import { advance, runCommand } from '../ledger/step';
import { outdatedStreams } from '../ledger/streams';
import { verifyLedger } from '../ledger/verify';
import globalSetup from '../test/support/global-setup';
import globalTeardown from '../test/support/global-teardown';
import { openRound, openTestLedger, START } from '../test/support/fixture';

const ROUNDS = 5;
const ISSUES = Number(process.argv[2] ?? 10_000) / ROUNDS;
const BATCH = 100;

/** `npx tsx bench/rollout.ts [10000]`: how long a changed policy takes to reach sleeping issues in the ledger, in batches as the rollout's. */
async function main(): Promise<void> {
  await globalSetup();
  const ledger = await openTestLedger();
  const { database } = ledger;
  const say = (line: string): boolean => process.stdout.write(`${line}\n`);
  try {
    const rounds = [];
    for (let i = 0; i < ROUNDS; i++) rounds.push((await openRound(database, ISSUES)).roundId);
    say(`${ROUNDS * ISSUES} issues registered`);
    const policy = {
      ...defaultPolicy,
      version: 99,
      terms: { ...defaultPolicy.terms, assign: { ...defaultPolicy.terms.assign, value: { workdays: 1 } } },
    };
    await addPolicy(database, policy);
    for (const roundId of rounds) {
      const command = { type: 'putPolicyInForce', policy: policyName(policy), reason: '压测' };
      const key = await storeCommand(database, { streamId: `round/${roundId}`, actor: 'inspector', via: 'bench', command });
      const { outcome } = await runCommand(database, key, addMillis(START, 60_000));
      if (!outcome.accepted) throw new Error(JSON.stringify(outcome));
    }
    const begun = Date.now();
    let streams = 0;
    let earlier = 0;
    for (let cursor = ''; ;) {
      const batch = await outdatedStreams(database, cursor, BATCH);
      for (const { id, nextWakeAt } of batch) {
        const { nextWakeAt: moved } = await advance(database, id, addMillis(START, 120_000));
        if (moved !== null && (nextWakeAt === null || moved < nextWakeAt)) earlier += 1;
      }
      streams += batch.length;
      const last = batch.at(-1);
      if (!last || batch.length < BATCH) break;
      cursor = last.id;
    }
    const seconds = (Date.now() - begun) / 1_000;
    const moved = await database.event.count({ where: { type: 'datesMoved' } });
    say(
      `${streams} streams in ${seconds.toFixed(1)} s: ${Math.round(streams / seconds)}/s; ${moved} wrote that dates moved, ${earlier} are to be woken`,
    );
    const { problems, events } = await verifyLedger(database);
    say(`${events} events, ${problems.length} problems`);
  } finally {
    await ledger.close();
    await globalTeardown();
  }
}

void main();
