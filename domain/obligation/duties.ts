import type { ObligationKind } from '../policy/policy';
import type { Role } from '../roles';
import type { Instant } from '../time';
import type { Account, Duty, DueBasis, EventFrame } from './types';

/** A duty as an event opens it; it is announced and has the ladder of its kind unless it says otherwise. */
export interface Opening {
  readonly kind: ObligationKind;
  readonly holder: Role;
  readonly due: DueBasis;
  readonly id?: string;
  readonly ladder?: Duty['ladder'];
  readonly announced?: boolean;
  readonly unitId?: string | null;
  readonly personId?: string | null;
  readonly except?: readonly string[];
  readonly urgent?: true | undefined;
}

/** Opens a duty at the instant of the event, by default as the next of its kind: `rectify#2`. */
export function open<S extends Account>(state: S, at: Instant, opening: Opening): S {
  const { kind, holder, due, id, ladder, announced, unitId, personId, except, urgent } = opening;
  const duty: Duty = {
    id: id ?? `${kind}#${state.duties.filter((one) => one.kind === kind).length + 1}`,
    kind,
    ladder: ladder ?? kind,
    holder,
    ...(unitId ? { unitId } : {}),
    ...(personId ? { personId } : {}),
    ...(except && except.length > 0 ? { except } : {}),
    ...(urgent ? { urgent } : {}),
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
export const close = <S extends Account>(state: S, at: Instant, by: string, match: (duty: Duty) => boolean): S => ({
  ...state,
  duties: state.duties.map((duty) =>
    duty.closedAt === null && match(duty) ? { ...duty, closedAt: at, closedBy: by, stoppedAt: null } : duty,
  ),
});

export const ofKind =
  (...kinds: ObligationKind[]) =>
  (duty: Duty): boolean =>
    kinds.includes(duty.kind);

export const ofId =
  (id: string) =>
  (duty: Duty): boolean =>
    duty.id === id;

export const everything = (): boolean => true;

export const changeDuty = <S extends Account>(state: S, id: string, with_: Partial<Duty>): S => ({
  ...state,
  duties: state.duties.map((duty) => (duty.id === id ? { ...duty, ...with_ } : duty)),
});

/** Stops the clocks of the open duties that match, or lets them run again (`at` null). */
export const stop = <S extends Account>(state: S, at: Instant | null, match: (duty: Duty) => boolean): S => ({
  ...state,
  duties: state.duties.map((duty) => (duty.closedAt === null && match(duty) ? { ...duty, stoppedAt: at } : duty)),
});

/** Notes on the duties that an event has closed or stopped the day of its paper: what was decided in time is not late by its recording. */
export function endedByPaper<S extends Account>(before: S, after: S, { effectiveOn = null }: EventFrame): S {
  if (after.duties === before.duties || (effectiveOn === null && !before.duties.some(({ endedOn }) => endedOn))) return after;
  const duties = after.duties.map((duty, index): Duty => {
    const was = before.duties[index];
    if (duty.closedAt === (was?.closedAt ?? null) && duty.stoppedAt === (was?.stoppedAt ?? null)) return duty;
    const { endedOn: _, ...rest } = duty;
    return effectiveOn === null || (duty.closedAt ?? duty.stoppedAt) === null ? rest : { ...rest, endedOn: effectiveOn };
  });
  return { ...after, duties };
}
