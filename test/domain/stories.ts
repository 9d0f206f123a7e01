import type { IssueCommand, ProposedMeasure } from '../../domain/issue/commands';
import type { RuleContext } from '../../domain/context';
import type { IssueEvent } from '../../domain/issue/events';
import { emptyIssue } from '../../domain/issue/evolve';
import type { ReportedStatus } from '../../domain/issue/types';
import { instant, localDate } from '../../domain/time';
import { rules } from './people';
import { Life, by, text } from './life';

// Lives so far, with fixed instants; feedback on Monday 2026-03-02.

export const ISSUE = 'R1-001';
export const FEEDBACK = '2026-03-02';

export function registered({ reported = null, context = rules }: { reported?: ReportedStatus | null; context?: RuleContext } = {}): Life {
  const event: IssueEvent = {
    type: 'registered',
    roundId: 'R1',
    number: 1,
    title: text('title'),
    text: text('text'),
    feedbackOn: localDate(FEEDBACK),
    reported,
  };
  return new Life(emptyIssue(ISSUE), context).append(event, 'office', instant('2026-03-02T09:00+08:00')).when('2026-03-02T09:00+08:00');
}

export const assign: IssueCommand = { type: 'assign', leadUnitId: 'clinic', leadLeaderId: 'leader' };
export const measure = (dueOn: string | null, sustained = false): ProposedMeasure => ({
  unitId: 'clinic',
  text: text('measure'),
  dueOn: dueOn === null ? null : localDate(dueOn),
  sustained,
});
export const plan = (...measures: ProposedMeasure[]): IssueCommand => ({ type: 'proposePlan', measures });
export const approvePlan: IssueCommand = { type: 'approvePlan' };
export const approve: IssueCommand = { type: 'review', verdict: 'approved' };
export const extension = (newDueOn: string): IssueCommand => ({
  type: 'requestExtension',
  newDueOn: localDate(newDueOn),
  reason: text('reason'),
  progress: text('progress'),
});
export const recordCheckBack = (result: 'passed' | 'returned' | 'consolidated' | 'relapsed'): IssueCommand => ({
  type: 'recordCheckBack',
  result,
  seen: text('seen'),
});

export const assigned = (context = rules): Life => registered({ context }).when('2026-03-03T09:00+08:00', by('office', assign));
export const acknowledged = (context = rules): Life =>
  assigned(context).when('2026-03-04T09:00+08:00', by('head', { type: 'acknowledge' }));
export const proposed = ({ due = '2026-09-30', context = rules }: { due?: string | null; context?: RuleContext } = {}): Life =>
  acknowledged(context).when('2026-03-10T09:00+08:00', by('handler', plan(measure(due, due === null))));
export const rectifying = (so: { due?: string | null; context?: RuleContext } = {}): Life =>
  proposed(so).when('2026-03-11T09:00+08:00', by('leader', approvePlan)).when('2026-03-12T09:00+08:00', by('office', approvePlan));
/** In rectification and past the inspection office's 方案审核, so that only the unit owes something. */
export const underWay = (so: { due?: string | null; context?: RuleContext } = {}): Life =>
  rectifying(so).when('2026-03-13T09:00+08:00', by('inspector', { type: 'reviewPlan', verdict: 'approved' }));
export const done = (context = rules): Life =>
  underWay({ context }).when(
    '2026-06-01T09:00+08:00',
    by('handler', { type: 'completeMeasure', measureId: 'm1', evidence: text('evidence') }),
  );
export const handedIn = (context = rules): Life => done(context).when('2026-06-02T09:00+08:00', by('head', { type: 'requestCloseout' }));
export const looking = (context = rules): Life =>
  handedIn(context).when(
    '2026-06-03T09:00+08:00',
    by('office', { type: 'planCheckBack', checkers: ['office', 'discipline'], mode: 'onTheSpot' }),
  );
export const underReview = (context = rules): Life =>
  looking(context).when('2026-06-10T09:00+08:00', by('office', recordCheckBack('passed')));
export const closed = (context = rules): Life =>
  underReview(context)
    .when('2026-06-11T09:00+08:00', by('discipline', approve))
    .when('2026-06-12T09:00+08:00', by('cadres', approve))
    .when('2026-06-15T09:00+08:00', by('inspector', approve));
export const drawn = (context = rules): Life =>
  closed(context).when(
    '2026-12-01T09:00+08:00',
    by('inspector', { type: 'drawCheckBack', seed: 'S', checkers: ['inspector', 'inspector2'], chosen: true }),
  );
export const relapsed = (context = rules): Life =>
  drawn(context).when('2026-12-10T09:00+08:00', by('inspector', recordCheckBack('relapsed')));
