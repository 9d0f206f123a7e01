import { changeDuty, close, ofId, ofKind, open } from '../obligation/duties';
import { dayOf, type Duty, type EventFrame } from '../obligation/types';
import type { Assignment } from '../parties';
import type { Instant } from '../time';
import { ended } from './evolve-ending';
import type { EventOf } from './events';
import type { IssueState } from './types';

/** A second person of the office owes the confirmation; who proposed keeps out of it. */
export function correctionProposed(state: IssueState, { correction }: EventOf<'correctionProposed'>, frame: EventFrame): IssueState {
  const { actor, occurredAt: at } = frame;
  return open({ ...state, correction: { ...correction, by: actor } }, at, {
    kind: 'correction',
    holder: 'rectificationOffice',
    except: [actor],
    due: { term: 'correction', from: dayOf(frame) },
  });
}

export const correctionRefused = (state: IssueState, event: EventOf<'correctionRefused'>, { occurredAt }: EventFrame): IssueState =>
  close<IssueState>({ ...state, correction: null }, occurredAt, event.type, ofKind('correction'));

export const voided = (state: IssueState, { type }: EventOf<'voided'>, { occurredAt }: EventFrame): IssueState =>
  ended(state, occurredAt, { phase: 'void', by: type });

export const splitUp = (state: IssueState, { type, replacedBy }: EventOf<'splitUp'>, { occurredAt }: EventFrame): IssueState =>
  ended({ ...state, replacedBy }, occurredAt, { phase: 'replaced', by: type });

export const mergedInto = (state: IssueState, { type, into }: EventOf<'mergedInto'>, { occurredAt }: EventFrame): IssueState =>
  ended({ ...state, replacedBy: [into] }, occurredAt, { phase: 'replaced', by: type });

export const transferredOut = (state: IssueState, { type }: EventOf<'transferredOut'>, { occurredAt }: EventFrame): IssueState =>
  ended(state, occurredAt, { phase: 'transferred', by: type });

/**
 * Other units take over where it stands: the plan and every day stay, a new receipt is owed. What a unit that is out owed by name, the
 * new lead unit owes by the same day; what is owed by role has moved with the assignment.
 */
export function reassigned(state: IssueState, event: EventOf<'reassigned'>, frame: EventFrame): IssueState {
  const at = frame.occurredAt;
  const { type, leadUnitId, leadLeaderId, leaderInChargeId, handlerId, coUnitIds } = event;
  const assignment: Assignment = { leadUnitId, leadLeaderId, leaderInChargeId, handlerId, coUnitIds };
  const out = unitsOf(state.assignment).filter((unitId) => !unitsOf(assignment).includes(unitId));
  const moved: IssueState = {
    ...state,
    phase: state.phase === 'registered' ? 'assigned' : state.phase,
    assignment,
    correction: null,
    formerly: [...new Set([...state.formerly, ...out, ...handlersOf(state)])],
    measures: state.measures.map((measure) =>
      out.includes(measure.unitId) ? { ...measure, unitId: leadUnitId, holderId: null } : measure,
    ),
  };
  const settled = close(moved, at, type, ofKind('assign', 'receipt', 'correction'));
  const orphaned = settled.duties.filter(({ closedAt, unitId }) => closedAt === null && out.includes(unitId ?? ''));
  const handed = orphaned.reduce((issue, duty) => handToLead(issue, duty, at), settled);
  return open(answered(handed, at, type), at, { kind: 'receipt', holder: 'unitHead', due: { term: 'receipt', from: dayOf(frame) } });
}

/** Its part of the work begins anew with the lead unit, at rest if it rested for another reason than a request about its day. */
function handToLead(state: IssueState, duty: Duty, at: Instant): IssueState {
  const closed = close(state, at, 'reassigned', ofId(duty.id));
  if (!parts.includes(duty.kind)) return closed;
  const { kind, holder, ladder, due } = duty;
  const id = nextId(state, duty.id);
  const opened = open(closed, at, { id, kind, holder, ladder, unitId: state.assignment?.leadUnitId ?? null, due: { ...due } });
  return duty.stoppedAt !== null && duty.id !== state.extension?.dutyId ? changeDuty(opened, id, { stoppedAt: at }) : opened;
}

/** Work that belongs to a unit by name. */
const parts: readonly Duty['kind'][] = ['measure', 'milestone', 'upkeep'];

/** `measure:m1#2` after `measure:m1#1`. */
function nextId({ duties }: IssueState, id: string): string {
  const stem = id.replace(/#\d+$/, '');
  for (let turn = 2; ; turn++) if (!duties.some((duty) => duty.id === `${stem}#${turn}`)) return `${stem}#${turn}`;
}

/** A later day was asked for what has been closed with its unit: nobody decides about it any more. */
function answered(state: IssueState, at: Instant, by: string): IssueState {
  const asked = state.duties.find(({ id }) => id === state.extension?.dutyId);
  return asked && asked.closedAt !== null ? close({ ...state, extension: null }, at, by, ofKind('extensionDecision')) : state;
}

const unitsOf = (assignment: Assignment | null): readonly string[] => (assignment ? [assignment.leadUnitId, ...assignment.coUnitIds] : []);

/** Who handled the issue or one of its measures by name. */
const handlersOf = ({ assignment, measures }: IssueState): string[] =>
  [assignment?.handlerId, ...measures.map(({ holderId }) => holderId)].filter((id) => typeof id === 'string');

/** The receipt of a unit that took an issue over in the middle: it stands where it stood. */
export const takenOver = (state: IssueState, { type }: EventOf<'acknowledged'>, { occurredAt }: EventFrame): IssueState =>
  close(state, occurredAt, type, ofKind('receipt'));
