import fc from 'fast-check';
import type { CommandType, IssueCommand } from '../../domain/issue/commands';
import type { CommandOf } from '../../domain/issue/decision';
import type { IssueState, Phase } from '../../domain/issue/types';
import type { RuleContext } from '../../domain/context';
import { defaultPolicy } from '../../domain/policy/default-policy';
import { dutyHolders } from '../../domain/parties';
import type { ObligationKind } from '../../domain/policy/policy';
import { addDays, dateOf, fromMillis, millis, type Instant } from '../../domain/time';
import { sampleCommands } from './commands';
import { withMilestones } from './shared';
import {
  assign,
  day,
  directory,
  extension,
  measure,
  plan,
  post,
  recordCheckBack,
  rules,
  text,
  vacant,
  withDirectory,
  withPolicy,
} from './support';

const away = (personId: string, substituteId: string, from: string, to: string | null) => ({
  personId,
  substituteId,
  roles: [],
  from: day(from),
  to: to === null ? null : day(to),
});
const sourced = <T>(value: T) => ({ ...defaultPolicy.reviewOrder, value });

/** The people and rules under which a life goes: all there, somebody away, a post empty, heads who change, other policies. */
export const surroundings: Readonly<Record<string, RuleContext>> = {
  usual: rules,
  substitutes: withDirectory({
    substitutes: [
      away('head', 'handler', '2024-02-01', '2024-09-30'),
      away('leader', 'secretary', '2024-03-01', null),
      away('cadres', 'discipline', '2024-01-01', '2025-06-30'),
      away('inspector', 'inspector2', '2024-06-01', null),
    ],
  }),
  nobodyHeads: vacant('unitHead', 'leadingGroup'),
  noOffice: vacant('rectificationOffice', 'organisationDept'),
  headsChange: withDirectory({
    posts: [
      ...directory.posts.filter(({ personId }) => personId !== 'head'),
      post('depotHead', 'clinic', 'unitHead', { to: day('2024-03-08') }),
      post('head', 'clinic', 'unitHead', { from: day('2024-03-25'), to: day('2024-12-31') }),
      post('liaison', 'clinic', 'unitHead', { from: day('2025-01-01') }),
    ],
  }),
  oneAfterTheOther: withPolicy({
    reviewOrder: sourced('inOrder' as const),
    checkBackAfter: { ...defaultPolicy.checkBackAfter, value: 'none' },
  }),
  noCheckBackBefore: withPolicy({ checkBackBefore: { ...defaultPolicy.checkBackBefore, value: false } }),
};

/** One step of a random life: some time passes, then the engine wakes or somebody tries something. */
export interface RandomStep {
  readonly waitMinutes: number;
  readonly what: 'wake' | 'owed' | 'likely' | 'wild';
  readonly pick: number;
  readonly person: number;
  readonly days: number;
}

const steps: fc.Arbitrary<RandomStep> = fc.record({
  // mostly hours and days, now and then a season
  waitMinutes: fc.oneof(
    { weight: 6, arbitrary: fc.nat({ max: 4 * 1440 }) },
    { weight: 2, arbitrary: fc.nat({ max: 40 * 1440 }) },
    { weight: 1, arbitrary: fc.nat({ max: 250 * 1440 }) },
  ),
  what: fc.constantFrom('wake', 'owed', 'owed', 'owed', 'owed', 'owed', 'likely', 'likely', 'wild'),
  pick: fc.nat({ max: 999 }),
  person: fc.nat({ max: directory.persons.length - 1 }),
  days: fc.integer({ min: -10, max: 220 }),
});

export const randomLife = fc.record({
  reported: fc.constantFrom(null, null, 'in_progress' as const, 'completed' as const),
  feedbackDaysAgo: fc.constantFrom(0, 0, 0, 30, 400),
  around: fc.constantFrom('usual', 'usual', 'usual', ...Object.keys(surroundings)),
  steps: fc.array(steps, { minLength: 4, maxLength: 40, size: 'max' }),
});

type Likely = readonly [actor: string, type: CommandType];

/** What people would do in a phase; the first ones lead on, so that random lives get far. */
const likely: Readonly<Record<Phase, readonly [Likely, ...Likely[]]>> = {
  registered: [
    ['office', 'assign'],
    ['office', 'assign'],
    ['office', 'assign'],
    ['office', 'assign'],
    ['office', 'void'],
    ['clerk', 'confirmCorrection'],
  ],
  assigned: [
    ['head', 'acknowledge'],
    ['head', 'acknowledge'],
    ['clerk', 'assign'],
  ],
  acknowledged: [
    ['handler', 'proposePlan'],
    ['head', 'proposePlan'],
    ['inspector', 'decideExtension'],
  ],
  planned: [
    ['leader', 'approvePlan'],
    ['office', 'approvePlan'],
    ['group', 'approvePlan'],
    ['leader', 'approvePlan'],
    ['leader', 'returnPlan'],
  ],
  rectifying: [
    ['handler', 'completeMeasure'],
    ['head', 'requestCloseout'],
    ['liaison', 'reportProgress'],
    ['head', 'requestExtension'],
    ['inspector', 'decideExtension'],
    ['inspector', 'reviewPlan'],
    ['office', 'signPaper'],
    ['inspector', 'signPaper'],
    ['leader', 'replyToPaper'],
    ['secretary', 'replyToPaper'],
    ['leader', 'decideExtension'],
    ['head', 'requestCoordination'],
    ['office', 'decideCoordination'],
    ['secretary', 'answerCoordination'],
    ['head', 'noteCoordination'],
    ['head', 'requestExtension'],
    ['head', 'requestCoordination'],
    ['office', 'holdPaper'],
    ['office', 'declinePaper'],
    ['inspector', 'escalate'],
    ['inspector', 'suspend'],
    ['office', 'reassign'],
    ['office', 'split'],
    ['office', 'recordMoney'],
    ['office', 'correctMoney'],
    ['office', 'recordRule'],
    ['office', 'editImplementation'],
    ['inspector', 'decideTalk'],
    ['clerk', 'confirmCorrection'],
  ],
  closeoutRequested: [
    ['office', 'planCheckBack'],
    ['office', 'acceptReported'],
  ],
  checkBack: [['office', 'recordCheckBack']],
  underReview: [
    ['discipline', 'review'],
    ['cadres', 'review'],
    ['inspector', 'review'],
  ],
  closed: [
    ['inspector', 'drawCheckBack'],
    ['head', 'confirmUpkeep'],
    ['office', 'signPaper'],
  ],
  stageCompleted: [
    ['office', 'reviewStage'],
    ['office', 'reviewStage'],
    ['clerk', 'confirmCorrection'],
  ],
  afterCheckBack: [['inspector', 'recordCheckBack']],
  upkeep: [['head', 'confirmUpkeep']],
  consolidated: [
    ['liaison', 'comment'],
    ['inspector', 'reopen'],
  ],
  suspended: [
    ['inspector', 'resume'],
    ['inspector', 'reviewSuspension'],
    ['inspector', 'resume'],
    ['inspector', 'withdraw'],
  ],
  withdrawn: [['liaison', 'comment']],
  void: [['liaison', 'comment']],
  transferred: [['liaison', 'comment']],
  replaced: [['liaison', 'comment']],
};

/** What settles a duty; the first that fits the state. */
const settling: Partial<Readonly<Record<ObligationKind, (state: IssueState) => CommandType>>> = {
  assign: () => 'assign',
  receipt: () => 'acknowledge',
  plan: () => 'proposePlan',
  planApproval: () => 'approvePlan',
  planReview: () => 'reviewPlan',
  rectify: ({ measures }) =>
    measures.some(({ dueOn, completedAt }) => dueOn !== null && completedAt === null) ? 'completeMeasure' : 'requestCloseout',
  measure: () => 'completeMeasure',
  milestone: () => 'completeMilestone',
  extensionDecision: () => 'decideExtension',
  checkBack: ({ phase }) => (phase === 'closeoutRequested' ? 'planCheckBack' : 'recordCheckBack'),
  review: () => 'review',
  checkBackDraw: () => 'drawCheckBack',
  afterCheckBack: () => 'recordCheckBack',
  signPaper: () => 'signPaper',
  reply: () => 'replyToPaper',
  upkeep: () => 'confirmUpkeep',
  stageReview: () => 'reviewStage',
  suspensionReview: () => 'resume',
  coordinationDecision: () => 'decideCoordination',
  coordinationAnswer: () => 'answerCoordination',
  coordinationNote: () => 'noteCoordination',
  correction: () => 'confirmCorrection',
  talkDecision: () => 'decideTalk',
};

/** Somebody does what they owe. */
function settled(state: IssueState, { pick }: RandomStep, now: Instant, { directory: people }: RuleContext): Likely | null {
  const duty = maybe(
    state.duties.filter(({ closedAt, stoppedAt }) => closedAt === null && stoppedAt === null),
    pick,
  );
  const type = duty && settling[duty.kind]?.(state);
  if (!duty || !type) return null;
  const { personIds } = dutyHolders(people, state, duty, dateOf(now));
  return [maybe(personIds, pick) ?? 'office', type];
}

/** Who tries what in this step; null when the engine only wakes. */
export function attempt(
  state: IssueState,
  step: RandomStep,
  now: Instant,
  context: RuleContext,
): { actor: string; command: IssueCommand } | null {
  if (step.what === 'wake') return null;
  const wild = Object.keys(sampleCommands) as [CommandType, ...CommandType[]];
  const any = (): Likely => [directory.persons[step.person]?.id ?? '', choose(wild, step.pick)];
  const usual = (): Likely => choose<Likely>(likely[state.phase], step.pick);
  const [actor, type] = step.what === 'wild' ? any() : ((step.what === 'owed' ? settled(state, step, now, context) : null) ?? usual());
  return { actor, command: commandOf(type, state, step, now) };
}

/** A command of a type, with content that mostly fits the state. */
function commandOf(type: CommandType, state: IssueState, { pick, days }: RandomStep, now: Instant): IssueCommand {
  const returns = pick % 7 === 0;
  const date = addDays(dateOf(now), days);
  switch (type) {
    case 'assign':
      return pick % 3 === 0 ? { ...(assign as CommandOf<'assign'>), coUnitIds: ['depot'] } : assign;
    case 'proposePlan': {
      const sustained = withMilestones(measure(null, true), addDays(date, 30), addDays(date, 200));
      const ofDepot = (state.assignment?.coUnitIds ?? []).map((unitId) => ({ ...measure(addDays(date, 15)), unitId }));
      return pick % 2 === 0 ? plan(sustained) : plan(measure(date), ...ofDepot, ...(pick % 3 === 0 ? [sustained] : [measure(null, true)]));
    }
    case 'completeMilestone': {
      const measures = state.measures.filter(({ milestones = [] }) => milestones.some(({ completedAt }) => completedAt === null));
      const milestone = measures[0]?.milestones?.find(({ completedAt }) => completedAt === null);
      return { type, measureId: measures[0]?.id ?? 'm1', milestoneId: milestone?.id ?? 'm1.1', evidence: text('e') };
    }
    case 'completeMeasure':
      return { type, measureId: state.measures.find(({ completedAt }) => completedAt === null)?.id ?? 'm1', evidence: text('e') };
    case 'requestExtension':
      return extension(addDays(state.dueOn ?? dateOf(now), days));
    case 'decideExtension':
      return { type, granted: pick % 3 !== 0 };
    case 'confirmCorrection':
      return { type, granted: pick % 2 === 0 };
    case 'reassign':
      return { ...(sampleCommands.reassign as CommandOf<'reassign'>), leadUnitId: pick % 2 === 0 ? 'depot' : 'clinic' };
    case 'decideTalk':
      return pick % 2 === 0
        ? { type, hold: true, reason: text('r'), talkOn: addDays(dateOf(now), Math.abs(days) % 30), place: text('p') }
        : { type, hold: false, reason: text('r') };
    case 'correctMoney': {
      const { recoveredFen, refundedFen, ...item } = sampleCommands.correctMoney as CommandOf<'correctMoney'>;
      const moved = pick % recoveredFen;
      return { ...item, recoveredFen: recoveredFen - moved, refundedFen: refundedFen + moved };
    }
    case 'suspend':
    case 'reviewSuspension':
      return { ...sampleCommands[type], reviewOn: addDays(dateOf(now), Math.abs(days) + 5) } as IssueCommand;
    case 'resume':
      return { type, reason: text('r'), ...(days > 20 ? { newDueOn: date } : {}) };
    case 'decideCoordination':
      return { type, accepted: pick % 4 !== 0 };
    case 'answerCoordination':
      return { type, answer: text('a'), ...(days > 20 ? { newDueOn: date } : {}) };
    case 'reviewStage':
      return { type, verdict: pick % 4 === 0 ? 'returned' : 'kept', opinion: text('o') };
    case 'recordRule':
      return { type, name: text('rule'), madeOn: dateOf(now) };
    case 'setPublicStatus':
      return { type, status: 'inProgress', on: dateOf(now) };
    case 'recuse':
      return { type, personId: directory.persons[pick % directory.persons.length]?.id ?? '', reason: text('r') };
    case 'reviewPlan':
    case 'review':
      return returns ? { type, verdict: 'returned', opinion: text('o') } : { type, verdict: 'approved' };
    case 'planCheckBack':
      return { type, checkers: pick % 9 === 0 ? ['liaison', 'office'] : ['office', 'clerk'] };
    case 'recordCheckBack':
      if (state.phase === 'afterCheckBack') return recordCheckBack(pick % 3 === 0 ? 'consolidated' : 'relapsed');
      return recordCheckBack(pick % 4 === 0 ? 'returned' : 'passed');
    case 'drawCheckBack':
      return { type, seed: `S${pick}`, checkers: ['inspector', 'inspector2'], chosen: pick % 3 !== 0 };
    case 'holdPaper':
    case 'declinePaper': {
      const paperId = maybe([...state.papers.filter((one) => one.state === 'draft'), ...state.papers], pick)?.id ?? 'none';
      const reason = text('r');
      return type === 'holdPaper' ? { type, paperId, reason, until: addDays(dateOf(now), Math.abs(days) % 60) } : { type, paperId, reason };
    }
    case 'signPaper':
      return { type, paperId: maybe([...state.papers.filter((one) => one.state === 'draft'), ...state.papers], pick)?.id ?? 'none' };
    case 'replyToPaper':
      return {
        type,
        paperId: maybe([...state.papers.filter((one) => one.state === 'issued'), ...state.papers], pick)?.id ?? 'none',
        reply: text('r'),
      };
    default:
      return sampleCommands[type];
  }
}

const choose = <T>(from: readonly [T, ...T[]], pick: number): T => from[pick % from.length] ?? from[0];
const maybe = <T>(from: readonly T[], pick: number): T | undefined => from[pick % from.length];

export const later = (at: Instant, minutes: number): Instant => fromMillis(millis(at) + minutes * 60_000);
