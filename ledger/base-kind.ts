import { decideBase } from '../domain/base/decide';
import type { BaseEvent } from '../domain/base/events';
import { emptyBase, evolveBase } from '../domain/base/evolve';
import { circlesOf } from '../domain/base/place';
import { BASE, type BaseState } from '../domain/base/types';
import { baseKind } from '../domain/base/watch';
import { ENGINE } from '../domain/obligation/advance';
import type { RuleContext } from '../domain/context';
import { handoverLetterOf } from '../domain/paper/handover-letter';
import type { Letter } from '../domain/paper/letter';
import { dateOf, type Instant } from '../domain/time';
import { chain, databaseNow, insertEvents, newHead, saveHeads } from './append';
import { baseFacts } from './base-facts';
import type { Database, Transaction } from './database';
import { nothingBegun, type LedgerKind, type OpenKind } from './kinds';
import { signLetter } from './letter-signing';
import { toneOf } from './project';
import { loadRules, putCalendarInForce, rulesOf } from './rules';

/** The base data in the ledger: what the open issues and rounds need of it, the calendars. */
export const openBase: OpenKind = async (tx, _owner, _id, context) => {
  const facts = await baseFacts(tx, context);
  const kind: LedgerKind<BaseState, BaseEvent> = {
    rules: baseKind(facts),
    empty: emptyBase(),
    decide: (state, command, judged) => decideBase(state, command, judged),
    complete: (state, events, rules, { now }) => signLetters(tx, state, events, { rules, now }),
    save: async ({ after, events, now }) => {
      await tx.$executeRaw`INSERT INTO base (id, state) VALUES (${BASE}, ${JSON.stringify(after)}::jsonb) ON CONFLICT (id) DO UPDATE SET state = EXCLUDED.state`;
      const entered = (events as readonly BaseEvent[]).filter((event) => event.type === 'calendarYearEntered');
      let calendar = context.calendar;
      for (const { year, table, version } of entered) {
        calendar = { version, years: { ...calendar.years, [year]: table } };
        await putCalendarInForce(tx, calendar, now);
      }
      return entered.length > 0 ? { ...nothingBegun, rollout: true } : nothingBegun;
    },
    face: (state, rules, now) => ({ phase: 'standing', roundId: null, leadUnitId: null, dueOn: null, tone: toneOf(state, rules, now) }),
  };
  return kind;
};

/** Numbers the letters that are being signed and seals their text. */
async function signLetters(
  tx: Transaction,
  state: BaseState,
  events: readonly BaseEvent[],
  { rules, now }: { readonly rules: RuleContext; readonly now: Instant },
): Promise<BaseEvent[]> {
  const signed: BaseEvent[] = [];
  for (const event of events) {
    const handover = event.type === 'paperSigned' ? state.handovers.find(({ paperId }) => paperId === event.paperId) : undefined;
    const paper = state.papers.find(({ id }) => id === handover?.paperId);
    if (event.type !== 'paperSigned' || !handover || !paper) {
      signed.push(event);
      continue;
    }
    const { signedOn } = event;
    const openedOn = dateOf(state.duties.find(({ id }) => id === handover.dutyId)?.openedAt ?? now);
    const [parties] = circlesOf(rules.directory, state, handover.dutyId);
    const write = (number: string): Letter => handoverLetterOf(handover, { number, signedOn, openedOn, parties }, rules);
    const { number, text, letter } = await signLetter(tx, { streamId: BASE, paper, signedOn, write });
    signed.push({ ...event, number, text, letter });
  }
  return signed;
}

/** Who was seen in the seats that are watched. */
export async function seatsSeen(tx: Transaction): Promise<BaseState['seen']> {
  const base = await tx.base.findUnique({ where: { id: BASE } });
  return (base?.state as unknown as BaseState | undefined)?.seen ?? {};
}

/** Opens the stream of the base data, or has it look at once: after an import of people or of a round. In the caller's transaction. */
export async function lookAtBase(tx: Transaction, owner: Database, now: Instant): Promise<void> {
  const known = await tx.$executeRaw`UPDATE stream SET next_wake_at = least(next_wake_at, ${now}::timestamptz) WHERE id = ${BASE}`;
  if (known > 0) return;
  const head = newHead(BASE, now);
  // whoever is second to open it waits here and finds it open
  const opened = await tx.$executeRaw`INSERT INTO stream (id, kind, version, last_hash, last_occurred_at)
    VALUES (${BASE}, 'base', 0, ${head.lastHash}, ${now}::timestamptz) ON CONFLICT DO NOTHING`;
  if (opened === 0) return lookAtBase(tx, owner, now);
  const first: BaseEvent = { type: 'seatsSeen', seats: [] };
  const { type, ...payload } = first;
  const frame = { actor: ENGINE, via: ENGINE, commandKey: null, occurredAt: now, effectiveOn: null };
  const { head: next, rows } = chain(head, [{ ...frame, type, payload }], await databaseNow(tx));
  await insertEvents(tx, rows);
  await saveHeads(tx, 'base', [{ ...next, nextWakeAt: now, final: false, rules: rulesOf(await loadRules(tx, owner)) }]);
  const state = evolveBase(emptyBase(), first, { actor: ENGINE, occurredAt: now });
  await tx.$executeRaw`INSERT INTO base (id, state) VALUES (${BASE}, ${JSON.stringify(state)}::jsonb)`;
}
