import type { RuleContext } from '../../domain/context';
import { advance, ENGINE } from '../../domain/obligation/advance';
import { nextWake } from '../../domain/obligation/kind';
import { obligations } from '../../domain/obligation/obligations';
import type { RungFired } from '../../domain/obligation/events';
import { campaign } from '../../domain/policy/packs';
import type { Policy, RoundSource } from '../../domain/policy/policy';
import type { RoundCommand } from '../../domain/round/commands';
import { decideRound } from '../../domain/round/decide';
import type { RoundFacts } from '../../domain/round/decision';
import type { RoundEvent, RoundEventOf } from '../../domain/round/events';
import { emptyRound, evolveRound } from '../../domain/round/evolve';
import { roundKind } from '../../domain/round/round-kind';
import { roundStreamId, type RoundState } from '../../domain/round/types';
import { dateOf, instant, later, localDate, type Instant, type LocalDate } from '../../domain/time';
import { text } from './life';
import { rules } from './people';

// Given a round so far, when a command is given or time passes, then this is told, refused or owed.
//
//   given(opened())
//     .when('2026-03-20T09:00+08:00', by('office', filePlan))
//     .then(accepted, owed('organisationReport#1 rectificationOffice 2026-06-02', …));

type Happening = { readonly actor: string; readonly command: RoundCommand; readonly paperOn?: LocalDate };
export const by = (actor: string, command: RoundCommand): Happening => ({ actor, command });
/** Decided on paper on a day and recorded later; its terms count from the paper's day. */
export const onPaper = (paperOn: string, happening: Happening): Happening => ({ ...happening, paperOn: localDate(paperOn) });

export const noFacts: RoundFacts = {
  openIssues: [],
  closedIssues: [],
  issues: [],
  lastNumber: 0,
  policies: ['district-inspection@3', 'district-inspection@4'],
};

interface Told {
  readonly event: RoundEvent;
  readonly actor: string;
  readonly at: Instant;
}

interface Last {
  readonly events: readonly RoundEvent[];
  readonly rejection: { readonly code: string; readonly what: string; readonly todo: string } | null;
}

const nothing: Last = { events: [], rejection: null };

/** A round as it is told; every step gives a new one. */
export class RoundLife {
  constructor(
    readonly state: RoundState,
    readonly context: RuleContext,
    readonly facts: RoundFacts = noFacts,
    readonly last: Last = nothing,
    readonly history: readonly Told[] = [],
  ) {}

  /** As the ledger does it: what is due fires, then the gate judges, then new duties are announced. */
  when(time: string, happening?: Happening): RoundLife {
    const now = later(instant(time), this.state.lastOccurredAt);
    const due = this.silent().wake(now);
    if (!happening) return due;
    const { actor, command, paperOn = null } = happening;
    const decision = decideRound(due.state, command, { ...this.context, facts: this.facts, now, actor });
    if (!decision.ok) return due.with({ last: { ...due.last, rejection: decision.rejection } });
    return decision.events.reduce((life, event) => life.append(event, actor, now, paperOn), due).wake(now);
  }

  /** Time passes: the engine wakes whenever the round asks for it. */
  passesTo(time: string): RoundLife {
    const until = instant(time);
    let life = this.silent();
    for (let next = nextWake(roundKind, life.state, life.context); next !== null && next <= until;) {
      const woken = life.wake(later(next, life.state.lastOccurredAt));
      if (woken.history.length === life.history.length) throw new Error(`woken in vain at ${next}`);
      life = woken;
      next = nextWake(roundKind, life.state, life.context);
    }
    return life;
  }

  /** The same round under other rules or people. */
  under(context: RuleContext): RoundLife {
    return new RoundLife(this.state, context, this.facts, this.last, this.history);
  }

  /** The same round with issues that its gates know of. */
  knowing(facts: Partial<RoundFacts>): RoundLife {
    return this.with({ facts: { ...this.facts, ...facts } });
  }

  then(...expectations: ((life: RoundLife) => void)[]): this {
    for (const expectation of expectations) expectation(this);
    return this;
  }

  append(event: RoundEvent, actor: string, at: Instant, effectiveOn: LocalDate | null = null): RoundLife {
    return this.with({
      state: evolveRound(this.state, event, { actor, occurredAt: at, effectiveOn }),
      last: { ...this.last, events: [...this.last.events, event] },
      history: [...this.history, { event, actor, at }],
    });
  }

  wake(now: Instant): RoundLife {
    return advance(roundKind, this.state, this.context, now).events.reduce<RoundLife>(
      (life: RoundLife, event) => life.append(event, ENGINE, now),
      this,
    );
  }

  silent(): RoundLife {
    return this.with({ last: nothing });
  }

  private with({ state, facts, last, history }: Partial<Pick<RoundLife, 'state' | 'facts' | 'last' | 'history'>>): RoundLife {
    return new RoundLife(state ?? this.state, this.context, facts ?? this.facts, last ?? this.last, history ?? this.history);
  }
}

export const given = (life: RoundLife): RoundLife => life.silent();

// Rounds so far, with fixed instants; feedback on Monday 2026-03-02, the period ends on Tuesday 2026-06-02.

export const ROUND = 'R1';

interface Opening {
  readonly feedbackOn?: string;
  readonly at?: string;
  readonly source?: RoundSource;
  readonly context?: RuleContext;
  readonly organisationId?: string | null;
}

export function opened({
  feedbackOn = '2026-03-02',
  at = '2026-03-02T09:00+08:00',
  source,
  context = rules,
  organisationId = null,
}: Opening = {}): RoundLife {
  const supervised = {
    source: source ?? context.policy.source,
    policy: `${context.policy.id}@${context.policy.version}`,
    organisationId,
  };
  return new RoundLife(emptyRound(roundStreamId(ROUND)), context)
    .append({ ...opening, feedbackOn: localDate(feedbackOn), supervised }, 'office', instant(at))
    .wake(instant(at));
}

export const opening: RoundEventOf<'roundOpened'> = {
  type: 'roundOpened',
  name: '区委第三轮巡察',
  inspectedBody: '临江区卫健局',
  inspectingBody: null,
  feedbackOn: localDate('2026-03-02'),
  source: null,
  issues: 12,
};

export const campaignRules: RuleContext = { ...rules, policy: campaign };
export const inCampaign = (so: Opening = {}): RoundLife => opened({ context: campaignRules, ...so });
/** Without cadences, so that a story hears of nothing else. */
export const quiet = (policy: Policy = rules.policy): RuleContext => ({
  ...rules,
  policy: { ...policy, cadences: { ...policy.cadences, value: [] } },
});
export const quietly = (so: Opening = {}): RoundLife => opened({ context: quiet(), ...so });
export const quietCampaign = (so: Opening = {}): RoundLife => opened({ context: quiet(campaign), ...so });

export const filePlan: RoundCommand = { type: 'filePlan', document: text('plan') };
export const file = (report: 'organisationReport' | 'secretaryReport'): RoundCommand => ({
  type: 'fileReport',
  report,
  document: text(report),
});
export const openStage = (stage: string, until: string, ...units: string[]): RoundCommand => ({
  type: 'openStage',
  stage,
  until: localDate(until),
  units,
});
export const submit = (unitId: string): RoundCommand => ({ type: 'submitFinding', unitId, title: text('title'), text: text('finding') });
export const none = (unitId: string): RoundCommand => ({ type: 'reportNone', unitId });
export const call = (period: string, dueOn: string, ...units: string[]): RoundCommand => ({
  type: 'callCollection',
  period,
  dueOn: localDate(dueOn),
  units,
});
export const answer = (collectionId: string, unitId: string, ...issues: string[]): RoundCommand => ({
  type: 'answerCollection',
  collectionId,
  unitId,
  rows: issues.map((issueId) => ({ issueId, measureId: null, progress: text('progress'), completed: false })),
});

/** Plan and both reports in time. */
export const reported = (life: RoundLife = quietly()): RoundLife =>
  life
    .when('2026-03-20T09:00+08:00', by('office', filePlan))
    .when('2026-05-25T09:00+08:00', by('office', file('organisationReport')))
    .when('2026-05-26T09:00+08:00', by('secretary', file('secretaryReport')));
export const assess: RoundCommand = { type: 'assess', deductions: [] };
export const assessed = (life: RoundLife = reported()): RoundLife => life.when('2026-06-10T09:00+08:00', by('inspector', assess));

// What a story expects of its last step.

type Expectation = (life: RoundLife) => void;

export const firedIn = (life: RoundLife): RungFired[] => life.last.events.filter((event): event is RungFired => event.type === 'rungFired');

/** The last step fired exactly these, in this order: `2026-03-02 roundPlan#1 opened > clerk office`. */
export const tells =
  (...lines: string[]): Expectation =>
  (life) => {
    expect(
      firedIn(life).map(
        ({ at, dutyId, rung, recipients }) => `${dateOf(at)} ${dutyId} ${rung} > ${recipients.map(({ personId }) => personId).join(' ')}`,
      ),
    ).toEqual(lines);
  };

/** Of one duty the last step fired exactly these: `2026-04-03 overdue > clerk office secretary`. */
export const tellsOf =
  (dutyId: string, ...lines: string[]): Expectation =>
  (life) => {
    const own = firedIn(life).filter((event) => event.dutyId === dutyId);
    expect(
      own.map(({ at, rung, recipients }) => `${dateOf(at)} ${rung} > ${recipients.map(({ personId }) => personId).join(' ')}`),
    ).toEqual(lines);
  };

export const silence: Expectation = (life) => {
  expect(firedIn(life)).toEqual([]);
};

export const refused =
  (code: string): Expectation =>
  (life) => {
    expect(life.last.rejection?.code).toBe(code);
    expect(life.last.rejection?.what).toMatch(/。$/);
    expect(life.last.rejection?.todo).toMatch(/。$/);
  };

export const accepted: Expectation = (life) => {
  expect(life.last.rejection).toBeNull();
};

export const happened =
  <T extends RoundEvent['type']>(type: T, body: Partial<RoundEventOf<T>> = {}): Expectation =>
  (life) => {
    expect(life.last.rejection).toBeNull();
    expect(life.last.events.filter((event) => event.type === type)).toEqual([expect.objectContaining({ type, ...body })]);
  };

/** Exactly this is owed: `organisationReport#1 rectificationOffice 2026-06-02`. */
export const owed =
  (...lines: string[]): Expectation =>
  (life) => {
    expect(obligations(life.state, life.context).map(({ duty, dueOn }) => `${duty.id} ${duty.holder} ${dueOn}`)).toEqual(lines);
  };

export const closedBy =
  (dutyId: string, by: string): Expectation =>
  (life) => {
    expect(life.state.duties.find(({ id }) => id === dutyId)?.closedBy).toBe(by);
  };

export const state =
  (part: Partial<RoundState>): Expectation =>
  (life) => {
    expect(life.state).toMatchObject(part);
  };
