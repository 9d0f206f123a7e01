import { mayDo } from '../parties';
import { obligationLabels } from '../policy/policy';
import { unreachable } from '../result';
import { dateOf } from '../time';
import { openDuty } from '../obligation/obligations';
import { accept, reject, type CommandOf, type Decision, type Judging } from './decision';
import type { IssueEvent } from './events';
import { inPhase, notSelf, unknownPerson, unknownUnit } from './gates';
import type { Correction, IssueState } from './types';

// Corrections of the list (design.md, section 2): one person of the office proposes, another confirms. Until then the issue goes on
// as it was, so each gate is asked twice: what was right when it was proposed may not be possible any more.

type CommandOfCorrection = CommandOf<Correction['kind']>;

/** void: a wrong entry. Its number stays, and the totals go on counting it as fed back. */
export const decideVoid = (state: IssueState, { reason }: CommandOf<'void'>, _context: Judging): Decision =>
  propose(state, beforeClosing(state, 'void'), { kind: 'void', reason });

/** split: one finding holds several. At least two parts, which get numbers below its own; a part may be split again. */
export const decideSplit = (state: IssueState, { parts, reason }: CommandOf<'split'>, _context: Judging): Decision =>
  propose(state, notToSplit(state, parts.length), { kind: 'split', parts, reason });

/** merge: the same finding stands twice; another open issue of the round stands for it. */
export const decideMerge = (state: IssueState, { into, reason }: CommandOf<'merge'>, context: Judging): Decision =>
  propose(state, notToMerge(state, into, context), { kind: 'merge', into, reason });

/** reassign: a unit was merged or renamed, or its function moved; by a document. Until the unit has signed, `assign` does too. */
export function decideReassign(state: IssueState, command: CommandOf<'reassign'>, context: Judging): Decision {
  const { leadUnitId, leadLeaderId, leaderInChargeId = null, handlerId = null, coUnitIds = [], document, reason } = command;
  const correction = { kind: 'reassign', leadUnitId, leadLeaderId, leaderInChargeId, handlerId, coUnitIds, document, reason } as const;
  return propose(state, notToReassign(state, correction, context), correction);
}

/** transferOut: not this organisation's to rectify; handed to another by a document, and still counted as fed back. */
export const decideTransfer = (state: IssueState, { receiver, document, reason }: CommandOf<'transferOut'>, _context: Judging): Decision =>
  propose(state, beforeClosing(state, 'transferOut'), { kind: 'transferOut', receiver, document, reason });

/** confirmCorrection: by another person than who proposed it, of the office or of whom the duty passed to when the office is one person. */
export function decideConfirmation(state: IssueState, command: CommandOf<'confirmCorrection'>, context: Judging): Decision {
  const { correction } = state;
  const duty = openDuty(state, 'correction');
  if (!correction || !duty) return reject('correction.none', '没有待复核的更正。', '请先由整改办一人提出。');
  const { directory, actor, now } = context;
  const refused =
    notSelf(correction.by, context) ??
    (mayDo(directory, state, duty, { actor, on: dateOf(now) })
      ? undefined
      : reject('role.notAllowed', '这项更正不由您复核。', '请由整改办另一人复核。'));
  if (refused) return refused;
  if (!command.granted) return accept({ type: 'correctionRefused', opinion: command.opinion ?? null });
  return notPossibleAnyMore(state, correction, context) ?? accept(effectOf(state, correction));
}

/** amend: another title or text, with the reason; what was registered stays in its event. */
export function decideAmendment(state: IssueState, command: CommandOf<'amend'>, _context: Judging): Decision {
  const { title = null, text = null, reason } = command;
  if (title === null && text === null) return reject('amend.nothing', '没有写明更正的内容。', '请填写更正后的标题或问题描述。');
  return offSystem(state) ?? accept({ type: 'amended', title, text, reason });
}

/** acknowledge: the unit that got the issue, or that took it over in the middle. */
export const decideReceipt = (state: IssueState): Decision =>
  (openDuty(state, 'receipt') ? undefined : inPhase(state, 'acknowledge', ['assigned'])) ?? accept({ type: 'acknowledged' });

/** While it is worked on: neither struck off, nor final, nor suspended. */
export const beforeClosing = (state: IssueState, command: CommandOfCorrection['type'] | 'suspend'): Decision | undefined =>
  inPhase(state, command, [
    'registered',
    'assigned',
    'acknowledged',
    'planned',
    'rectifying',
    'closeoutRequested',
    'checkBack',
    'underReview',
    'stageCompleted',
  ]);

function propose(state: IssueState, refused: Decision | undefined, correction: Correction): Decision {
  if (refused) return refused;
  return state.correction && openDuty(state, 'correction')
    ? reject('correction.pending', '已有一项更正待复核。', `请先办理“${obligationLabels.correction}”。`)
    : accept({ type: 'correctionProposed', correction });
}

const notToSplit = (state: IssueState, parts: number): Decision | undefined =>
  beforeClosing(state, 'split') ??
  offSystem(state) ??
  (parts < 2 ? reject('split.tooFew', `拆分后只有${parts}个问题。`, '请至少写明两个问题；不需拆分的请用更正登记。') : undefined);

function notToMerge(state: IssueState, into: string, { facts }: Judging): Decision | undefined {
  const refused = beforeClosing(state, 'merge');
  if (refused) return refused;
  if (into === state.id) return reject('merge.self', '问题不能并入自身。', '请填写本轮次另一个问题的编号。');
  return facts.openIssues.includes(into)
    ? undefined
    : reject('issue.unknown', `本轮次没有未办结的问题${into}。`, '请用 issue list 查看编号。');
}

/**
 * Wherever the unit owes something or will be asked next. Not while others look at its work (checkBack, underReview): checkers and
 * parties were chosen apart from the units that did it. Not while a closed issue waits for its draw: there is nothing to take over.
 */
function notToReassign(state: IssueState, to: Extract<Correction, { kind: 'reassign' }>, context: Judging): Decision | undefined {
  const { assignment } = state;
  const refused = inPhase(state, 'reassign', [
    'assigned',
    'acknowledged',
    'planned',
    'rectifying',
    'closeoutRequested',
    'stageCompleted',
    'upkeep',
  ]);
  if (refused) return refused;
  if (!assignment) return reject('reassign.nobody', '该问题尚未交账给任何单位。', '请按报告完成情况认可或核查；退回后再交账。');
  const { leadUnitId, leadLeaderId, leaderInChargeId, handlerId, coUnitIds } = to;
  return (
    unknownUnit(context, [leadUnitId, ...coUnitIds]) ??
    unknownPerson(
      context,
      [leadLeaderId, leaderInChargeId, handlerId].map((id) => id ?? undefined),
    ) ??
    (same(assignment.coUnitIds, coUnitIds) &&
    assignment.leadUnitId === leadUnitId &&
    assignment.leadLeaderId === leadLeaderId &&
    assignment.leaderInChargeId === leaderInChargeId &&
    assignment.handlerId === handlerId
      ? reject('reassign.same', '改派前后的责任单位和人员相同。', '请写明新的责任单位或人员。')
      : undefined)
  );
}

const same = (a: readonly string[], b: readonly string[]): boolean => JSON.stringify([...a].sort()) === JSON.stringify([...b].sort());

const offSystem = (state: IssueState): Decision | undefined =>
  state.offSystem ? reject('issue.offSystem', '该问题线下办理，文字不得进入系统。', '请在线下更正。') : undefined;

function notPossibleAnyMore(state: IssueState, correction: Correction, context: Judging): Decision | undefined {
  switch (correction.kind) {
    case 'void':
    case 'transferOut':
      return beforeClosing(state, correction.kind);
    case 'split':
      return notToSplit(state, correction.parts.length);
    case 'merge':
      return notToMerge(state, correction.into, context);
    case 'reassign':
      return notToReassign(state, correction, context);
    default:
      return unreachable(correction);
  }
}

/** What a confirmed correction comes to. */
function effectOf({ id }: IssueState, correction: Correction): IssueEvent {
  const { reason } = correction;
  switch (correction.kind) {
    case 'void':
      return { type: 'voided', reason };
    case 'split': {
      const { parts } = correction;
      return { type: 'splitUp', replacedBy: parts.map((_, index) => `${id}-${index + 1}`), parts, reason };
    }
    case 'merge':
      return { type: 'mergedInto', into: correction.into, reason };
    case 'reassign': {
      const { leadUnitId, leadLeaderId, leaderInChargeId, handlerId, coUnitIds, document } = correction;
      return { type: 'reassigned', leadUnitId, leadLeaderId, leaderInChargeId, handlerId, coUnitIds, document, reason };
    }
    case 'transferOut':
      return { type: 'transferredOut', receiver: correction.receiver, document: correction.document, reason };
    default:
      return unreachable(correction);
  }
}
