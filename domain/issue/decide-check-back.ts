import { holders, personOf } from '../parties';
import { isDrawn } from '../draw';
import type { Role } from '../roles';
import { dateOf } from '../time';
import { accept, reject, type CommandOf, type Decision, type Judging } from './decision';
import type { DecisionContext } from '../context';
import { inPhase, notIn, notSelf, unknownPerson } from './gates';
import { phaseLabels, type IssueState } from './types';

/** planCheckBack: who looks on the spot or on paper before closeout. Without a mode, a recorded seed draws it. */
export function decideCheckBackPlan(state: IssueState, command: CommandOf<'planCheckBack'>, context: Judging): Decision {
  const refused = inPhase(state, command.type, ['closeoutRequested']) ?? unfitCheckers(state, command.checkers, context);
  if (refused) return refused;
  const seed = command.mode === undefined ? (command.seed ?? state.roundId) : null;
  const drawn = seed !== null && isDrawn(seed, state.id, context.policy.onTheSpotPercent.value);
  return accept({
    type: 'checkBackPlanned',
    mode: command.mode ?? (drawn ? 'onTheSpot' : 'onPaper'),
    checkers: distinct(command.checkers),
    seed,
  });
}

/** recordCheckBack: before closeout the office finds passed or returned, after it the inspection office consolidated or relapsed. */
export function decideCheckBackRecord(state: IssueState, command: CommandOf<'recordCheckBack'>, context: Judging): Decision {
  const refused = inPhase(state, command.type, ['checkBack', 'afterCheckBack']) ?? notSelf(state.closeoutRequestedBy, context);
  if (refused) return refused;
  const { result, seen } = command;
  if (state.phase === 'checkBack') {
    const stranger = notIn('rectificationOffice', context.acting, '该核查不由您记录。');
    if (stranger) return stranger;
    if (result === 'passed') return accept({ type: 'checkBackPassed', seen, reviewParties: reviewParties(state, context) });
    if (result === 'returned') return accept({ type: 'returned', from: 'checkBack', reason: seen });
    return wrongResult(state, result, '请填 passed 或 returned。');
  }
  const stranger = notIn('inspectionOffice', context.acting, '该核查不由您记录。');
  if (stranger) return stranger;
  if (result === 'consolidated') return accept({ type: 'consolidated', basis: 'checked', seed: null, seen });
  if (result === 'relapsed') return accept({ type: 'relapsed', seen });
  return wrongResult(state, result, '请填 consolidated 或 relapsed。');
}

const wrongResult = ({ phase }: IssueState, result: string, todo: string): Decision =>
  reject('checkBack.result', `“${result}”不是${phaseLabels[phase]}的结论。`, todo);

/** drawCheckBack: drawn or chosen issues get checkers, the others are consolidated as not drawn. */
export function decideDraw(state: IssueState, command: CommandOf<'drawCheckBack'>, context: DecisionContext): Decision {
  const refused = inPhase(state, command.type, ['closed']);
  if (refused) return refused;
  const { seed, checkers } = command;
  const drawn = command.chosen === true || isDrawn(seed, state.id, context.policy.drawPercent.value);
  if (!drawn) return accept({ type: 'consolidated', basis: 'notDrawn', seed, seen: null });
  return unfitCheckers(state, checkers, context) ?? accept({ type: 'afterCheckBackPlanned', checkers: distinct(checkers), seed });
}

const distinct = (ids: readonly string[]): string[] => [...new Set(ids)];

/** Checkers: enough of them, each in the directory, none who did the work: its handler, or of a responsible unit since the feedback. */
function unfitCheckers(state: IssueState, checkers: readonly string[], context: DecisionContext): Decision | undefined {
  const { directory, policy } = context;
  const count = distinct(checkers).length;
  const least = policy.minimumCheckers.value;
  if (count < least) return reject('checkers.tooFew', `检查人只有${count}人。`, `请安排至少${least}名检查人。`);
  const units = new Set([
    state.assignment?.leadUnitId,
    ...(state.assignment?.coUnitIds ?? []),
    ...state.measures.map(({ unitId }) => unitId),
  ]);
  const ofUnit = (id: string): boolean =>
    id === state.assignment?.handlerId ||
    directory.posts.some((post) => post.personId === id && units.has(post.unitId) && (post.to === null || post.to >= state.feedbackOn));
  const involved = checkers.find(ofUnit);
  return (
    unknownPerson(context, checkers) ??
    (involved === undefined
      ? undefined
      : reject('checkers.ofUnit', `检查人${personOf(directory, involved)?.name ?? involved}是责任单位的人。`, '请换成责任单位以外的人。'))
  );
}

/** The review parties that somebody can speak for; a party nobody holds passes to the inspection office, which reviews in any case if nobody else does. */
function reviewParties(state: IssueState, { policy, directory, now }: DecisionContext): Role[] {
  const held = policy.reviewParties.value.map((party): Role =>
    holders(directory, state, party, dateOf(now)).length > 0 ? party : 'inspectionOffice',
  );
  return held.length > 0 ? [...new Set(held)] : ['inspectionOffice'];
}
