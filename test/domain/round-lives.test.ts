import { deepStrictEqual } from 'node:assert';
import fc from 'fast-check';
import { agenda } from '../../domain/obligation/agenda';
import { forecast } from '../../domain/obligation/forecast';
import { nextWake } from '../../domain/obligation/kind';
import { obligations } from '../../domain/obligation/obligations';
import type { ObligationKind } from '../../domain/policy/policy';
import type { RoundCommand, RoundCommandType } from '../../domain/round/commands';
import { emptyRound, evolveRound } from '../../domain/round/evolve';
import { roundKind } from '../../domain/round/round-kind';
import { roundStreamId } from '../../domain/round/types';
import { addDays, dateOf, fromMillis, instant, millis, type Instant } from '../../domain/time';
import { text } from './life';
import { directory } from './people';
import {
  answer,
  by,
  call,
  campaignRules,
  file,
  filePlan,
  firedIn,
  none,
  opened,
  openStage,
  ROUND,
  type RoundLife,
  submit,
} from './round-support';

// Random people do random things in a round for a year; between two of them, what was forecast is what is told.

interface Step {
  readonly waitMinutes: number;
  readonly pick: number;
  readonly person: number;
  readonly days: number;
}

const steps = fc.array(
  fc.record({
    waitMinutes: fc.oneof({ weight: 3, arbitrary: fc.nat({ max: 4 * 1440 }) }, { weight: 2, arbitrary: fc.nat({ max: 45 * 1440 }) }),
    pick: fc.nat({ max: 999 }),
    person: fc.nat({ max: 999 }),
    days: fc.integer({ min: -3, max: 60 }),
  }),
  { minLength: 3, maxLength: 24, size: 'max' },
);
const lives = fc.record({ campaign: fc.boolean(), old: fc.boolean(), settled: fc.boolean(), steps });

/** Every command with somebody who may give it. */
const acts: readonly (readonly [actor: string, type: RoundCommandType])[] = [
  ['office', 'filePlan'],
  ['office', 'holdMeeting'],
  ['clerk', 'holdMeeting'],
  ['office', 'callCollection'],
  ['head', 'answerCollection'],
  ['depotHead', 'answerCollection'],
  ['office', 'openStage'],
  ['head', 'submitFinding'],
  ['depotHead', 'reportNone'],
  ['office', 'acceptFinding'],
  ['office', 'mergeFinding'],
  ['office', 'returnFinding'],
  ['office', 'fileReport'],
  ['secretary', 'fileReport'],
  ['inspector', 'assess'],
  ['inspector', 'planRoundCheckBack'],
  ['discipline', 'recordClues'],
  ['inspector', 'closeRound'],
];

function commandOf(
  type: RoundCommandType,
  { state }: RoundLife,
  { pick, days, unitId }: Step & { unitId: string },
  now: Instant,
): RoundCommand {
  const day = addDays(dateOf(now), days);
  const findingId = state.findings.find((finding) => finding.state === 'submitted')?.id ?? 'f0';
  const commands: Readonly<Record<RoundCommandType, () => RoundCommand>> = {
    filePlan: () => filePlan,
    fileReport: () => file(pick % 2 === 0 ? 'organisationReport' : 'secretaryReport'),
    holdMeeting: () => ({ type: 'holdMeeting' }),
    assess: () => ({ type: 'assess', deductions: [{ item: '时限', points: 1 + (pick % 120), reason: text('r') }] }),
    planRoundCheckBack: () => ({ type: 'planRoundCheckBack', mode: 'sample', seed: `S${pick}`, checkers: ['inspector', 'inspector2'] }),
    callCollection: () => call(`P${pick}`, day, 'clinic', ...(pick % 3 === 0 ? ['depot'] : [])),
    answerCollection: () => answer(String(state.collections.length), unitId),
    openStage: () => openStage(`S${pick}`, day, unitId),
    submitFinding: () => submit(unitId),
    reportNone: () => none(unitId),
    acceptFinding: () => ({ type: 'acceptFinding', findingId }),
    mergeFinding: () => ({ type: 'mergeFinding', findingId, issueId: 'R1-001' }),
    returnFinding: () => ({ type: 'returnFinding', findingId, reason: text('r') }),
    recordClues: () => ({ type: 'recordClues', received: pick, handling: 0, settled: 0, released: null }),
    putPolicyInForce: () => ({ type: 'putPolicyInForce', policy: 'district-inspection@4', reason: text('r') }),
    closeRound: () => ({ type: 'closeRound' }),
  };
  return commands[type]();
}

/** By whom and by which acts a duty is met, more or less. */
const meets: Partial<Readonly<Record<ObligationKind, readonly RoundCommandType[]>>> = {
  roundPlan: ['filePlan'],
  organisationReport: ['fileReport'],
  secretaryReport: ['fileReport'],
  assessment: ['assess'],
  checkBackPlan: ['planRoundCheckBack'],
  cadence: ['holdMeeting', 'callCollection', 'openStage'],
  collection: ['answerCollection'],
  selfCheck: ['submitFinding', 'submitFinding', 'reportNone'],
  finding: ['returnFinding', 'acceptFinding', 'mergeFinding'],
};

/** Mostly somebody does what is owed; now and then anybody tries anything. */
function attempt(life: RoundLife, step: Step, now: Instant): ReturnType<typeof by> {
  const owed = obligations(life.state, life.context).flatMap(({ duty }) =>
    (meets[duty.kind] ?? []).map((type) => ({ type, unitId: duty.unitId })),
  );
  const anything = acts.map(([, type]) => ({ type, unitId: null }));
  const { type, unitId } = pickOf(step.person % 4 === 0 ? anything : owed, step.pick) ?? { type: 'closeRound' as const, unitId: null };
  const unit = unitId ?? (step.person % 2 === 0 ? 'clinic' : 'depot');
  const own = unitId ? [unit === 'clinic' ? 'head' : 'depotHead'] : acts.filter((act) => act[1] === type).map(([actor]) => actor);
  const actor = step.person % 7 === 0 ? directory.persons[step.person % directory.persons.length]?.id : pickOf(own, step.pick >> 1);
  return by(actor ?? 'office', commandOf(type, life, { ...step, unitId: unit }, now));
}

const pickOf = <T>(from: readonly T[], pick: number): T | undefined => from[pick % Math.max(from.length, 1)];

const afterMinutes = (at: Instant, minutes: number): Instant => fromMillis(millis(at) + minutes * 60_000);
/** An instant in the first third of an interval. */
const between = (from: Instant, to: Instant): Instant => fromMillis(Math.round((millis(from) * 2 + millis(to)) / 3));
const seen = new Set<string>();

/** Plays a life, checking every interval against its forecast. */
function play({ campaign, old, settled, steps: all }: typeof lives extends fc.Arbitrary<infer T> ? T : never): RoundLife {
  let life = opened({
    ...(campaign ? { context: campaignRules } : {}),
    ...(old ? { feedbackOn: '2025-03-03' } : {}),
  }).knowing({ issues: ['R1-001'], openIssues: settled ? [] : ['R1-001'], closedIssues: settled ? ['R1-001'] : [], lastNumber: 12 });
  const yearEnd = instant('2027-03-02T09:00+08:00');
  let now = life.state.lastOccurredAt;
  for (const step of [...all, { waitMinutes: 400 * 1440, pick: 0, person: 1, days: 0 }]) {
    now = afterMinutes(now, step.waitMinutes) < yearEnd ? afterMinutes(now, step.waitMinutes) : yearEnd;
    const foretold = forecast(roundKind, life.state, life.context, now);
    const half = forecast(roundKind, life.state, life.context, between(life.state.lastOccurredAt, now));
    life = life.passesTo(now);
    deepStrictEqual(firedIn(life), foretold, 'forecast = deed');
    deepStrictEqual(foretold.slice(0, half.length), half, 'a longer forecast begins with the shorter');
    life = life.when(now, attempt(life, step, now));
    seen.add(life.last.rejection?.code ?? life.last.events[0]?.type ?? 'nothing');
    check(life, now);
  }
  return life;
}

function check({ state, context, history }: RoundLife, now: Instant): void {
  const hold = (condition: boolean, what: string): void => {
    if (!condition) throw new Error(`does not hold: ${what}`);
  };
  const open = obligations(state, context);
  const marks = history.flatMap(({ event }) => (event.type === 'rungFired' ? [`${event.dutyId} ${event.rung}@${event.occurrence}`] : []));
  hold(new Set(marks).size === marks.length, 'nothing fires twice');
  hold(new Set(state.duties.map(({ id }) => id)).size === state.duties.length, 'duties have their own ids');
  hold(
    agenda(state, context, now).every(({ at }) => at > now),
    'nothing stays due after a wake',
  );
  if (state.phase === 'closed') {
    hold(open.length === 0 && nextWake(roundKind, state, context) === null, 'a closed round owes nothing');
    hold(
      state.findings.every((finding) => finding.state !== 'submitted'),
      'no finding is forgotten',
    );
  } else if (state.phase === 'rectifying') hold(open.length > 0 && nextWake(roundKind, state, context) !== null, 'somebody owes something');
  for (const finding of state.findings)
    hold(
      (finding.state === 'submitted') === open.some(({ duty }) => duty.id === `finding:${finding.id}`),
      'a waiting finding is owed a judgement',
    );
  const cadences = open.flatMap(({ duty }) => (duty.kind === 'cadence' ? [duty.id.split(':')[1]] : []));
  hold(new Set(cadences).size === cadences.length, 'one open date of a cadence');
  for (const { duty, dueOn } of open)
    if (duty.kind === 'cadence' && dateOf(duty.openedAt) === duty.id.slice(-10))
      hold(dueOn >= duty.id.slice(-10), 'a date is due after it begins');
}

/** For a long run: ZHENGGAI_LIVES=5000 ZHENGGAI_SEED=7 npx jest --selectProjects rules --testPathPatterns domain/round-lives */
const LIVES = Number(process.env['ZHENGGAI_LIVES'] ?? 40);
const SEED = Number(process.env['ZHENGGAI_SEED'] ?? 20260302);

describe('random lives of rounds', () => {
  it('tell what was forecast, hold every rule, and are told by their events', () => {
    fc.assert(
      fc.property(lives, (one) => {
        const { state, history } = play(one);
        const replayed = history.reduce(
          (round, { event, actor, at }) => evolveRound(round, event, { actor, occurredAt: at }),
          emptyRound(roundStreamId(ROUND)),
        );
        deepStrictEqual(replayed, state);
      }),
      { numRuns: LIVES, seed: SEED, endOnFailure: true },
    );
    for (const type of [
      'findingReturned',
      'roundClosed',
      'findingAccepted',
      'collectionAnswered',
      'cadenceHeld',
      'reportFiled',
      'assessed',
      'roundPlanFiled',
    ])
      expect(seen).toContain(type);
  });
});
