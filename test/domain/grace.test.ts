import { agenda } from '../../domain/obligation/agenda';
import { endOfGrace } from '../../domain/obligation/grace';
import type { Post } from '../../domain/directory';
import type { RuleContext } from '../../domain/context';
import { dateOf, instant } from '../../domain/time';
import { day, directory, firedIn, given, post, rules, silence, superseded, tells, underWay, withDirectory, type Life } from './support';

const head = (personId: string, from: string | null, to: string | null): Post =>
  post(personId, 'clinic', 'unitHead', { from: from === null ? null : day(from), to: to === null ? null : day(to) });
const headed = (...heads: readonly Post[]): RuleContext =>
  withDirectory({ posts: [...directory.posts.filter(({ personId }) => personId !== 'head'), ...heads] });
/** In rectification since March, due on 2026-09-30, a working day. */
const issue = (): Life => given(underWay({ due: '2026-09-30' }).passesTo('2026-09-29T09:00+08:00'));
const changed = headed(head('head', null, '2026-09-27'), head('newHead', '2026-09-28', null));

describe('a new head', () => {
  it('is spared red rungs for ten workdays; at their end only the latest one fires', () => {
    // ten workdays after 28 September: the holiday is off, 10 October is worked
    expect(dateOf(nextRed(changed))).toBe('2026-10-17');
    issue()
      .under(changed)
      .passesTo('2026-10-16T23:59+08:00')
      .then(silence)
      .passesTo('2026-10-17T09:00+08:00')
      .then(superseded('rectify#2', 'overdue'))
      .then((life) => {
        expect(firedIn(life).map(({ rung }) => rung)).toEqual(['after-5', 'opened']);
      });
  });

  it('hears what is not red meanwhile', () => {
    const early = headed(head('head', null, '2026-09-13'), head('newHead', '2026-09-14', null));
    given(underWay({ due: '2026-09-30' }).passesTo('2026-09-19T09:00+08:00'))
      .under(early)
      .passesTo('2026-09-21T09:00+08:00')
      .then(tells('2026-09-20 rectify#2 before-10 > handler leader newHead'));
  });

  it('gets no grace for what was opened after taking office, nor when the post has no day', () => {
    for (const context of [rules, headed(head('head', '2026-03-01', null)), headed(head('newHead', null, null))])
      expect(dateOf(nextRed(context))).toBe('2026-10-01');
  });

  it('who follows within these days has days of their own', () => {
    const twice = headed(head('head', null, '2026-09-27'), head('newHead', '2026-09-28', '2026-10-14'), head('third', '2026-10-15', null));
    expect(dateOf(nextRed(twice))).toBe('2026-10-30');
  });

  it('a post that begins while the old head is still there counts from the day the old one left', () => {
    const overlapping = headed(head('head', null, '2026-09-27'), head('newHead', '2026-08-01', null));
    expect(dateOf(nextRed(overlapping))).toBe('2026-10-17');
    expect(dateOf(nextRed(headed(head('head', null, null), head('newHead', '2026-09-28', null))))).toBe('2026-10-01');
  });

  it('while nobody heads the unit its red rungs go to who stands in', () => {
    const empty = headed(head('head', null, '2026-09-27'), head('newHead', '2026-10-12', null));
    issue().under(empty).passesTo('2026-10-02T09:00+08:00').then(tells('2026-10-01 rectify#2 overdue > clerk handler leader office'));
    const early = headed(head('head', null, '2026-09-27'), head('newHead', '2026-09-30', null));
    expect(dateOf(nextRed(early))).toBe('2026-10-21');
  });

  it('only what a head owes waits for a head', () => {
    const { state } = issue();
    const [rectify] = state.duties.filter(({ kind }) => kind === 'rectify');
    if (!rectify) throw new Error('nothing to rectify');
    expect(endOfGrace(state, rectify, changed, day('2026-10-01'))).toBe('2026-10-16');
    expect(endOfGrace(state, { ...rectify, holder: 'leadLeader' }, changed, day('2026-10-01'))).toBeNull();
    expect(endOfGrace(state, { ...rectify, unitId: 'depot' }, changed, day('2026-10-01'))).toBeNull();
    expect(endOfGrace({ ...state, assignment: null }, rectify, changed, day('2026-10-01'))).toBeNull();
  });
});

/** The instant of the first red rung of the rectification. */
function nextRed(context: RuleContext) {
  const items = agenda(issue().state, context, instant('2026-09-29T09:00+08:00'));
  return (
    items.find(({ rung, obligation }) => obligation.duty.kind === 'rectify' && rung.tone === 'red')?.at ?? instant('1970-01-01T00:00Z')
  );
}
