import { defaultPolicy } from './default-policy';
import type { Ladder, ObligationKind, Policy, Rung, Sourced, Strength, Term, TermName } from './policy';

const of = <T>(value: T, strength: Strength, source: string): Sourced<T> => ({ value, strength, source });
const ours = <T>(value: T): Sourced<T> => of(value, 'default', '本产品默认值');

/** The same number elsewhere: what was seen in a district inspection is there only our default. */
const borrow = <T>(one: Sourced<T>): Sourced<T> =>
  one.strength === 'default' ? one : of(one.value, 'default', `本产品默认值，借用区县巡察：${one.source}`);
const borrowAll = <K extends string, T>(table: Readonly<Record<K, Sourced<T>>>): Record<K, Sourced<T>> =>
  Object.fromEntries(Object.entries<Sourced<T>>(table).map(([name, one]) => [name, borrow(one)])) as Record<K, Sourced<T>>;

/** The rules of a district inspection as a start for another kind of round: equal values, their sources said to be borrowed. */
const borrowed: Omit<Policy, 'id' | 'version' | 'title' | 'source'> = {
  terms: borrowAll<TermName, Term>(defaultPolicy.terms),
  ladders: borrowAll<ObligationKind, Ladder>(defaultPolicy.ladders),
  relapseLadder: borrow(defaultPolicy.relapseLadder),
  shortSpanDays: borrow(defaultPolicy.shortSpanDays),
  reviewParties: borrow(defaultPolicy.reviewParties),
  reviewOrder: borrow(defaultPolicy.reviewOrder),
  maxExtensions: borrow(defaultPolicy.maxExtensions),
  maxExtensionDays: borrow(defaultPolicy.maxExtensionDays),
  checkBackBefore: borrow(defaultPolicy.checkBackBefore),
  checkBackAfter: borrow(defaultPolicy.checkBackAfter),
  onTheSpotPercent: borrow(defaultPolicy.onTheSpotPercent),
  drawPercent: borrow(defaultPolicy.drawPercent),
  minimumCheckers: borrow(defaultPolicy.minimumCheckers),
  lateRecordWorkdays: borrow(defaultPolicy.lateRecordWorkdays),
  cadences: borrow(defaultPolicy.cadences),
  assessmentScale: borrow(defaultPolicy.assessmentScale),
};

/** 巡视: the period is six months since 2024; plan, the two reports and the ladder as in a district inspection. */
export const provincialInspection: Policy = {
  ...borrowed,
  id: 'provincial-inspection',
  version: 2,
  title: '省级巡视整改',
  source: 'provincialInspection',
  terms: {
    ...borrowed.terms,
    concentratedPeriod: of({ months: 6 }, 'medium', '2024年起巡视集中整改期为六个月（转述，未见条例原文）'),
  },
};

/** 审计整改: no practice was read closely enough to take a number from it, so every number is our own default. */
export const audit: Policy = {
  ...borrowed,
  id: 'audit',
  version: 2,
  title: '审计整改',
  source: 'audit',
  reviewParties: ours(['disciplineGroup', 'inspectionOffice']),
  cadences: ours([{ id: 'monthly', label: '月调度', every: 'month', during: 'concentratedPeriod' }]),
};

/** In a campaign the leader in charge 包联领导 stands by the units and hears whatever the lead leader hears. */
const withLeaderInCharge = (rung: Rung): Rung =>
  rung.audience.includes('leadLeader') && !rung.audience.includes('leaderInCharge')
    ? { ...rung, audience: rung.audience.flatMap((one) => (one === 'leadLeader' ? [one, 'leaderInCharge' as const] : [one])) }
    : rung;
const standBy = ({ value, strength, source }: Sourced<Ladder>): Sourced<Ladder> => ({
  value: value.map(withLeaderInCharge),
  strength,
  source,
});

/** 专项整治: runs by the stages of its plan; where the plan names a stage's last day, that day counts and not the term here. */
export const campaign: Policy = {
  ...borrowed,
  id: 'campaign',
  version: 2,
  title: '专项整治',
  source: 'campaign',
  terms: {
    ...borrowed.terms,
    plan: ours({ workdays: 10 }),
    roundPlan: ours({ workdays: 10 }),
    concentratedPeriod: of({ months: 3 }, 'default', '本产品默认值；方案写明各阶段起止日期的，以方案为准'),
    assessment: ours({ months: 1 }),
  },
  ladders: Object.fromEntries(
    Object.entries<Sourced<Ladder>>(borrowed.ladders).map(([kind, ladder]) => [kind, standBy(ladder)]),
  ) as unknown as Policy['ladders'],
  relapseLadder: standBy(borrowed.relapseLadder),
  cadences: of(
    [
      { id: 'weekly', label: '周信息报送', every: 'week', during: 'round' },
      { id: 'monthly', label: '一督查一分析一通报', every: 'month', during: 'round' },
    ],
    'strong',
    '某旗公开的专项整治做法：周信息报送制度，一月一督查、一分析、一通报',
  ),
};

/** The policies that come with the product, one for each source of a round; the first is in force on a new database. */
export const policyPacks: readonly Policy[] = [defaultPolicy, provincialInspection, audit, campaign];
