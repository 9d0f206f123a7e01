import type { DecisionContext } from '../context';
import { isDrawn } from '../draw';
import { openDuty } from '../obligation/obligations';
import { mayDo, personOf } from '../parties';
import type { Role } from '../roles';
import { dateOf } from '../time';
import { distinct, unfitCheckers } from './checkers';
import { commandLabels } from './command-words';
import { accept, reject, type CommandOf, type Decision, type Judging } from './decision';
import { inPhase, notIn, notSelf } from './gates';
import { jointReview } from './review-parties';
import { phaseLabels, type IssueState } from './types';

/**
 * planCheckBack: who looks on the spot or on paper before closeout. On the spot whenever the office says so; without a mode, a
 * recorded seed draws it. When too few checkers are left after a recusal, others are named and the mode stays.
 */
export function decideCheckBackPlan(state: IssueState, command: CommandOf<'planCheckBack'>, context: Judging): Decision {
  const again = state.phase === 'checkBack' && lostChecker(state) !== undefined;
  const refused =
    (again ? undefined : inPhase(state, command.type, ['closeoutRequested'])) ?? unfitCheckers(state, command.checkers, context);
  if (refused) return refused;
  const checkers = distinct(command.checkers);
  if (again) return accept({ type: 'checkBackPlanned', mode: state.checkBackMode ?? 'onTheSpot', checkers, seed: null });
  const seed = command.mode === undefined ? (command.seed ?? state.roundId) : null;
  const drawn = seed !== null && isDrawn(seed, state.id, context.policy.onTheSpotPercent.value);
  return accept({ type: 'checkBackPlanned', mode: command.mode ?? (drawn ? 'onTheSpot' : 'onPaper'), checkers, seed });
}

/** recordCheckBack: before closeout the office finds passed or returned, after it the inspection office consolidated or relapsed. */
export function decideCheckBackRecord(state: IssueState, command: CommandOf<'recordCheckBack'>, context: Judging): Decision {
  const before = state.phase === 'checkBack';
  const refused =
    inPhase(state, command.type, ['checkBack', 'afterCheckBack']) ??
    notSelf(state.closeoutRequestedBy, context) ??
    keptOut(state, context) ??
    (before
      ? notTheirs('checkBack', 'rectificationOffice', state, context)
      : notTheirs('afterCheckBack', 'inspectionOffice', state, context));
  if (refused) return refused;
  const { result, seen } = command;
  if (before) {
    if (result === 'passed') return accept({ type: 'checkBackPassed', seen, ...jointReview(state, context) });
    if (result === 'returned') return accept({ type: 'returned', from: 'checkBack', reason: seen });
    return wrongResult(state, result, '请填 passed 或 returned。');
  }
  if (result === 'consolidated') return accept({ type: 'consolidated', basis: 'checked', seed: null, seen });
  if (result === 'relapsed') return accept({ type: 'relapsed', seen });
  return wrongResult(state, result, '请填 consolidated 或 relapsed。');
}

/** Neither a recused recorder, nor checkers of whom one was recused and not replaced. */
function keptOut(state: IssueState, { actor, directory }: DecisionContext): Decision | undefined {
  if (state.recused.includes(actor)) return reject('checkBack.recused', '您已对该问题回避，不能记录核查。', '请由另一人记录。');
  const lost = lostChecker(state);
  if (lost === undefined) return undefined;
  const name = personOf(directory, lost)?.name ?? lost;
  const command = commandLabels[state.phase === 'checkBack' ? 'planCheckBack' : 'drawCheckBack'];
  return reject('checkers.recused', `检查人${name}已对该问题回避。`, `请先另行确定检查人（${command}），再记录核查。`);
}

/** A named checker who was recused; with enough others left, the recusal takes them off the list (evolve-parties.ts). */
const lostChecker = ({ checkers, recused }: IssueState): string | undefined => checkers.find((id) => recused.includes(id));

/** The check-back is recorded by the office that owes it, or by whom the duty passed to because all of the office must keep out. */
function notTheirs(kind: 'checkBack' | 'afterCheckBack', office: Role, state: IssueState, context: Judging): Decision | undefined {
  const { directory, actor, now, acting } = context;
  const duty = openDuty(state, kind);
  if (duty && mayDo(directory, state, duty, { actor, on: dateOf(now) })) return undefined;
  return notIn(office, acting, '该核查不由您记录。');
}

const wrongResult = ({ phase }: IssueState, result: string, todo: string): Decision =>
  reject('checkBack.result', `“${result}”不是${phaseLabels[phase]}的结论。`, todo);

/**
 * drawCheckBack: drawn or chosen issues get checkers, the others are consolidated as not drawn. The round's plan fixes the seed,
 * so that nobody draws again until it pleases; without a plan the seed is what the inspection office names here, and only recorded.
 * When too few checkers are left after a recusal, others are named; what was drawn stays drawn.
 */
export function decideDraw(state: IssueState, command: CommandOf<'drawCheckBack'>, context: Judging): Decision {
  const again = state.phase === 'afterCheckBack' && lostChecker(state) !== undefined;
  const refused = again ? undefined : inPhase(state, command.type, ['closed']);
  if (refused) return refused;
  const { seed, checkers } = command;
  const plan = context.facts.checkBackPlan;
  if (plan && seed !== plan.seed)
    return reject('draw.seed', `本轮次回头看方案的抽取种子是“${plan.seed}”，不是“${seed}”。`, '请用方案的种子；抽取办法确定后不能更改。');
  if (!again && !isToBeSeenAgain(state, command, context))
    return context.policy.checkBackAfter.value === 'none' && !plan
      ? accept({ type: 'consolidated', basis: 'notRequired', seed: null, seen: null })
      : accept({ type: 'consolidated', basis: 'notDrawn', seed, seen: null });
  const named = distinct(checkers.length > 0 ? checkers : (plan?.checkers ?? []));
  return unfitCheckers(state, named, context) ?? accept({ type: 'afterCheckBackPlanned', checkers: named, seed });
}

/**
 * Whether a closed issue is looked at again: a chosen one always; then by the round's plan, else by the policy. An issue that was
 * closed after the plan was made stands in no list of it, so the plan's own seed draws it in the same way.
 */
function isToBeSeenAgain({ id }: IssueState, { seed, chosen }: CommandOf<'drawCheckBack'>, { policy, facts }: Judging): boolean {
  const plan = facts.checkBackPlan;
  if (chosen === true || plan?.issues.includes(id)) return true;
  if (plan) return plan.mode !== 'chosen' && isDrawn(plan.seed, id, plan.percent);
  switch (policy.checkBackAfter.value) {
    case 'all':
      return true;
    case 'sample':
      return isDrawn(seed, id, policy.drawPercent.value);
    case 'chosen':
    case 'none':
      return false;
  }
}
