import { defaultPolicy } from '../../domain/policy/default-policy';
import { ladderEnds, remindOnlyKinds } from '../../domain/policy/ladder-ends';
import { amountOf, isAfterDue } from '../../domain/policy/offsets';
import { audit, campaign, policyPacks, provincialInspection } from '../../domain/policy/packs';
import { obligationLabels, roundSourceLabels, type ObligationKind, type Policy, type Rung, type Sourced } from '../../domain/policy/policy';

const laddersOf = (policy: Policy): (readonly [name: string, ladder: readonly Rung[]])[] => [
  ...Object.entries(policy.ladders).map(([kind, { value }]) => [kind, value] as const),
  ['relapse', policy.relapseLadder.value],
];
const all = policyPacks.flatMap((policy) => laddersOf(policy).map(([name, ladder]) => [policy.id, name, ladder] as const));
const numbersOf = (value: unknown): [string, Sourced<unknown>][] =>
  typeof value !== 'object' || value === null
    ? []
    : Object.entries(value).flatMap(([name, one]): [string, Sourced<unknown>][] =>
        typeof one === 'object' && one !== null && 'strength' in one ? [[name, one as Sourced<unknown>]] : numbersOf(one),
      );

describe('the packs', () => {
  it('are one for each source of a round, the default first', () => {
    expect(policyPacks.map(({ id }) => id)).toEqual(['district-inspection', 'provincial-inspection', 'audit', 'campaign']);
    expect(policyPacks.map(({ source }) => source)).toEqual(Object.keys(roundSourceLabels));
    expect(policyPacks[0]).toBe(defaultPolicy);
  });

  it.each(policyPacks)('$id: every number has a strength and a source', (policy) => {
    const bare = Object.entries(policy).filter(
      ([name, value]) => typeof value !== 'object' && !['id', 'version', 'title', 'source'].includes(name),
    );
    expect(bare).toEqual([]);
    const numbers = numbersOf(policy);
    const fields = Object.keys(policy).length - 4 - 2;
    expect(numbers.length).toBe(Object.keys(policy.terms).length + Object.keys(policy.ladders).length + fields);
    for (const [name, { strength, source }] of numbers)
      expect([name, ['strong', 'medium', 'weak', 'default'].includes(strength), source !== '']).toEqual([name, true, true]);
  });

  it.each(policyPacks)('$id: what is our own says so, what is not names somebody else', (policy) => {
    for (const [name, { strength, source }] of numbersOf(policy))
      expect([name, strength === 'default']).toEqual([name, source.startsWith('本产品默认值')]);
  });

  it('the numbers of design.md, section 3', () => {
    const { terms } = defaultPolicy;
    expect(Object.fromEntries(Object.entries(terms).map(([name, { value, strength }]) => [name, [value, strength]]))).toMatchObject({
      receipt: [{ workdays: 3 }, 'default'],
      plan: [{ months: 1 }, 'weak'],
      planReview: [{ workdays: 10 }, 'default'],
      concentratedPeriod: [{ months: 3 }, 'strong'],
      redo: [{ workdays: 10 }, 'default'],
      checkBack: [{ workdays: 15 }, 'default'],
      review: [{ workdays: 10 }, 'default'],
      checkBackDraw: [{ months: 6 }, 'weak'],
      assessment: [{ months: 1 }, 'medium'],
      stageReview: [{ months: 6 }, 'default'],
    });
    expect(defaultPolicy.maxExtensions.value).toBe(2);
    expect(defaultPolicy.onTheSpotPercent.value).toBe(30);
    expect(defaultPolicy.minimumCheckers.value).toBe(2);
    expect(defaultPolicy.lateRecordWorkdays.value).toBe(5);
    expect(defaultPolicy.cadences).toMatchObject({ strength: 'strong', value: [{ every: 'halfMonth' }] });
    expect(defaultPolicy.ladders.rectify.strength).toBe('strong');
    expect(defaultPolicy.ladders.rectify.value.map(({ id }) => id)).toEqual(
      'opened before-20 before-10 overdue after-5 after-10 after-20 after-30 after-45'.split(' '),
    );
  });

  it('a provincial inspection has six months, reported', () => {
    expect(provincialInspection.terms.concentratedPeriod).toMatchObject({ value: { months: 6 }, strength: 'medium' });
    expect(provincialInspection.ladders.rectify.value).toBe(defaultPolicy.ladders.rectify.value);
  });

  it('an audit claims no source of its own', () => {
    expect(new Set(numbersOf(audit).map(([, { strength }]) => strength))).toEqual(new Set(['default']));
  });

  it('a campaign meets monthly and reports weekly, and the leader in charge hears what the lead leader hears', () => {
    expect(campaign.cadences.strength).toBe('strong');
    expect(campaign.cadences.value.map(({ every, during }) => [every, during])).toEqual([
      ['week', 'round'],
      ['month', 'round'],
    ]);
    for (const [name, ladder] of laddersOf(campaign))
      for (const { audience } of ladder)
        expect([name, audience.includes('leaderInCharge')]).toEqual([name, audience.includes('leadLeader')]);
    expect(campaign.terms.concentratedPeriod.source).toContain('以方案为准');
  });
});

describe('the ladders', () => {
  it.each(policyPacks)('$id: has one for every kind of obligation', (policy) => {
    expect(Object.keys(policy.ladders).sort()).toEqual(Object.keys(obligationLabels).sort());
  });

  it.each(all)('%s %s: is red from overdue on, not before, and says so', (_, name, ladder) => {
    const calm = ['coordinationNote', ...remindOnlyKinds].includes(name);
    for (const { tone, offset } of ladder) expect(tone === 'red').toBe(isAfterDue(offset) && !calm);
    expect(ladder.find(({ id }) => id === 'overdue')?.offset).toEqual({ days: 1 });
  });

  it.each(all)('%s %s: whoever owes it is told before anybody else hears that it is late', (_, _name, ladder) => {
    const late = ladder.findIndex(({ offset }) => isAfterDue(offset));
    expect(late).toBeGreaterThan(0);
  });

  const own: ObligationKind[] = ['receipt', 'plan', 'measure', 'milestone', 'upkeep'];
  it.each(policyPacks)('$id: what a unit owes does not go beyond the organisation', (policy) => {
    for (const kind of own)
      for (const { audience } of policy.ladders[kind].value)
        expect(audience.filter((one) => one === 'inspectionOffice' || one === 'inspectionLeadingGroup')).toEqual([]);
  });

  it('an inspection office that is late is not the last to hear of it', () => {
    const offices = ['planReview', 'afterCheckBack', 'checkBackDraw', 'checkBackPlan', 'suspensionReview', 'assessment'] as const;
    for (const kind of [...offices, 'review', 'extensionDecision', 'coordinationAnswer'] as const)
      expect([kind, ladderEnds[kind]]).toEqual([kind, ['inspectionLeadingGroup']]);
  });

  it.each(policyPacks)('$id: no talk arises from a date: the inspection office is asked, every 20 workdays', (policy) => {
    for (const { value } of [policy.ladders.rectify, policy.relapseLadder]) {
      expect(value.at(-1)).toMatchObject({ audience: ['inspectionOffice'], repeatEveryWorkdays: 20 });
      expect(value.at(-1)).not.toHaveProperty('paper');
    }
  });

  it.each(policyPacks)(
    '$id: after a relapse the inspection office hears at once and every step is sooner',
    ({ relapseLadder, ladders }) => {
      const whenOf = (rungs: readonly Rung[], label: string) => amountOf(rungs.find((rung) => rung.label === label)?.offset ?? 'opened');
      expect(relapseLadder.value.find(({ id }) => id === 'overdue')?.audience).toContain('inspectionOffice');
      for (const label of ['报巡察办督办', '告诫书', '请决定是否约谈'])
        expect(whenOf(relapseLadder.value, label)).toBeLessThan(whenOf(ladders.rectify.value, label));
    },
  );
});
