import type { IssueState } from '../../domain/issue/types';
import { cadenceFigures } from '../../domain/round/figures';
import { closed, day, done, handedIn, rectifying, registered, relapsed, rules, underWay } from './support';

const issue = (state: IssueState, number: number, part: Partial<IssueState> = {}): IssueState => ({
  ...state,
  id: `R1-${String(number).padStart(3, '0')}`,
  number,
  ...part,
});
const figures = (before: readonly IssueState[], after: readonly IssueState[], on = '2026-06-16', until = '2026-06-30') =>
  cadenceFigures({ before, after, on: day(on), until: day(until) }, rules);

describe('the figures of a cadence sheet', () => {
  it('what moved since the last date', () => {
    const before = [issue(underWay().state, 1), issue(done().state, 2), issue(rectifying().state, 3), issue(closed().state, 5)];
    const after = [
      issue(done().state, 1),
      issue(closed().state, 2),
      issue(rectifying().state, 3, { returns: 1, extensions: 1 }),
      issue(registered().state, 4),
      issue(relapsed().state, 5),
    ];
    expect(figures(before, after)).toMatchObject({
      totals: { fedBack: 5, byStanding: { closed: 1 } },
      moved: [
        { issueId: 'R1-002', from: 'rectifying', to: 'closed' },
        { issueId: 'R1-004', from: null, to: 'registered' },
        { issueId: 'R1-005', from: 'closed', to: 'rectifying' },
      ],
      completedMeasures: [{ issueId: 'R1-001', measureId: 'm1', unitId: 'clinic' }],
      closed: ['R1-002'],
      returned: ['R1-003'],
      relapsed: ['R1-005'],
      extended: ['R1-003'],
    });
  });

  it('nothing moved, nothing is said', () => {
    const same = [issue(underWay().state, 1)];
    expect(figures(same, same)).toMatchObject({ moved: [], completedMeasures: [], closed: [], returned: [], relapsed: [], extended: [] });
  });

  it('overdue by unit, and what is due by the end of the next period', () => {
    const own = (unitId: string, state: IssueState, number: number) =>
      issue(state, number, { assignment: { ...(state.assignment ?? noAssignment), leadUnitId: unitId } });
    const june = underWay({ due: '2026-06-24' }).state;
    const after = [
      own('clinic', underWay({ due: '2026-06-10' }).state, 1),
      own('depot', june, 2),
      own('clinic', june, 3),
      own('clinic', handedIn().state, 4),
    ];
    const { units } = figures(after, after);
    expect(
      units.map(({ unitId, counts, overdue, next }) => [
        unitId,
        counts.fedBack,
        overdue.map(({ issueId, kind, dueOn, daysLeft }) => `${issueId} ${kind} ${dueOn} ${daysLeft}`),
        next.map(({ issueId, dueOn, daysLeft }) => `${issueId} ${dueOn} ${daysLeft}`),
      ]),
    ).toEqual([
      ['clinic', 3, ['R1-001 rectify 2026-06-10 -6'], ['R1-003 2026-06-24 8']],
      ['depot', 1, [], ['R1-002 2026-06-24 8']],
    ]);
  });

  it('a stopped clock is not overdue, and what nobody was charged with stands last', () => {
    const stopped = underWay({ due: '2026-06-10' }).state;
    const at = stopped.lastOccurredAt;
    const resting = issue(stopped, 1, {
      duties: stopped.duties.map((duty) => (duty.closedAt === null ? { ...duty, stoppedAt: at } : duty)),
    });
    const { units } = figures([], [issue(registered().state, 2), resting]);
    expect(units.map(({ unitId, overdue }) => [unitId, overdue.length])).toEqual([
      ['clinic', 0],
      [null, 0],
    ]);
  });

  it('a duty of another unit stands at that unit', () => {
    const state = underWay().state;
    const [first] = state.duties;
    if (!first) throw new Error('no duty');
    const part = {
      ...first,
      id: 'measure:m2',
      kind: 'measure' as const,
      holder: 'unitHead' as const,
      unitId: 'depot',
      closedAt: null,
      due: { named: day('2026-06-10') },
    };
    const { units } = figures([], [issue(state, 1, { duties: [...state.duties, part] })]);
    expect(units.map(({ unitId, counts, overdue }) => [unitId, counts.fedBack, overdue.map(({ dutyId }) => dutyId)])).toEqual([
      ['clinic', 1, []],
      ['depot', 0, ['measure:m2']],
    ]);
  });
});

const noAssignment = { leadUnitId: '', leadLeaderId: 'leader', leaderInChargeId: null, handlerId: null, coUnitIds: [] };
