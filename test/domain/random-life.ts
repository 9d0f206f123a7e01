import fc from 'fast-check';
import type { CommandType, IssueCommand } from '../../domain/issue/commands';
import type { CommandOf } from '../../domain/issue/decision';
import type { IssueState, Phase } from '../../domain/issue/types';
import { addDays, dateOf, fromMillis, millis, type Instant } from '../../domain/time';
import { sampleCommands } from './commands';
import { directory, extension, measure, plan, recordCheckBack, text } from './support';

/** One step of a random life: some time passes, then the engine wakes or somebody tries something. */
export interface RandomStep {
  readonly waitMinutes: number;
  readonly what: 'wake' | 'likely' | 'wild';
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
  what: fc.constantFrom('wake', 'likely', 'likely', 'likely', 'likely', 'likely', 'wild'),
  pick: fc.nat({ max: 999 }),
  person: fc.nat({ max: directory.persons.length - 1 }),
  days: fc.integer({ min: -10, max: 220 }),
});

export const randomLife = fc.record({
  reported: fc.constantFrom(null, null, 'in_progress' as const, 'completed' as const),
  feedbackDaysAgo: fc.constantFrom(0, 0, 0, 30, 400),
  steps: fc.array(steps, { minLength: 4, maxLength: 32, size: 'max' }),
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
    ...(Array.from({ length: 8 }, (_, n) => ['head', n % 2 === 0 ? 'completeMeasure' : 'requestCloseout']) as Likely[]),
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
    ['office', 'holdPaper'],
    ['inspector', 'escalate'],
    ['inspector', 'suspend'],
    ['office', 'reassign'],
    ['office', 'split'],
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

/** Who tries what in this step; null when the engine only wakes. */
export function attempt(state: IssueState, step: RandomStep, now: Instant): { actor: string; command: IssueCommand } | null {
  if (step.what === 'wake') return null;
  const wild = Object.keys(sampleCommands) as [CommandType, ...CommandType[]];
  const [actor, type] =
    step.what === 'likely'
      ? choose<Likely>(likely[state.phase], step.pick)
      : ([directory.persons[step.person]?.id ?? '', choose(wild, step.pick)] as const);
  return { actor, command: commandOf(type, state, step, now) };
}

/** A command of a type, with content that mostly fits the state. */
function commandOf(type: CommandType, state: IssueState, { pick, days }: RandomStep, now: Instant): IssueCommand {
  const returns = pick % 7 === 0;
  const date = addDays(dateOf(now), days);
  switch (type) {
    case 'proposePlan':
      return pick % 2 === 0 ? plan(measure(null, true)) : plan(measure(date), measure(null, true));
    case 'completeMeasure':
      return { type, measureId: state.measures.find(({ completedAt }) => completedAt === null)?.id ?? 'm1', evidence: text('e') };
    case 'requestExtension':
      return extension(date);
    case 'decideExtension':
      return { type, granted: pick % 3 !== 0 };
    case 'confirmCorrection':
      return { type, granted: pick % 2 === 0 };
    case 'reassign':
      return { ...(sampleCommands.reassign as CommandOf<'reassign'>), leadUnitId: pick % 2 === 0 ? 'depot' : 'clinic' };
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
