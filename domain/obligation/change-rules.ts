import type { RuleContext } from '../context';
import type { Instant } from '../time';
import { dueAt, ENGINE, fireDue, groupByDuty, type Step } from './advance';
import { agenda, type AgendaItem } from './agenda';
import type { CommonEvent, MovedDuty, RungsSuperseded } from './events';
import { rungKey } from './evolve-common';
import type { AccountKind } from './kind';
import { obligationOf, obligations } from './obligations';
import { policyName } from '../policy/policy';
import type { Account } from './types';

/** Other rules for an account: the ones of before, the next ones, and since when these are in force. */
export interface RuleChange {
  readonly old: RuleContext;
  readonly next: RuleContext;
  readonly since: Instant;
  /** When the account is brought up to them; at once unless told. */
  readonly now?: Instant;
}

/**
 * Puts another policy or holiday table in force in an account, as of `since` (design.md, section 3: recompute). What was due before
 * fires as it was announced; then the rungs that have not fired move, and one whose new instant lies before the change is recorded
 * as superseded, never fired. The obligations keep their numbers; the days that moved are written down with the reason. Where the
 * change is taken in late and a later rung of the same duty has come meanwhile, only that one is left to fire.
 */
export function changeRules<S extends Account, E extends { readonly type: string }>(
  kind: AccountKind<S, E>,
  before: S,
  change: RuleChange,
): Step<S, E> {
  const { old, next, since, now = since } = change;
  const events: (E | CommonEvent)[] = [];
  let state = before;
  const add = (event: CommonEvent): void => {
    events.push(event);
    state = kind.evolve(state, event, { actor: ENGINE, occurredAt: now });
  };
  outrun(state, { old, next, since, now }).forEach(add);
  const settled = fireDue(kind, state, old, { until: since, now });
  events.push(...settled.events);
  state = settled.state;

  const moved = movedDuties(state, old, next);
  const passed = [...groupByDuty(dueAt(state, next, since))];
  if (moved.length > 0 || passed.length > 0) {
    const policy = policyName(old.policy) !== policyName(next.policy);
    const calendar = old.calendar.version !== next.calendar.version;
    add({
      type: 'datesMoved',
      because: policy && calendar ? 'both' : policy ? 'policy' : 'calendar',
      policy: policyName(next.policy),
      calendar: next.calendar.version,
      moved,
    });
  }
  for (const [dutyId, items] of passed) add(superseded(dutyId, items));
  return { events, state };
}

/** Rungs due before the change of duties of which a later rung is due under the next rules by now. */
function outrun(state: Account, { old, next, since, now }: Required<RuleChange>): RungsSuperseded[] {
  if (now <= since) return [];
  const later = groupByDuty(dueAt(state, next, now).filter(({ at }) => at > since));
  return [...groupByDuty(dueAt(state, old, since))]
    .filter(([dutyId, items]) => later.get(dutyId)?.some((item) => !items.some((one) => nameOf(one) === nameOf(item))))
    .map(([dutyId, items]) => superseded(dutyId, items));
}

const superseded = (dutyId: string, items: readonly AgendaItem[]): RungsSuperseded => ({
  type: 'rungsSuperseded',
  dutyId,
  rungs: items.map(({ rung, occurrence }) => ({ rung: rung.id, occurrence })),
});

/** The open duties whose day is another one under the next rules, or whose day is settled now that its year has a table. */
export function movedDuties(state: Account, old: RuleContext, next: RuleContext): MovedDuty[] {
  return obligations(state, old).flatMap(({ duty, dueOn: from, provisional: was }) => {
    const { dueOn: to, provisional } = obligationOf(duty, next);
    return from === to && was === provisional ? [] : [{ dutyId: duty.id, from, to, provisional }];
  });
}

/** A rung that other rules let fire at another instant; null: it is not in the ladder under these rules. */
export interface MovedRung {
  readonly dutyId: string;
  readonly rung: string;
  readonly label: string;
  readonly occurrence: number;
  readonly from: Instant | null;
  readonly to: Instant | null;
}

/** What other rules would do to an account. */
export interface RulePreview {
  readonly accountId: string;
  readonly moved: readonly MovedDuty[];
  /** Rungs that would never fire, since their new instant lies before the change. */
  readonly superseded: readonly { readonly dutyId: string; readonly rung: string; readonly occurrence: number }[];
  /** Of every rung still to come, the next occurrence when it moves. */
  readonly rungs: readonly MovedRung[];
}

/** What would move in accounts if other rules came in force: the same pure code as the deed, and nothing is written. Only accounts in which something moves are named. */
export function previewRules<S extends Account, E extends { readonly type: string }>(
  kind: AccountKind<S, E>,
  accounts: readonly S[],
  change: RuleChange,
): RulePreview[] {
  return accounts
    .filter((account) => !kind.isFinal(account))
    .map((account): RulePreview => {
      const { state, events } = changeRules(kind, account, change);
      const common = events as readonly CommonEvent[];
      const put = common.findIndex(({ type }) => type === 'datesMoved');
      const lost = put < 0 ? [] : common.slice(put);
      return {
        accountId: account.id,
        moved: common.flatMap((event) => (event.type === 'datesMoved' ? event.moved : [])),
        superseded: lost.flatMap((event) =>
          event.type === 'rungsSuperseded' ? event.rungs.map((rung) => ({ dutyId: event.dutyId, ...rung })) : [],
        ),
        rungs: movedRungs(state, change),
      };
    })
    .filter(({ moved, superseded: gone, rungs }) => moved.length + gone.length + rungs.length > 0);
}

function movedRungs(state: Account, { old, next, since }: RuleChange): MovedRung[] {
  const [was, will] = [old, next].map((context) => new Map(agenda(state, context, since).map((item) => [nameOf(item), item])));
  return [...new Map([...(was ?? []), ...(will ?? [])])]
    .map(([name, { obligation, rung, occurrence }]): MovedRung => ({
      dutyId: obligation.duty.id,
      rung: rung.id,
      label: rung.label,
      occurrence,
      from: was?.get(name)?.at ?? null,
      to: will?.get(name)?.at ?? null,
    }))
    .filter(({ from, to }) => from !== to);
}

const nameOf = ({ obligation, rung, occurrence }: AgendaItem): string => `${obligation.duty.id} ${rungKey(rung.id, occurrence)}`;
