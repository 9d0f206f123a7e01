import { stateCouncilCalendar } from '../../domain/calendar-data';
import type { Directory, Post } from '../../domain/directory';
import { advance, ENGINE } from '../../domain/issue/advance';
import { agenda } from '../../domain/issue/agenda';
import type { IssueCommand, ProposedMeasure } from '../../domain/issue/commands';
import type { RuleContext } from '../../domain/issue/context';
import { decide } from '../../domain/issue/decide';
import type { EventOf, IssueEvent } from '../../domain/issue/events';
import { emptyIssue, evolve } from '../../domain/issue/evolve';
import { obligations } from '../../domain/issue/obligations';
import type { ContentRef, IssueState, PaperState, Phase, ReportedStatus } from '../../domain/issue/types';
import { defaultPolicy } from '../../domain/policy/default-policy';
import type { Policy } from '../../domain/policy/policy';
import type { Role } from '../../domain/roles';
import { dateOf, instant, later, localDate, type Instant, type LocalDate } from '../../domain/time';

// Given a life so far, when a command is given or time passes, then this is told, refused or owed.
//
//   given(rectifying({ due: '2026-10-31' }))
//     .when('2026-10-20T08:30+08:00', agendaFires)
//     .then(notice({ rung: 'before-10', to: ['handler', 'head', 'leader'] }));

/** A person for every role, named after it, so that a test reads as a story. */
const posts: readonly (readonly [person: string, unit: string, role: Role])[] = [
  ['head', 'clinic', 'unitHead'],
  ['handler', 'clinic', 'handler'],
  ['liaison', 'clinic', 'liaison'],
  ['depotHead', 'depot', 'unitHead'],
  ['leader', 'bureau', 'leadLeader'],
  ['secretary', 'bureau', 'firstResponsible'],
  ['office', 'bureau', 'rectificationOffice'],
  ['clerk', 'bureau', 'rectificationOffice'],
  ['group', 'bureau', 'leadingGroup'],
  ['discipline', 'watch', 'disciplineGroup'],
  ['cadres', 'watch', 'organisationDept'],
  ['inspector', 'inspection', 'inspectionOffice'],
  ['inspector2', 'inspection', 'inspectionOffice'],
];

export const post = (personId: string, unitId: string, role: Role, period: Partial<Pick<Post, 'from' | 'to'>> = {}): Post => ({
  personId,
  unitId,
  role,
  title: role,
  from: null,
  to: null,
  ...period,
});

export const directory: Directory = {
  version: 1,
  units: [
    { id: 'inspection', name: '区委巡察办', kind: 'inspection', parentId: null },
    { id: 'watch', name: '派驻纪检监察组', kind: 'inspection', parentId: 'inspection' },
    { id: 'bureau', name: '临江区卫健局', kind: 'organisation', parentId: 'inspection' },
    { id: 'clinic', name: '北门卫生院', kind: 'unit', parentId: 'bureau' },
    { id: 'depot', name: '药品库', kind: 'unit', parentId: 'bureau' },
  ],
  persons: posts.map(([id]) => ({ id, name: id, email: `${id}@linjiang.example` })),
  posts: posts.map(([personId, unitId, role]) => post(personId, unitId, role)),
};

export const rules: RuleContext = { policy: defaultPolicy, calendar: stateCouncilCalendar, directory };
export const withPolicy = (change: Partial<Policy>): RuleContext => ({ ...rules, policy: { ...defaultPolicy, ...change } });
export const withDirectory = (change: Partial<Directory>): RuleContext => ({ ...rules, directory: { ...directory, ...change } });
/** The directory without a role's posts. */
export const vacant = (...empty: Role[]): RuleContext =>
  withDirectory({ posts: directory.posts.filter(({ role }) => !empty.includes(role)) });

export const text = (name: string): ContentRef => ({ content: name, sha256: name });

/** What happens at an instant: somebody gives a command, or the agenda fires what is due. */
export type Happening = typeof agendaFires | { readonly actor: string; readonly command: IssueCommand };
export const agendaFires = 'agendaFires';
export const by = (actor: string, command: IssueCommand): Happening => ({ actor, command });

/** What came of the last `when`. */
interface Last {
  readonly events: readonly IssueEvent[];
  readonly rejection: string | null;
}

/** A life of an issue as it is told; every step gives a new one. */
export class Life {
  constructor(
    readonly state: IssueState,
    readonly context: RuleContext,
    readonly last: Last = { events: [], rejection: null },
    readonly history: readonly { readonly event: IssueEvent; readonly actor: string; readonly at: Instant }[] = [],
  ) {}

  /** As the ledger does it: what is due fires, then the gate judges, then new duties are announced. */
  when(time: string, happening: Happening = agendaFires): Life {
    const now = later(instant(time), this.state.lastOccurredAt);
    const due = this.with(this.state).fire(now);
    if (happening === agendaFires) return due;
    const { actor, command } = happening;
    const decision = decide(due.state, command, { ...this.context, now, actor });
    if (!decision.ok) return due.with(due.state, { ...due.last, rejection: decision.rejection.code });
    return decision.events.reduce((life, event) => life.append(event, actor, now), due).fire(now);
  }

  /** Time passes: each rung fires at its own instant. */
  passesTo(time: string): Life {
    const until = instant(time);
    let life = this.with(this.state);
    for (;;) {
      const next = agenda(life.state, life.context, life.state.lastOccurredAt)[0];
      if (!next || next.at > until) return life;
      life = life.fire(later(next.at, life.state.lastOccurredAt));
    }
  }

  /** The same life under other rules or people. */
  under(context: RuleContext): Life {
    return new Life(this.state, context, this.last, this.history);
  }

  then(...expectations: ((life: Life) => void)[]): this {
    for (const expectation of expectations) expectation(this);
    return this;
  }

  append(event: IssueEvent, actor: string, at: Instant): Life {
    const state = evolve(this.state, event, { actor, occurredAt: at });
    const last = { ...this.last, events: [...this.last.events, event] };
    return new Life(state, this.context, last, [...this.history, { event, actor, at }]);
  }

  private fire(now: Instant): Life {
    return advance(this.state, this.context, now).events.reduce((life: Life, event) => life.append(event, ENGINE, now), this);
  }

  private with(state: IssueState, last: Last = { events: [], rejection: null }): Life {
    return new Life(state, this.context, last, this.history);
  }
}

/** A life so far, from which a story goes on. */
export const given = (life: Life): Life => new Life(life.state, life.context, { events: [], rejection: null }, life.history);

// --- lives so far, with fixed instants; feedback on Monday 2026-03-02 ---

export const ISSUE = 'R1-001';
export const FEEDBACK = '2026-03-02';

export function registered({ reported = null, context = rules }: { reported?: ReportedStatus | null; context?: RuleContext } = {}): Life {
  const event: IssueEvent = {
    type: 'registered',
    roundId: 'R1',
    number: 1,
    title: text('title'),
    text: text('text'),
    feedbackOn: localDate(FEEDBACK),
    reported,
  };
  return new Life(emptyIssue(ISSUE), context).append(event, 'office', instant('2026-03-02T09:00+08:00')).when('2026-03-02T09:00+08:00');
}

export const assign: IssueCommand = { type: 'assign', leadUnitId: 'clinic', leadLeaderId: 'leader' };
export const measure = (dueOn: string | null, sustained = false): ProposedMeasure => ({
  unitId: 'clinic',
  text: text('measure'),
  dueOn: dueOn === null ? null : localDate(dueOn),
  sustained,
});
export const plan = (...measures: ProposedMeasure[]): IssueCommand => ({ type: 'proposePlan', measures });
export const approvePlan: IssueCommand = { type: 'approvePlan' };
export const approve: IssueCommand = { type: 'review', verdict: 'approved' };
export const extension = (newDueOn: string): IssueCommand => ({
  type: 'requestExtension',
  newDueOn: localDate(newDueOn),
  reason: text('reason'),
  progress: text('progress'),
});
export const recordCheckBack = (result: 'passed' | 'returned' | 'consolidated' | 'relapsed'): IssueCommand => ({
  type: 'recordCheckBack',
  result,
  seen: text('seen'),
});

export const assigned = (context = rules): Life => registered({ context }).when('2026-03-03T09:00+08:00', by('office', assign));
export const acknowledged = (context = rules): Life =>
  assigned(context).when('2026-03-04T09:00+08:00', by('head', { type: 'acknowledge' }));
export const proposed = ({ due = '2026-09-30', context = rules }: { due?: string | null; context?: RuleContext } = {}): Life =>
  acknowledged(context).when('2026-03-10T09:00+08:00', by('handler', plan(measure(due, due === null))));
export const rectifying = (so: { due?: string | null; context?: RuleContext } = {}): Life =>
  proposed(so).when('2026-03-11T09:00+08:00', by('leader', approvePlan)).when('2026-03-12T09:00+08:00', by('office', approvePlan));
/** In rectification and past the inspection office's 方案审核, so that only the unit owes something. */
export const underWay = (so: { due?: string | null; context?: RuleContext } = {}): Life =>
  rectifying(so).when('2026-03-13T09:00+08:00', by('inspector', { type: 'reviewPlan', verdict: 'approved' }));
export const done = (context = rules): Life =>
  underWay({ context }).when(
    '2026-06-01T09:00+08:00',
    by('handler', { type: 'completeMeasure', measureId: 'm1', evidence: text('evidence') }),
  );
export const handedIn = (context = rules): Life => done(context).when('2026-06-02T09:00+08:00', by('head', { type: 'requestCloseout' }));
export const looking = (context = rules): Life =>
  handedIn(context).when(
    '2026-06-03T09:00+08:00',
    by('office', { type: 'planCheckBack', checkers: ['office', 'discipline'], mode: 'onTheSpot' }),
  );
export const underReview = (context = rules): Life =>
  looking(context).when('2026-06-10T09:00+08:00', by('office', recordCheckBack('passed')));
export const closed = (context = rules): Life =>
  underReview(context)
    .when('2026-06-11T09:00+08:00', by('discipline', approve))
    .when('2026-06-12T09:00+08:00', by('cadres', approve))
    .when('2026-06-15T09:00+08:00', by('inspector', approve));
export const drawn = (context = rules): Life =>
  closed(context).when(
    '2026-12-01T09:00+08:00',
    by('inspector', { type: 'drawCheckBack', seed: 'S', checkers: ['inspector', 'inspector2'], chosen: true }),
  );
export const relapsed = (context = rules): Life =>
  drawn(context).when('2026-12-10T09:00+08:00', by('inspector', recordCheckBack('relapsed')));

// --- what is expected ---

type Expectation = (life: Life) => void;

/** The rungs that the last step fired. */
export const firedIn = (life: Life): EventOf<'rungFired'>[] =>
  life.last.events.filter((event): event is EventOf<'rungFired'> => event.type === 'rungFired');

/** Of the rungs that the last step fired, one is this, and it was told to exactly these persons. */
export const notice =
  ({ to, ...rung }: { duty?: string; rung: string; to: readonly string[]; tone?: string; at?: string; occurrence?: number }): Expectation =>
  (life) => {
    const found = firedIn(life).filter((event) => event.rung === rung.rung && (rung.duty === undefined || event.dutyId === rung.duty));
    expect(found).toHaveLength(1);
    expect(found[0]?.recipients.map(({ personId }) => personId)).toEqual([...to].sort());
    if (rung.tone !== undefined) expect(found[0]?.tone).toBe(rung.tone);
    if (rung.at !== undefined) expect(found[0]?.at).toBe(instant(rung.at));
    if (rung.occurrence !== undefined) expect(found[0]?.occurrence).toBe(rung.occurrence);
  };

/** The last step fired exactly these, in this order: `2026-09-10 rectify#2 before-20 > handler`. */
export const tells =
  (...lines: string[]): Expectation =>
  (life) => {
    expect(
      firedIn(life).map(
        ({ at, dutyId, rung, recipients }) => `${dateOf(at)} ${dutyId} ${rung} > ${recipients.map(({ personId }) => personId).join(' ')}`,
      ),
    ).toEqual(lines);
  };

export const silence: Expectation = (life) => {
  expect(firedIn(life)).toEqual([]);
};

export const superseded =
  (dutyId: string, ...rungs: string[]): Expectation =>
  (life) => {
    const marks = life.last.events.flatMap((event) => (event.type === 'rungsSuperseded' && event.dutyId === dutyId ? event.rungs : []));
    expect(marks.map(({ rung, occurrence }) => (occurrence === 0 ? rung : `${rung}@${occurrence}`))).toEqual(rungs);
  };

export const refused =
  (code: string): Expectation =>
  (life) => {
    expect(life.last.rejection).toBe(code);
  };

export const accepted: Expectation = (life) => {
  expect(life.last.rejection).toBeNull();
};

export const happened =
  <T extends IssueEvent['type']>(type: T, body: Partial<EventOf<T>> = {}): Expectation =>
  (life) => {
    expect(life.last.events.filter((event) => event.type === type)).toEqual([expect.objectContaining({ type, ...body })]);
  };

export const stands =
  (phase: Phase): Expectation =>
  (life) => {
    expect(life.last.rejection).toBeNull();
    expect(life.state.phase).toBe(phase);
  };

/** Exactly this is owed: `rectify#1 unitHead 2026-06-02`, with ` stopped` when its clock rests. */
export const owed =
  (...lines: string[]): Expectation =>
  (life) => {
    expect(
      obligations(life.state, life.context).map(
        ({ duty, dueOn }) => `${duty.id} ${duty.holder} ${dueOn}${duty.stoppedAt === null ? '' : ' stopped'}`,
      ),
    ).toEqual(lines);
  };

export const paper =
  (id: string, state: PaperState): Expectation =>
  (life) => {
    expect(life.state.papers.find((one) => one.id === id)?.state).toBe(state);
  };

export const state =
  (part: Partial<IssueState>): Expectation =>
  (life) => {
    expect(life.state).toMatchObject(part);
  };

export const day = (date: string): LocalDate => localDate(date);
