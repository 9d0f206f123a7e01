import { open } from '../obligation/duties';
import { dayOf, type DueBasis, type EventFrame } from '../obligation/types';
import type { Role } from '../roles';
import type { IssueState } from './types';

// The duties that several events of an issue open.

/** The unit's duty to rectify; after a relapse with the sharper ladder, however it comes to be opened again. */
export const openRectify = (state: IssueState, { occurredAt }: EventFrame, due: DueBasis, announced = true): IssueState =>
  open(state, occurredAt, { kind: 'rectify', holder: 'unitHead', due, announced, ladder: state.relapses > 0 ? 'relapse' : 'rectify' });

export const openAssign = (state: IssueState, frame: EventFrame): IssueState =>
  open(state, frame.occurredAt, { kind: 'assign', holder: 'rectificationOffice', due: { term: 'assign', from: dayOf(frame) } });

export const openPlan = (state: IssueState, { occurredAt }: EventFrame, due: DueBasis): IssueState =>
  open(state, occurredAt, { kind: 'plan', holder: 'unitHead', due });

export const openApproval = (state: IssueState, frame: EventFrame, holder: Role): IssueState =>
  open(state, frame.occurredAt, { kind: 'planApproval', holder, due: { term: 'planApproval', from: dayOf(frame) } });

export const openCheckBack = (state: IssueState, frame: EventFrame): IssueState =>
  open(state, frame.occurredAt, {
    kind: 'checkBack',
    holder: 'rectificationOffice',
    except: state.closeoutRequestedBy === null ? [] : [state.closeoutRequestedBy],
    due: { term: 'checkBack', from: dayOf(frame) },
  });
