import type { IssueCommand, ProposedMeasure } from '../../domain/issue/commands';
import type { RuleContext } from '../../domain/context';
import { approvePlan, assign, by, day, directory, given, measure, plan, post, registered, text, withDirectory, type Life } from './support';

// Lives of an issue that a lead unit (clinic) and a co-unit (depot) rectify together, and of one that is kept up for good.

/** The depot has a clerk of its own beside its head. */
export const withDepot = withDirectory({
  persons: [...directory.persons, { id: 'storeman', name: 'storeman', email: null }],
  posts: [...directory.posts, post('storeman', 'depot', 'handler')],
});

export const ofDepot = (dueOn: string | null, sustained = false): ProposedMeasure => ({ ...measure(dueOn, sustained), unitId: 'depot' });
export const withMilestones = (one: ProposedMeasure, ...days: string[]): ProposedMeasure => ({
  ...one,
  milestones: days.map((dueOn, index) => ({ label: `阶段${index + 1}`, dueOn: day(dueOn) })),
});

const assignShared: IssueCommand = { ...assign, coUnitIds: ['depot'] } as IssueCommand;

/** Signed for by the lead unit on 4 March; with the depot as co-unit unless it is not `shared`. */
export const received = ({ context = withDepot, shared = true }: { context?: RuleContext; shared?: boolean } = {}): Life =>
  given(registered({ context }))
    .when('2026-03-03T09:00+08:00', by('office', shared ? assignShared : assign))
    .when('2026-03-04T09:00+08:00', by('head', { type: 'acknowledge' }));

/** The plan is approved on 12 March and through the inspection office's 方案审核 on the 13th. */
export const planned = (measures: readonly ProposedMeasure[], so: { context?: RuleContext; shared?: boolean } = {}): Life =>
  approved(measures, so).when('2026-03-13T09:00+08:00', by('inspector', { type: 'reviewPlan', verdict: 'approved' }));

export const approved = (measures: readonly ProposedMeasure[], so: { context?: RuleContext; shared?: boolean } = {}): Life =>
  received({ shared: measures.some(({ unitId }) => unitId === 'depot'), ...so })
    .when('2026-03-10T09:00+08:00', by('handler', plan(...measures)))
    .when('2026-03-11T09:00+08:00', by('leader', approvePlan))
    .when('2026-03-12T09:00+08:00', by('office', approvePlan));

export const complete = (measureId: string): IssueCommand => ({ type: 'completeMeasure', measureId, evidence: text('evidence') });
export const reach = (milestoneId: string): IssueCommand => ({
  type: 'completeMilestone',
  measureId: milestoneId.split('.')[0] ?? '',
  milestoneId,
  evidence: text('evidence'),
});
export const handIn: IssueCommand = { type: 'requestCloseout' };

/** Checked and reviewed from 10 to 15 June: the last approval is given. */
export const reviewedThrough = (life: Life): Life =>
  life
    .when('2026-06-03T09:00+08:00', by('office', { type: 'planCheckBack', checkers: ['clerk', 'discipline'], mode: 'onPaper' }))
    .when('2026-06-10T09:00+08:00', by('office', { type: 'recordCheckBack', result: 'passed', seen: text('seen') }))
    .when('2026-06-11T09:00+08:00', by('discipline', { type: 'review', verdict: 'approved' }))
    .when('2026-06-12T09:00+08:00', by('cadres', { type: 'review', verdict: 'approved' }))
    .when('2026-06-15T09:00+08:00', by('inspector', { type: 'review', verdict: 'approved' }));
