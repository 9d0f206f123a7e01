import { defaultPolicy as policy } from '../../domain/policy/default-policy';
import {
  obligationLabels,
  paperLabels,
  type Audience,
  type ObligationKind,
  type Offset,
  type Rung,
  type Sourced,
} from '../../domain/policy/policy';

const ladders: readonly (readonly [string, Sourced<readonly Rung[]>])[] = [
  ...Object.entries(policy.ladders),
  ['relapse', policy.relapseLadder],
];
const lastHears = (rungs: readonly Rung[] | undefined): readonly Audience[] => rungs?.at(-1)?.audience ?? [];
/** Workdays stand at least as late as as many calendar days. */
const place = (offset: Offset): number => (offset === 'opened' ? -Infinity : 'days' in offset ? offset.days : offset.workdays);

describe('the default policy', () => {
  it('has a ladder for every kind of obligation', () => {
    expect(Object.keys(policy.ladders).sort()).toEqual(Object.keys(obligationLabels).sort());
    for (const [kind, { value }] of ladders) expect([kind, value.length > 0]).toEqual([kind, true]);
  });

  it.each(ladders)('%s: rungs have their own names and stand in order', (_, { value }) => {
    expect(new Set(value.map(({ id }) => id)).size).toBe(value.length);
    const places = value.map(({ offset }) => place(offset));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(new Set(places).size).toBe(places.length);
    for (const rung of value) expect([rung.id, rung.audience.length > 0, rung.label !== '']).toEqual([rung.id, true, true]);
  });

  it.each(ladders)('%s: only the last rung repeats, and at a distance', (_, { value }) => {
    expect(value.slice(0, -1).filter(({ repeatEveryWorkdays }) => repeatEveryWorkdays !== undefined)).toEqual([]);
    expect(value.at(-1)?.repeatEveryWorkdays ?? 1).toBeGreaterThan(0);
  });

  it.each(ladders)('%s: is red only when overdue and says so', (_, { value }) => {
    for (const { tone, offset } of value) expect(tone === 'red').toBe(offset !== 'opened' && place(offset) > 0 && tone !== 'yellow');
  });

  const ends: Readonly<Record<string, readonly ObligationKind[]>> = {
    inspectionOffice: ['rectify', 'reply', 'organisationReport', 'secretaryReport', 'roundPlan', 'review', 'planReview', 'afterCheckBack'],
    firstResponsible: ['receipt', 'plan', 'measure', 'milestone', 'upkeep'],
  };
  it.each(Object.entries(ends).flatMap(([role, kinds]) => kinds.map((kind) => [kind, role] as const)))(
    '%s ends at %s and asks again',
    (kind, role) => {
      const ladder = policy.ladders[kind].value;
      expect(lastHears(ladder)).toContain(role);
      expect(ladder.at(-1)?.repeatEveryWorkdays).toBeGreaterThan(0);
    },
  );

  it('receipt, plan, milestone and upkeep do not go beyond the organisation', () => {
    for (const kind of ends['firstResponsible'] as readonly ObligationKind[])
      for (const { audience } of policy.ladders[kind].value) expect(audience).not.toContain('inspectionOffice');
  });

  it('everything in the life of an issue is asked again until it is done', () => {
    const lives: ObligationKind[] = [
      'assign',
      'receipt',
      'plan',
      'planApproval',
      'planReview',
      'rectify',
      'extensionDecision',
      'checkBack',
      'review',
      'checkBackDraw',
      'afterCheckBack',
      'signPaper',
      'reply',
    ];
    for (const kind of lives) expect([kind, policy.ladders[kind].value.at(-1)?.repeatEveryWorkdays]).toEqual([kind, expect.any(Number)]);
  });

  it('a cadence reminds its holder, once, and nobody above', () => {
    for (const kind of ['cadence', 'collection', 'coordinationNote', 'calendarTable'] as const)
      for (const { audience, tone } of policy.ladders[kind].value) expect([audience, tone === 'red']).toEqual([['holder'], false]);
  });

  it('no talk arises from a date: the last rung asks the inspection office, every 20 workdays', () => {
    for (const ladder of [policy.ladders.rectify.value, policy.relapseLadder.value])
      expect(ladder.at(-1)).toMatchObject({ audience: ['inspectionOffice'], repeatEveryWorkdays: 20 });
    expect(policy.ladders.rectify.value.at(-1)?.paper).toBeUndefined();
  });

  it('after a relapse the inspection office hears at once and every step is sooner', () => {
    const offsetOf = (rungs: readonly Rung[], label: string) => place(rungs.find((rung) => rung.label === label)?.offset ?? 'opened');
    expect(policy.relapseLadder.value.find(({ id }) => id === 'overdue')?.audience).toContain('inspectionOffice');
    for (const label of ['报巡察办督办', '告诫书', '请决定是否约谈'])
      expect(offsetOf(policy.relapseLadder.value, label)).toBeLessThan(offsetOf(policy.ladders.rectify.value, label));
  });

  it('every number has a strength and a source', () => {
    const sourced = (value: unknown): [string, Sourced<unknown>][] =>
      typeof value !== 'object' || value === null
        ? []
        : Object.entries(value).flatMap(([name, one]): [string, Sourced<unknown>][] =>
            typeof one === 'object' && one !== null && 'strength' in one ? [[name, one as Sourced<unknown>]] : sourced(one),
          );
    const numbers = sourced(policy);
    expect(numbers.length).toBe(Object.keys(policy.terms).length + Object.keys(policy.ladders).length + 9);
    for (const [name, { strength, source }] of numbers)
      expect([name, ['strong', 'medium', 'weak', 'default'].includes(strength), source !== '']).toEqual([name, true, true]);
    const bare = Object.entries(policy).filter(([name, value]) => typeof value === 'number' && name !== 'version');
    expect(bare).toEqual([]);
  });

  it('the numbers of design.md, section 3', () => {
    const { terms } = policy;
    expect(Object.fromEntries(Object.entries(terms).map(([name, { value, strength }]) => [name, [value, strength]]))).toMatchObject({
      receipt: [{ workdays: 3 }, 'default'],
      plan: [{ months: 1 }, 'weak'],
      planReview: [{ workdays: 10 }, 'default'],
      concentratedPeriod: [{ months: 3 }, 'strong'],
      redo: [{ workdays: 10 }, 'default'],
      checkBack: [{ workdays: 15 }, 'default'],
      review: [{ workdays: 10 }, 'default'],
      checkBackDraw: [{ months: 6 }, 'weak'],
    });
    expect(policy.maxExtensions.value).toBe(2);
    expect(policy.onTheSpotPercent.value).toBe(30);
    expect(policy.minimumCheckers.value).toBe(2);
    expect(policy.ladders.rectify.value.map(({ id }) => id)).toEqual([
      'opened',
      'before-20',
      'before-10',
      'overdue',
      'after-5',
      'after-10',
      'after-20',
      'after-30',
      'after-45',
    ]);
  });

  it('every paper that a rung drafts has a name, an issuer other than its addressee and time for an answer', () => {
    const papers = ladders.flatMap(([, { value }]) => value.flatMap(({ paper }) => paper ?? []));
    expect(papers.length).toBeGreaterThanOrEqual(6);
    for (const { kind, issuer, addressee, replyWorkdays } of papers) {
      expect(paperLabels[kind]).toBeTruthy();
      expect(issuer).not.toBe(addressee);
      expect(replyWorkdays).toBeGreaterThan(0);
    }
  });
});
