import type { DeadlineClass } from '../deadline-class';
import { closedPhases, phaseLabels, type IssueState, type Phase } from '../issue/types';
import { classOf } from './limit';

/**
 * Where a finding stands in the totals. One each, so that they add up to what was fed back: struck off 已销号, 阶段性完成, 需协调, a
 * report's claim that waits to be checked, under way, 中止, and apart from these withdrawn, void and handed over to others.
 */
export type Standing =
  'closed' | 'stageCompleted' | 'coordination' | 'reported' | 'underWay' | 'suspended' | 'withdrawn' | 'void' | 'transferred';

export const standingLabels: Readonly<Record<Standing, string>> = {
  closed: '已销号',
  stageCompleted: '阶段性完成',
  coordination: '需协调',
  reported: '报告称已完成待核查',
  underWay: '正在整改',
  suspended: '中止',
  withdrawn: '撤销',
  void: '作废',
  transferred: '已移交',
};

/** Totals of findings as fed back. */
export interface FindingCounts {
  /** 反馈问题数: a split finding once, a merged one too, and those that are void, withdrawn or handed over. */
  readonly fedBack: number;
  readonly byStanding: Readonly<Record<Standing, number>>;
  /** Of the closed ones those with a tail, 其中长期坚持. */
  readonly closedSustained: number;
  /** Where they stand in detail; a split or merged finding where the issues stand that stand for it. Only phases that occur. */
  readonly byPhase: ReadonlyMap<Phase, number>;
  /** `unplanned`: no plan has named a limit yet. */
  readonly byClass: Readonly<Record<DeadlineClass | 'unplanned', number>>;
  /** How many of them were split, and merged into others. */
  readonly split: number;
  readonly merged: number;
  /** 线下办理 */
  readonly offSystem: number;
  /** How often they were sent back before closeout, and found not rectified after it. */
  readonly returns: number;
  readonly relapses: number;
}

/** A finding with the issues that stand for it now: itself, or what it was split or merged into. */
export interface Finding {
  readonly finding: IssueState;
  readonly standFor: readonly IssueState[];
}

/**
 * The findings as they were fed back. The parts of a split issue carry its number and are named by it: they are no findings of their
 * own. An issue into which another was merged stays one.
 */
export function findingsOf(issues: readonly IssueState[]): readonly Finding[] {
  const byId = new Map(issues.map((state) => [state.id, state]));
  const parts = new Set(
    issues.flatMap(({ replacedBy, number, roundId }) =>
      replacedBy.filter((id) => byId.get(id)?.number === number && byId.get(id)?.roundId === roundId),
    ),
  );
  return issues.filter(({ id }) => !parts.has(id)).map((finding) => ({ finding, standFor: standInsOf(finding, byId, new Set()) }));
}

/** What stands for an issue at last, through splits of parts and merges of merged ones. */
function standInsOf(state: IssueState, byId: ReadonlyMap<string, IssueState>, seen: Set<string>): readonly IssueState[] {
  if (seen.has(state.id)) return [];
  seen.add(state.id);
  if (state.phase !== 'replaced') return [state];
  return state.replacedBy.flatMap((id) => {
    const next = byId.get(id);
    return next ? standInsOf(next, byId, seen) : [];
  });
}

/** From the least advanced on: a finding stands where the part of it stands that has furthest to go. */
const byAdvance: readonly Standing[] = [
  'coordination',
  'suspended',
  'underWay',
  'reported',
  'stageCompleted',
  'closed',
  'transferred',
  'withdrawn',
  'void',
];

export function standingOf({ finding, standFor }: Finding): Standing {
  return leastAdvanced({ finding, standFor }).standing;
}

const phasesInOrder = Object.keys(phaseLabels) as Phase[];

/** Where the part stands that has furthest to go; what nothing known stands for is under way, lest it be taken for done. */
function leastAdvanced({ finding, standFor }: Finding): { readonly standing: Standing; readonly phase: Phase } {
  const stands = standFor
    .map((state) => ({ standing: standingOfIssue(state), phase: state.phase }))
    .sort(
      (a, b) =>
        byAdvance.indexOf(a.standing) - byAdvance.indexOf(b.standing) || phasesInOrder.indexOf(a.phase) - phasesInOrder.indexOf(b.phase),
    );
  return stands[0] ?? { standing: 'underWay', phase: finding.phase };
}

function standingOfIssue({ phase, coordination, reported, measures }: IssueState): Standing {
  if (closedPhases.includes(phase)) return 'closed';
  if (phase === 'stageCompleted' || phase === 'suspended' || phase === 'withdrawn' || phase === 'void' || phase === 'transferred')
    return phase;
  if (coordination?.state === 'accepted') return 'coordination';
  const claimed = reported === 'completed' && measures.length === 0;
  return claimed && ['closeoutRequested', 'checkBack', 'underReview'].includes(phase) ? 'reported' : 'underWay';
}

/** Counts findings as fed back (design.md, section 2: the original number stays and totals count findings as fed back). */
export function countFindings(issues: readonly IssueState[]): FindingCounts {
  return countThese(findingsOf(issues));
}

export function countThese(findings: readonly Finding[]): FindingCounts {
  const stands = findings.map((one) => ({ ...one, ...leastAdvanced(one) }));
  const count = (matches: (one: (typeof stands)[number]) => boolean): number => stands.filter(matches).length;
  const phases = phasesInOrder.map((phase) => [phase, count((one) => one.phase === phase)] as const);
  const classes = stands.map(({ standFor }) => classOf({ measures: standFor.flatMap(({ measures }) => measures) }) ?? 'unplanned');
  return {
    fedBack: stands.length,
    byStanding: table(byAdvance, (standing) => count((one) => one.standing === standing)),
    closedSustained: count(({ standing, standFor }) => standing === 'closed' && standFor.some(({ tail }) => tail)),
    byPhase: new Map(phases.filter(([, n]) => n > 0)),
    byClass: table(['immediate', 'fixedTerm', 'sustained', 'unplanned'], (one) => classes.filter((of) => of === one).length),
    split: count(({ finding }) => finding.phase === 'replaced' && finding.replacedBy.length > 1),
    merged: count(({ finding }) => finding.phase === 'replaced' && finding.replacedBy.length === 1),
    offSystem: count(({ finding }) => finding.offSystem),
    returns: sum(issuesIn(stands), ({ returns }) => returns),
    relapses: sum(issuesIn(stands), ({ relapses }) => relapses),
  };
}

/** Findings by the unit that leads them, `null` for those that nobody has been charged with; each in one unit, so they add up. */
export function countsByUnit(issues: readonly IssueState[]): ReadonlyMap<string | null, FindingCounts> {
  const byUnit = new Map<string | null, Finding[]>();
  for (const one of findingsOf(issues)) {
    const unitId = (one.standFor[0] ?? one.finding).assignment?.leadUnitId ?? one.finding.assignment?.leadUnitId ?? null;
    byUnit.set(unitId, [...(byUnit.get(unitId) ?? []), one]);
  }
  return new Map([...byUnit].map(([unitId, findings]) => [unitId, countThese(findings)]));
}

/** The findings and what stands for them, each once. */
const issuesIn = (findings: readonly Finding[]): readonly IssueState[] => [
  ...new Set(findings.flatMap(({ finding, standFor }) => [finding, ...standFor])),
];

const sum = <T>(of: readonly T[], by: (one: T) => number): number => of.reduce((total, one) => total + by(one), 0);

const table = <K extends string>(keys: readonly K[], count: (key: K) => number): Record<K, number> =>
  Object.fromEntries(keys.map((key) => [key, count(key)])) as Record<K, number>;
