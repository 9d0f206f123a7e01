import fc from 'fast-check';
import { isDrawn } from '../../domain/draw';
import type { RoundCommand } from '../../domain/round/commands';
import type { CheckBackPlan } from '../../domain/round/types';
import { by, closedBy, given, happened, quiet, quietly, refused, reported } from './round-support';

const closedIssues = Array.from({ length: 12 }, (_, index) => `R1-${String(index + 1).padStart(3, '0')}`);
const at = '2026-09-01T09:00+08:00';
const plan = (mode: CheckBackPlan['mode'], so: { seed?: string; checkers?: string[]; chosen?: string[] } = {}): RoundCommand => ({
  type: 'planRoundCheckBack',
  mode,
  seed: so.seed ?? '20260901',
  checkers: so.checkers ?? ['inspector', 'inspector2'],
  ...(so.chosen ? { chosen: so.chosen } : {}),
});
const life = () => given(reported().knowing({ closedIssues, issues: closedIssues }));

describe('the plan for looking back', () => {
  it('all: every closed issue', () => {
    life()
      .when(at, by('inspector', plan('all')))
      .then(
        happened('checkBackPlanned', { mode: 'all', percent: 100, issues: closedIssues }),
        closedBy('checkBackPlan#1', 'checkBackPlanned'),
      );
  });

  it('a sample: what the seed draws, and anybody can draw it again', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1 }).filter((seed) => seed.trim() !== ''),
        (seed) => {
          const made = life().when(at, by('inspector', plan('sample', { seed }))).state.checkBackPlan;
          expect(made?.issues).toEqual(closedIssues.filter((id) => isDrawn(seed, id, 50)));
          expect(made).toMatchObject({ mode: 'sample', seed, percent: 50 });
        },
      ),
      { numRuns: 50, seed: 1 },
    );
  });

  it('chosen: those, each once, and only closed ones', () => {
    life()
      .when(at, by('inspector', plan('chosen', { chosen: ['R1-002', 'R1-007', 'R1-002'] })))
      .then(happened('checkBackPlanned', { mode: 'chosen', issues: ['R1-002', 'R1-007'] }));
    life()
      .when(at, by('inspector', plan('chosen')))
      .then(refused('checkBackPlan.none'));
    life()
      .when(at, by('inspector', plan('chosen', { chosen: ['R1-002', 'R1-099'] })))
      .then(refused('issue.notClosed'));
  });

  it('is made once: no seed can be tried until it pleases', () => {
    life()
      .when(at, by('inspector', plan('sample')))
      .when(at, by('inspector', plan('sample', { seed: 'other' })))
      .then(refused('checkBackPlan.made'));
  });

  it('two checkers at least, each a known person, counted once', () => {
    life()
      .when(at, by('inspector', plan('all', { checkers: ['inspector', 'inspector'] })))
      .then(refused('checkers.tooFew'));
    life()
      .when(at, by('inspector', plan('all', { checkers: ['inspector', 'nobody'] })))
      .then(refused('person.unknown'));
    life()
      .when(at, by('inspector', plan('all', { checkers: ['inspector', 'inspector2', 'inspector'] })))
      .then(happened('checkBackPlanned', { checkers: ['inspector', 'inspector2'] }));
  });

  it('a sample names its seed', () => {
    life()
      .when(at, by('inspector', plan('sample', { seed: ' ' })))
      .then(refused('checkBackPlan.seed'));
  });

  it('does not wait for the slowest issue, but there must be one to look at', () => {
    given(reported())
      .when(at, by('inspector', plan('all')))
      .then(refused('checkBackPlan.none'));
    given(reported().knowing({ openIssues: ['R1-001'] }))
      .when(at, by('inspector', plan('sample')))
      .then(happened('checkBackPlanned', { issues: [] }));
  });

  it('a policy that looks at all is not watered down', () => {
    const { policy } = quiet();
    const context = { ...quiet(), policy: { ...policy, checkBackAfter: { ...policy.checkBackAfter, value: 'all' as const } } };
    const strict = () => given(reported(quietly({ context })).knowing({ closedIssues }));
    strict()
      .when(at, by('inspector', plan('sample')))
      .then(refused('checkBackPlan.mode'));
    strict()
      .when(at, by('inspector', plan('chosen', { chosen: ['R1-002'] })))
      .then(refused('checkBackPlan.mode'));
    strict()
      .when(at, by('inspector', plan('all')))
      .then(happened('checkBackPlanned'));
  });

  it('made before the reports, it is not owed after them', () => {
    const early = quietly()
      .knowing({ closedIssues })
      .when('2026-05-01T09:00+08:00', by('inspector', plan('all')));
    expect(reported(early).state.duties.filter(({ kind }) => kind === 'checkBackPlan')).toEqual([]);
  });
});
