import type { RuleContext } from '../domain/context';
import { badInput } from '../domain/failure';
import type { IssueEvent } from '../domain/issue/events';
import { emptyIssue, evolve } from '../domain/issue/evolve';
import { issueKind } from '../domain/issue/issue-kind';
import type { ReportedStatus } from '../domain/issue/types';
import { nextWake } from '../domain/obligation/kind';
import type { RoundSource } from '../domain/policy/policy';
import type { RoundEventOf } from '../domain/round/events';
import { emptyRound, evolveRound } from '../domain/round/evolve';
import { roundKind } from '../domain/round/round-kind';
import { roundStreamId, type RoundState } from '../domain/round/types';
import type { Instant, LocalDate } from '../domain/time';
import { chain, databaseNow, insertEvents, newHead, saveHeads } from './append';
import { lookAtBase } from './base-kind';
import { insertContents, readTexts, sealText, type SealedContent } from './content';
import { inTransaction, insertRows, type Database, type Transaction } from './database';
import { drawNumber } from './numbers';
import { dueOn, saveObligations, toneOf } from './project';
import { loadRules, policyName, policyNames, rulesOf } from './rules';

/** A round with its findings, as a person confirmed the draft of a document. */
export interface NewRound {
  readonly name: string;
  readonly inspectedBody: string | null;
  readonly inspectingBody: string | null;
  readonly feedbackOn: LocalDate;
  readonly source: { readonly file: string; readonly sha256: string } | null;
  /** What it comes from; 巡察 unless told. Decides which policy fits when none is named. */
  readonly kind?: RoundSource;
  /** The policy to be in force: `district-inspection@2`; the newest for its kind unless told. */
  readonly policy?: string;
  /** The inspected organisation in the directory, when the deployment serves several. */
  readonly organisationId?: string | null;
  readonly issues: readonly {
    readonly number: number;
    readonly title: string;
    readonly text: string;
    readonly reported: ReportedStatus | null;
    /** References to earlier findings that it repeats, by id or as their paper names them. */
    readonly recursOf?: readonly string[];
  }[];
}

export interface Registered {
  readonly roundId: string;
  readonly issueIds: readonly string[];
}

/** Ids people can say: round R3, issue R3-012. */
export const issueIdOf = (roundId: string, number: number): string => `${roundId}-${String(number).padStart(3, '0')}`;

/** Opens the account of a round: all of its issues or none, in one transaction. Lives are started afterwards by the starter. Throws `issue.number`, `policy.unknown`. */
export async function registerRound(database: Database, round: NewRound, by: By): Promise<Registered> {
  const numbers = round.issues.map(({ number }) => number);
  const wrong = numbers.find((number, index) => !Number.isSafeInteger(number) || number < 1 || numbers.indexOf(number) !== index);
  if (wrong !== undefined) throw badInput('issue.number', `问题序号${wrong}重复，或不是正整数。`, '请为每个问题编一个不重复的序号。');
  return inTransaction(database, (tx) => register(tx, database, round, by), 60_000);
}

type By = { readonly actor: string; readonly via: string; readonly now: Instant };

async function register(tx: Transaction, owner: Database, round: NewRound, by: By): Promise<Registered> {
  const { actor, via, now } = by;
  const policy = await policyFor(tx, owner, round);
  const context = await loadRules(tx, owner, policy);
  const roundId = `R${await drawNumber(tx, 'round')}`;
  const recordedAt = await databaseNow(tx);
  const frame = { actor, via, commandKey: null, occurredAt: now, effectiveOn: null };
  const supervised = { source: round.kind ?? context.policy.source, policy, organisationId: round.organisationId ?? null };
  const opening: RoundEventOf<'roundOpened'> = {
    type: 'roundOpened',
    name: round.name,
    inspectedBody: round.inspectedBody,
    inspectingBody: round.inspectingBody,
    feedbackOn: round.feedbackOn,
    source: round.source,
    issues: round.issues.length,
    supervised,
  };
  const { type, ...payload } = opening;
  const streamId = roundStreamId(roundId);
  const state = evolveRound(emptyRound(streamId), opening, { actor, occurredAt: now });
  const opened = chain(newHead(streamId, now), [{ ...frame, type, payload }], recordedAt);
  await insertEvents(tx, opened.rows);
  const waking = { final: false, roundId, rules: rulesOf(context) };
  await saveHeads(tx, 'round', [{ ...opened.head, ...waking, nextWakeAt: nextWake(roundKind, state, context) }]);
  await tx.$executeRaw`INSERT INTO round (id, name, inspected_body, inspecting_body, feedback_on, source_file, source_sha256, opened_at,
      organisation_id, source, policy, policy_since, phase, state)
    VALUES (${roundId}, ${round.name}, ${round.inspectedBody}, ${round.inspectingBody}, ${round.feedbackOn}::date,
      ${round.source?.file ?? null}, ${round.source?.sha256 ?? null}, ${now}::timestamptz,
      ${supervised.organisationId}, ${supervised.source}, ${policy}, ${now}::timestamptz, ${state.phase}, ${JSON.stringify(state)}::jsonb)`;
  await saveObligations(
    tx,
    state.duties.map((duty) => ({ account: state, duty })),
    context,
  );
  const issueIds = await openIssues(tx, context, { round: state, issues: round.issues, by, recordedAt });
  await lookAtBase(tx, owner, now);
  return { roundId, issueIds };
}

/** The policy that a round asks for, else the newest version of the pack for its kind. */
async function policyFor(tx: Transaction, owner: Database, { policy, kind }: NewRound): Promise<string> {
  const names = await policyNames(tx);
  if (policy !== undefined) {
    if (names.includes(policy)) return policy;
    throw badInput('policy.unknown', `没有规则${policy}。`, `现有规则：${names.join('、')}。`);
  }
  const own = (await loadRules(tx, owner)).policy;
  if (kind === undefined || kind === own.source) return policyName(own);
  const pack = packIds[kind];
  const newest = names.filter((name) => name.startsWith(`${pack}@`)).sort((a, b) => versionOf(b) - versionOf(a))[0];
  return newest ?? policyName(own);
}

const packIds: Readonly<Record<RoundSource, string>> = {
  inspection: 'district-inspection',
  provincialInspection: 'provincial-inspection',
  audit: 'audit',
  campaign: 'campaign',
};
const versionOf = (name: string): number => Number(name.slice(name.lastIndexOf('@') + 1));

/** An issue to be opened in a round. */
export interface NewIssue {
  readonly number: number;
  readonly title: string;
  readonly text: string;
  readonly reported: ReportedStatus | null;
  /** References to earlier findings that it repeats, by id or as their paper names them. */
  readonly recursOf?: readonly string[];
  /** Its id when it is not the one of its number: a part of a split issue, `R1-012-1`. */
  readonly id?: string;
}

/** Opens issues in a round within a transaction: streams, projections, obligations. Returns their ids. */
export async function openIssues(
  tx: Transaction,
  context: RuleContext,
  {
    round,
    issues,
    by,
    recordedAt,
  }: { round: Pick<RoundState, 'roundId' | 'feedbackOn' | 'organisationId'>; issues: readonly NewIssue[]; by: By; recordedAt: Instant },
): Promise<string[]> {
  const { actor, via, now } = by;
  const { roundId, feedbackOn, organisationId } = round;
  const contents: SealedContent[] = [];
  const seal = (text: string): SealedContent['ref'] => {
    const sealed = sealText(text);
    contents.push(sealed);
    return sealed.ref;
  };
  const opened = issues.map((issue) => {
    const id = issue.id ?? issueIdOf(roundId, issue.number);
    const event = {
      type: 'registered',
      roundId,
      number: issue.number,
      title: seal(issue.title),
      text: seal(issue.text),
      feedbackOn,
      reported: issue.reported,
      ...(organisationId === null ? {} : { organisationId }),
      ...(issue.recursOf === undefined || issue.recursOf.length === 0 ? {} : { recursOf: issue.recursOf }),
    } as const satisfies IssueEvent;
    const { type, ...payload } = event;
    const state = evolve(emptyIssue(id), event, { actor, occurredAt: now });
    const frame = { actor, via, commandKey: null, occurredAt: now, effectiveOn: null };
    return { issue, state, ...chain(newHead(id, now), [{ ...frame, type, payload }], recordedAt) };
  });
  await insertContents(tx, contents);
  await insertEvents(
    tx,
    opened.flatMap(({ rows }) => rows),
  );
  await saveHeads(
    tx,
    'issue',
    opened.map(({ head, state }) => ({
      ...head,
      nextWakeAt: nextWake(issueKind, state, context),
      final: false,
      roundId,
      rules: rulesOf(context),
    })),
  );
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
    opened.flatMap(({ state }) => state.duties.map((duty) => ({ account: state, duty }))),
    context,
  );
  return opened.map(({ state }) => state.id);
}

/** Opens the issue that a finding of a campaign became. */
export async function openFinding(
  tx: Transaction,
  owner: object,
  { round, event, by }: { round: RoundState; event: RoundEventOf<'findingAccepted'>; by: By },
): Promise<string> {
  const finding = round.findings.find(({ id }) => id === event.findingId);
  const texts = await readTexts(tx, finding ? [finding.title.content, finding.text.content] : []);
  const issue: NewIssue = {
    number: event.number,
    id: event.issueId,
    title: texts.get(finding?.title.content ?? '') ?? '',
    text: texts.get(finding?.text.content ?? '') ?? '',
    reported: null,
  };
  await openIssues(tx, await loadRules(tx, owner, round.policy), { round, issues: [issue], by, recordedAt: await databaseNow(tx) });
  return event.issueId;
}
