import * as workflow from '@temporalio/workflow';
import type { LedgerActivities, LifeStep } from '../activities/ports';
import type { Instant } from '../domain/time';
import { lifeView, lookAgain, submitCommand, type LifeInput } from './life.messages';
import { publish } from './visibility';

/** A life of this many events is continued as a new run. */
const LONG_HISTORY = 500;
const FIRST_PAUSE_MS = 10_000;
const LONGEST_PAUSE_MS = 5 * 60_000;

const ledger = workflow.proxyLocalActivities<LedgerActivities>({
  startToCloseTimeout: '5 s',
  retry: { maximumAttempts: 3, initialInterval: '200 ms', nonRetryableErrorTypes: ['UnknownToLedger'] },
});

/** The one way a life looks at time. */
const now = (): Instant => new Date(Date.now()).toISOString() as Instant;

/** What the stages of a life can do: ask the ledger, wait for the next rung or command, and end. */
export interface Life<Phase extends string> {
  /** Asks the ledger where the stream stands, firing what is due. */
  load(): Promise<Phase>;
  /** Waits through the obligations of a phase, firing their rungs, until the ledger says that the phase has changed. */
  through(phase: Phase): Promise<Phase>;
  /** Whether the ledger has nothing more to wait for. */
  isFinal(): boolean;
  historyIsLong(): boolean;
  /** Waits until every command is answered and no answer is part of the current task. */
  settle(): Promise<void>;
}

/** Opens a life: its handlers stand before the first await, so a command that arrives while a run loads is never turned away. */
export function openLife<Phase extends string>(input: LifeInput): Life<Phase> {
  const { longHistory = LONG_HISTORY } = input;
  const streamId = 'issueId' in input ? input.issueId : input.streamId;
  let step: LifeStep | null = null;
  let answeredAt = -1;
  let toldToLook = false;
  const ask = oneAtATime();

  const take = (next: LifeStep): LifeStep => {
    if (step !== null && next.version < step.version) return step;
    publish(streamId, step, next);
    return (step = next);
  };

  workflow.setHandler(submitCommand, async ({ key }) => {
    const decided = await ask(() => ledger.runCommand({ key, now: now() }));
    take(decided);
    answeredAt = workflow.workflowInfo().historyLength;
    return decided.outcome;
  });
  workflow.setHandler(lifeView, () => ({ phase: step?.phase ?? null, nextWakeAt: step?.nextWakeAt ?? null, clock: now() }));

  workflow.setHandler(lookAgain, () => {
    toldToLook = true;
  });

  const load = async (): Promise<Phase> => {
    toldToLook = false;
    return take(await ask(() => ledger.advance({ streamId, now: now() }))).phase as Phase;
  };

  const historyIsLong = (): boolean =>
    workflow.workflowInfo().historyLength > longHistory || workflow.workflowInfo().continueAsNewSuggested;

  const through = async (phase: Phase): Promise<Phase> => {
    while (step?.phase === phase && !historyIsLong()) {
      const seen: LifeStep = step;
      const stirred = (): boolean => step !== seen || toldToLook;
      if (toldToLook) await load();
      else if (seen.nextWakeAt === null) await workflow.condition(stirred);
      else if (seen.nextWakeAt <= now()) {
        await load();
        const told: LifeStep = step;
        // a ledger that says "due" and fires nothing is at fault: it is asked again, but not in a hot loop
        if (told.version === seen.version && told.nextWakeAt !== null && told.nextWakeAt <= now())
          await workflow.condition(() => step !== told || toldToLook, LONGEST_PAUSE_MS, { summary: 'due, but nothing fired' });
      } else await workflow.condition(stirred, Date.parse(seen.nextWakeAt) - Date.now(), { summary: seen.nextRung ?? seen.phase });
    }
    return (step?.phase ?? phase) as Phase;
  };

  const settle = async (): Promise<void> => {
    await workflow.condition(workflow.allHandlersFinished);
    while (answeredAt === workflow.workflowInfo().historyLength || !workflow.allHandlersFinished()) {
      await workflow.sleep(1_000, { summary: 'the answer to a command is delivered first' });
      await workflow.condition(workflow.allHandlersFinished);
    }
  };

  return { load, through, isFinal: () => step?.final === true, historyIsLong, settle };
}

/**
 * Questions to the ledger wait for each other. Two local activities under way when a workflow task is prolonged
 * (a ledger that hangs, a command meanwhile) come back in another order in a replay, which would stop the life for good.
 */
function oneAtATime(): <T>(question: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (question) => {
    const answer = last.then(() => persist(question));
    last = answer.catch(() => undefined);
    return answer;
  };
}

/**
 * Asks the ledger until it answers: three tries at once, then again after 10 s, doubling to 5 minutes.
 * Only what the ledger does not know at all is an error; that fails the command, not the life.
 */
async function persist<T>(ask: () => Promise<T>): Promise<T> {
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
    try {
      return await ask();
    } catch (error) {
      // a replay brings back a failed local activity without the ActivityFailure around it that the first run saw
      const failure = error instanceof workflow.ActivityFailure ? error.cause : error;
      if (!(failure instanceof workflow.TemporalFailure)) throw error;
      if (failure instanceof workflow.ApplicationFailure && failure.type === 'UnknownToLedger') throw failure;
      workflow.log.warn('the ledger does not answer; asking again', { pauseMs });
      await workflow.sleep(pauseMs, { summary: 'the ledger does not answer' });
    }
  }
}
