import { isDrawn } from '../../domain/draw';
import { decide } from '../../domain/issue/decide';
import { noFacts } from '../../domain/issue/decision';
import { defaultPolicy } from '../../domain/policy/default-policy';
import type { CheckBackAfter } from '../../domain/policy/policy';
import type { CheckBackPlan } from '../../domain/round/types';
import { instant } from '../../domain/time';
import { by, closed, drawn, given, happened, ISSUE, owed, recordCheckBack, refused, rules, stands, text, withPolicy } from './support';

const checkers = ['inspector', 'inspector2'];
const draw = (so: { seed?: string; chosen?: boolean; checkers?: readonly string[] } = {}) =>
  ({ type: 'drawCheckBack', seed: 'S', checkers, ...so }) as const;
const seeds = Array.from({ length: 50 }, (_, index) => `seed-${index}`);
const drawing = seeds.find((seed) => isDrawn(seed, ISSUE, 50)) ?? '';
const passing = seeds.find((seed) => !isDrawn(seed, ISSUE, 50)) ?? '';
const after = (value: CheckBackAfter) => withPolicy({ checkBackAfter: { ...defaultPolicy.checkBackAfter, value } });

describe('without a plan of the round, the policy says which closed issues are looked at again', () => {
  it.each([
    ['all', {}, true],
    ['all', { seed: passing }, true],
    ['sample', { seed: drawing }, true],
    ['sample', { seed: passing }, false],
    ['sample', { seed: passing, chosen: true }, true],
    ['chosen', { seed: drawing }, false],
    ['chosen', { chosen: true }, true],
  ] as const)('%s, %j: looked at again %s', (value, so, seen) => {
    given(closed(after(value)))
      .when('2026-12-01T09:00+08:00', by('inspector', draw(so)))
      .then(
        seen
          ? happened('afterCheckBackPlanned', { checkers, seed: draw(so).seed })
          : happened('consolidated', { basis: 'notDrawn', seed: draw(so).seed }),
      );
  });

  it('an issue that was closed before the policy looked at nothing: not required, unless it is chosen', () => {
    const life = given(closed()).under(after('none'));
    life.when('2026-12-01T09:00+08:00', by('inspector', draw())).then(happened('consolidated', { basis: 'notRequired', seed: null }));
    life.when('2026-12-01T09:00+08:00', by('inspector', draw({ chosen: true }))).then(stands('afterCheckBack'));
  });

  it('who is looked at needs checkers, who is not needs none', () => {
    const life = given(closed(after('sample')));
    life.when('2026-12-01T09:00+08:00', by('inspector', draw({ seed: drawing, checkers: ['inspector'] }))).then(refused('checkers.tooFew'));
    life
      .when('2026-12-01T09:00+08:00', by('inspector', draw({ seed: drawing, checkers: ['inspector', 'head'] })))
      .then(refused('checkers.ofUnit'));
    life.when('2026-12-01T09:00+08:00', by('inspector', draw({ seed: passing, checkers: [] }))).then(stands('consolidated'));
  });
});

describe('with a plan of the round', () => {
  const { state } = closed();
  const plan = (so: Partial<CheckBackPlan>): CheckBackPlan => ({ mode: 'sample', seed: 'plan', percent: 50, issues: [], checkers, ...so });
  const under = (checkBackPlan: CheckBackPlan, command: Parameters<typeof draw>[0] = {}) => {
    const context = { ...rules, now: instant('2026-12-01T09:00+08:00'), actor: 'inspector', facts: { ...noFacts, checkBackPlan } };
    const decision = decide(state, draw({ seed: checkBackPlan.seed, ...command }), context);
    return decision.ok ? decision.events[0] : decision.rejection;
  };
  const looked = { type: 'afterCheckBackPlanned' };
  const notDrawn = { type: 'consolidated', basis: 'notDrawn' };

  it('nobody draws by another seed until it pleases', () => {
    expect(under(plan({}), { seed: 'other' })).toMatchObject({ code: 'draw.seed', what: expect.stringContaining('“plan”') as string });
    expect(under(plan({}), { seed: 'other', chosen: true })).toMatchObject({ code: 'draw.seed' });
  });

  it('its list decides, whatever the policy says since; choosing only adds', () => {
    expect(under(plan({ seed: passing, issues: [ISSUE] }))).toMatchObject({ ...looked, seed: passing });
    expect(under(plan({ seed: passing, issues: ['R1-002'] }))).toMatchObject({ ...notDrawn, seed: passing });
    expect(under(plan({ seed: passing, issues: ['R1-002'] }), { chosen: true })).toMatchObject(looked);
    expect(under(plan({ mode: 'chosen', seed: drawing, percent: 100, issues: ['R1-002'] }))).toMatchObject(notDrawn);
  });

  it('an issue closed after the plan was made is drawn by its seed and percentage, so late is no way out', () => {
    expect(under(plan({ seed: drawing, issues: ['R1-002'] }))).toMatchObject(looked);
    expect(under(plan({ mode: 'all', seed: passing, percent: 100, issues: ['R1-002'] }))).toMatchObject(looked);
  });

  it('its checkers look when the draw names none', () => {
    expect(under(plan({ issues: [ISSUE] }), { checkers: [] })).toMatchObject({ ...looked, checkers });
    expect(under(plan({ issues: [ISSUE], checkers: [] }), { checkers: [] })).toMatchObject({ code: 'checkers.tooFew' });
  });
});

describe('drawn once', () => {
  const lost = given(drawn()).when('2026-12-02T09:00+08:00', by('office', { type: 'recuse', personId: 'inspector2', reason: text('kin') }));

  it('an issue that lost a checker gets others by another draw and is not let go by its seed; its day stays', () => {
    lost
      .then(owed('afterCheckBack#1 inspectionOffice 2026-12-29'))
      .when('2026-12-03T09:00+08:00', by('inspector', recordCheckBack('consolidated')))
      .then(refused('checkers.recused'))
      .when('2026-12-03T10:00+08:00', by('inspector', draw({ seed: passing })))
      .then(refused('checkers.recused'))
      .when('2026-12-04T09:00+08:00', by('inspector', draw({ seed: passing, checkers: ['inspector', 'cadres'] })))
      .then(stands('afterCheckBack'), owed('afterCheckBack#1 inspectionOffice 2026-12-29'))
      .when('2026-12-10T09:00+08:00', by('inspector', recordCheckBack('consolidated')))
      .then(stands('consolidated'));
  });

  it('without a recusal nobody draws again', () => {
    given(drawn()).when('2026-12-03T09:00+08:00', by('inspector', draw())).then(refused('phase.notAllowed'));
  });
});
