import type { IssueEvent } from '../domain/issue/events';
import { emptyIssue, evolve } from '../domain/issue/evolve';
import { nextWake } from '../domain/issue/agenda';
import type { ReportedStatus } from '../domain/issue/types';
import type { Instant, LocalDate } from '../domain/time';
import { chain, databaseNow, drawNumber, insertEvents, newHead, saveHeads } from './append';
import { sealText, type SealedContent } from './content';
import { inTransaction, insertRows, type Database, type Transaction } from './database';
import { dueOn, saveObligations, toneOf } from './project';
import { loadRules } from './rules';

/** A round with its findings, as a person confirmed the draft of a document. */
export interface NewRound {
  readonly name: string;
  readonly inspectedBody: string | null;
  readonly inspectingBody: string | null;
  readonly feedbackOn: LocalDate;
  readonly source: { readonly file: string; readonly sha256: string } | null;
  readonly issues: readonly { readonly number: number; readonly title: string; readonly text: string; readonly reported: ReportedStatus | null }[];
}

export interface Registered {
  readonly roundId: string;
  readonly issueIds: readonly string[];
}

/** Ids people can say: round R3, issue R3-012. */
export const issueIdOf = (roundId: string, number: number): string => `${roundId}-${String(number).padStart(3, '0')}`;

/** Opens the account of a round: all of its issues or none, in one transaction. Lives are started afterwards by the starter. */
export async function registerRound(database: Database, round: NewRound, by: { actor: string; via: string; now: Instant }): Promise<Registered> {
  return inTransaction(database, (tx) => register(tx, database, round, by), 60_000);
}

async function register(tx: Transaction, owner: Database, round: NewRound, by: { actor: string; via: string; now: Instant }): Promise<Registered> {
  const { actor, via, now } = by;
  const context = await loadRules(tx, owner);
  const roundId = `R${await drawNumber(tx, 'round')}`;
  const recordedAt = await databaseNow(tx);
  const contents: SealedContent[] = [];
  const seal = (text: string): SealedContent['ref'] => {
    const sealed = sealText(text);
    contents.push(sealed);
    return sealed.ref;
  };
  const frame = { actor, via, commandKey: null, occurredAt: now, effectiveOn: null };

  const roundChain = chain(
    newHead(`round/${roundId}`, now),
    [
      {
        ...frame,
        type: 'roundOpened',
        payload: {
          name: round.name,
          inspectedBody: round.inspectedBody,
          inspectingBody: round.inspectingBody,
          feedbackOn: round.feedbackOn,
          source: round.source,
          issues: round.issues.length,
        },
      },
    ],
    recordedAt,
  );
  const opened = round.issues.map((issue) => {
    const id = issueIdOf(roundId, issue.number);
    const event = {
      type: 'registered',
      roundId,
      number: issue.number,
      title: seal(issue.title),
      text: seal(issue.text),
      feedbackOn: round.feedbackOn,
      reported: issue.reported,
    } as const satisfies IssueEvent;
    const { type, ...payload } = event;
    const state = evolve(emptyIssue(id), event, { actor, occurredAt: now });
    return { issue, state, ...chain(newHead(id, now), [{ ...frame, type, payload }], recordedAt) };
  });

  await insertRows(tx, {
    table: 'content',
    columns: 'id text, salt bytea, bytes bytea',
    rows: contents.map(({ ref, salt, bytes }) => ({ id: ref.content, salt: hex(salt), bytes: hex(bytes) })),
  });
  await insertEvents(tx, [...roundChain.rows, ...opened.flatMap(({ rows }) => rows)]);
  await saveHeads(tx, 'round', [{ ...roundChain.head, nextWakeAt: null, final: false }]);
  await saveHeads(
    tx,
    'issue',
    opened.map(({ head, state }) => ({ ...head, nextWakeAt: nextWake(state, context), final: false })),
  );
  await tx.$executeRaw`INSERT INTO round (id, name, inspected_body, inspecting_body, feedback_on, source_file, source_sha256, opened_at)
    VALUES (${roundId}, ${round.name}, ${round.inspectedBody}, ${round.inspectingBody}, ${round.feedbackOn}::date,
      ${round.source?.file ?? null}, ${round.source?.sha256 ?? null}, ${now}::timestamptz)`;
  await insertRows(tx, {
    table: 'issue',
    columns: 'id text, round_id text, number int, title text, phase text, due_on date, tone text, state jsonb',
    rows: opened.map(({ issue, state }) => ({
      id: state.id,
      round_id: roundId,
      number: issue.number,
      title: issue.title,
      phase: state.phase,
      due_on: dueOn(state, context),
      tone: toneOf(state, context, now),
      state,
    })),
  });
  for (const { state } of opened) await saveObligations(tx, state.id, state.duties, { after: state, context });
  return { roundId, issueIds: opened.map(({ state }) => state.id) };
}

/** A bytea as jsonb_to_recordset reads it. */
export const hex = (bytes: Uint8Array): string => `\\x${Buffer.from(bytes).toString('hex')}`;
