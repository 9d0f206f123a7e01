import type { ObligationKind } from '../policy/policy';
import type { Role } from '../roles';
import { dateOf, type Instant } from '../time';
import type { Duty, DueBasis, IssueState } from './types';

/** A duty as an event opens it; it is announced and has the ladder of its kind unless it says otherwise. */
export interface Opening {
  readonly kind: ObligationKind;
  readonly holder: Role;
  readonly due: DueBasis;
  readonly id?: string;
  readonly ladder?: Duty['ladder'];
  readonly announced?: boolean;
}

/** Opens a duty at the instant of the event, by default as the next of its kind: `rectify#2`. */
export function open(state: IssueState, at: Instant, { kind, holder, due, id, ladder, announced }: Opening): IssueState {
  const duty: Duty = {
    id: id ?? `${kind}#${state.duties.filter((one) => one.kind === kind).length + 1}`,
    kind,
    ladder: ladder ?? kind,
    holder,
    openedAt: at,
    due,
    announced: announced ?? true,
    stoppedAt: null,
    closedAt: null,
    closedBy: null,
    fired: {},
  };
  return { ...state, duties: [...state.duties, duty] };
}

/** Closes the open duties that match. */
export const close = (state: IssueState, at: Instant, by: string, match: (duty: Duty) => boolean): IssueState => ({
  ...state,
  duties: state.duties.map((duty) =>
    duty.closedAt === null && match(duty) ? { ...duty, closedAt: at, closedBy: by, stoppedAt: null } : duty,
  ),
});

export const ofKind =
  (...kinds: ObligationKind[]) =>
  (duty: Duty): boolean =>
    kinds.includes(duty.kind);

export const everything = (): boolean => true;

export const changeDuty = (state: IssueState, id: string, with_: Partial<Duty>): IssueState => ({
  ...state,
  duties: state.duties.map((duty) => (duty.id === id ? { ...duty, ...with_ } : duty)),
});

/** The unit's duty to rectify; after a relapse with the sharper ladder, however it comes to be opened again. */
export const openRectify = (state: IssueState, at: Instant, due: DueBasis, announced = true): IssueState =>
  open(state, at, { kind: 'rectify', holder: 'unitHead', due, announced, ladder: state.relapses > 0 ? 'relapse' : 'rectify' });

export const openAssign = (state: IssueState, at: Instant): IssueState =>
  open(state, at, { kind: 'assign', holder: 'rectificationOffice', due: { term: 'assign', from: dateOf(at) } });

export const openPlan = (state: IssueState, at: Instant, due: DueBasis): IssueState =>
  open(state, at, { kind: 'plan', holder: 'unitHead', due });

export const openApproval = (state: IssueState, at: Instant, holder: Role): IssueState =>
  open(state, at, { kind: 'planApproval', holder, due: { term: 'planApproval', from: dateOf(at) } });

export const openCheckBack = (state: IssueState, at: Instant): IssueState =>
  open(state, at, { kind: 'checkBack', holder: 'rectificationOffice', due: { term: 'checkBack', from: dateOf(at) } });
