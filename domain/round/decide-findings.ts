import { accept, reject } from '../decision';
import type { RoundCommandOf, RoundContext, RoundDecision } from './decision';
import { pastDay, wrongUnits } from './gates';
import type { Finding, RoundState } from './types';

// Campaigns 专项整治: units hand in what they found themselves, by stage (design.md, section 2).

/** openStage: a name that was not used, a last day that is not past, known units. */
export function decideStage(state: RoundState, { stage, until, units }: RoundCommandOf<'openStage'>, context: RoundContext): RoundDecision {
  if (state.stages.some(({ name }) => name === stage)) return reject('stage.twice', `阶段“${stage}”已经部署。`, '请换一个阶段名称。');
  return wrongUnits(units, context) ?? pastDay(until, context) ?? accept({ type: 'stageOpened', stage, until, units });
}

/** submitFinding: into the stage that runs for the unit, late ones into the last that was opened. */
export function decideSubmission(state: RoundState, { unitId, title, text }: RoundCommandOf<'submitFinding'>): RoundDecision {
  const stage = stageFor(state, unitId) ?? state.stages.at(-1)?.name;
  if (stage === undefined) return reject('stage.none', '还没有部署自查阶段。', '请由整改办部署后再上报。');
  const findingId = `f${state.findings.length + 1}`;
  return accept({ type: 'findingSubmitted', findingId, unitId, stage, title, text });
}

/** reportNone: a unit that owes an answer and has handed in nothing in this stage. */
export function decideNone(state: RoundState, { unitId }: RoundCommandOf<'reportNone'>): RoundDecision {
  const stage = stageFor(state, unitId);
  if (stage === undefined) return reject('stage.none', '该单位没有待报的自查阶段。', '已上报问题的阶段不再报告无问题。');
  return accept({ type: 'noneFound', unitId, stage });
}

/** acceptFinding: becomes an issue of the round with the next number. */
export function decideAcceptance(
  state: RoundState,
  { findingId }: RoundCommandOf<'acceptFinding'>,
  { facts }: RoundContext,
): RoundDecision {
  const finding = waiting(state, findingId);
  if (!finding) return notWaiting(findingId);
  const number = facts.lastNumber + 1;
  return accept({ type: 'findingAccepted', findingId, number, issueId: `${state.roundId}-${String(number).padStart(3, '0')}` });
}

/** mergeFinding: into an issue of this round that says the same. */
export function decideMerge(
  state: RoundState,
  { findingId, issueId }: RoundCommandOf<'mergeFinding'>,
  { facts }: RoundContext,
): RoundDecision {
  if (!waiting(state, findingId)) return notWaiting(findingId);
  if (!facts.issues.includes(issueId)) return reject('issue.unknown', `本轮次没有问题${issueId}。`, '请核对问题编号。');
  return accept({ type: 'findingMerged', findingId, issueId });
}

/** returnFinding: with a reason. */
export function decideReturn(state: RoundState, { findingId, reason }: RoundCommandOf<'returnFinding'>): RoundDecision {
  return waiting(state, findingId) ? accept({ type: 'findingReturned', findingId, reason }) : notWaiting(findingId);
}

/** The stage in which a unit still owes its answer. */
const stageFor = (state: RoundState, unitId: string): string | undefined =>
  state.stages.find(({ name }) => state.duties.some(({ id, closedAt }) => id === `selfCheck:${name}:${unitId}` && closedAt === null))?.name;

const waiting = (state: RoundState, id: string): Finding | undefined =>
  state.findings.find((finding) => finding.id === id && finding.state === 'submitted');

const notWaiting = (id: string): RoundDecision => reject('finding.notWaiting', `没有待审的自查问题${id}。`, '请核对编号。');
