import type { IssueEvent } from '../domain/issue/events';
import { emptyIssue, evolve } from '../domain/issue/evolve';
import { nextWake } from '../domain/issue/agenda';
import type { ReportedStatus } from '../domain/issue/types';
import type { Instant, LocalDate } from '../domain/time';
import { badInput } from '../domain/failure';
import { chain, databaseNow, insertEvents, newHead, saveHeads } from './append';
import { insertContents, sealText, type SealedContent } from './content';
import { inTransaction, insertRows, type Database, type Transaction } from './database';
import { drawNumber } from './numbers';
import { dueOn, saveObligations, toneOf } from './project';
import { loadRules } from './rules';

/** A round with its findings, as a person confirmed the draft of a document. */
export interface NewRound {
  readonly name: string;
  readonly inspectedBody: string | null;
  readonly inspectingBody: string | null;
  readonly feedbackOn: LocalDate;
  readonly source: { readonly file: string; readonly sha256: string } | null;
  readonly issues: readonly {
    readonly number: number;
    readonly title: string;
    readonly text: string;
    readonly reported: ReportedStatus | null;
  }[];
}

export interface Registered {
  readonly roundId: string;
  readonly issueIds: readonly string[];
}

/** Ids people can say: round R3, issue R3-012. */
export const issueIdOf = (roundId: string, number: number): string => `${roundId}-${String(number).padStart(3, '0')}`;

/** Opens the account of a round: all of its issues or none, in one transaction. Lives are started afterwards by the starter. */
export async function registerRound(
  database: Database,
  round: NewRound,
  by: { actor: string; via: string; now: Instant },
): Promise<Registered> {
  const numbers = round.issues.map(({ number }) => number);
  const wrong = numbers.find((number, index) => !Number.isSafeInteger(number) || number < 1 || numbers.indexOf(number) !== index);
  if (wrong !== undefined) throw badInput('issue.number', `问题序号${wrong}重复，或不是正整数。`, '请为每个问题编一个不重复的序号。');
  return inTransaction(database, (tx) => register(tx, database, round, by), 60_000);
}

async function register(
  tx: Transaction,
  owner: Database,
  round: NewRound,
  by: { actor: string; via: string; now: Instant },
): Promise<Registered> {
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

  await insertContents(tx, contents);
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
  await saveObligations(
    tx,
    opened.flatMap(({ state }) => state.duties.map((duty) => ({ issue: state, duty }))),
    context,
  );
  return { roundId, issueIds: opened.map(({ state }) => state.id) };
}
