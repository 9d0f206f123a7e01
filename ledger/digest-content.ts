import { workdaysBetween } from '../domain/calendar';
import type { DigestContent, DigestLine } from '../domain/digest';
import { agenda } from '../domain/issue/agenda';
import type { RuleContext } from '../domain/issue/context';
import { obligationOf } from '../domain/issue/obligations';
import type { Duty, IssueState } from '../domain/issue/types';
import { personOf } from '../domain/parties';
import { obligationLabels, paperLabels, type Audience, type Tone } from '../domain/policy/policy';
import { roles, type Role } from '../domain/roles';
import { dateOf, type Instant } from '../domain/time';
import type { Transaction } from './database';

/** A notice row that a digest carries. */
export interface CarriedNotice {
  readonly issue_id: string;
  readonly obligation_id: string;
  readonly rung: string;
  readonly occurrence: number;
  readonly roles: readonly string[];
  readonly vacant: readonly string[];
  readonly tone: string;
  readonly label: string;
}

/** What a message says of its notices, as true at the claim: of one obligation only the latest. */
export async function digestContent(
  tx: Transaction,
  notices: readonly CarriedNotice[],
  { personId, opening, now, context }: { personId: string; opening: Instant; now: Instant; context: RuleContext },
): Promise<DigestContent> {
  const issues = await tx.issue.findMany({ where: { id: { in: [...new Set(notices.map((notice) => notice.issue_id))] } } });
  const byId = new Map(issues.map((issue) => [issue.id, { title: issue.title, state: issue.state as unknown as IssueState }]));
  const latest = new Map(notices.map((notice) => [`${notice.issue_id} ${notice.obligation_id}`, notice]));
  const lines = [...latest.values()].flatMap((notice) => {
    const issue = byId.get(notice.issue_id);
    return issue ? [lineOf(notice, issue, context, now)] : [];
  });
  const person = personOf(context.directory, personId);
  return {
    person: { id: personId, name: person?.name ?? personId, email: person?.email ?? '' },
    opening,
    claimedAt: now,
    lines,
    notices: notices.map((notice) => `${notice.issue_id}/${notice.obligation_id}/${notice.rung}@${notice.occurrence}`),
  };
}

function lineOf(notice: CarriedNotice, issue: { title: string; state: IssueState }, context: RuleContext, now: Instant): DigestLine {
  const { state, title } = issue;
  const duty = state.duties.find(({ id }) => id === notice.obligation_id);
  const obligation = duty ? obligationOf(duty, context) : null;
  const next = agenda(state, context, now).find((item) => item.obligation.duty.id === notice.obligation_id && item.at > now);
  const rung = obligation?.ladder.find(({ id }) => id === notice.rung);
  return {
    issueId: notice.issue_id,
    reference: notice.issue_id,
    title,
    kind: duty ? owedBy(duty, notice.roles) : notice.obligation_id,
    rung: notice.label,
    tone: notice.tone as Tone,
    dueOn: obligation?.dueOn ?? null,
    provisional: obligation?.provisional ?? false,
    daysLeft: obligation ? workdaysBetween(context.calendar, dateOf(now), obligation.dueOn) : null,
    role: [...notice.roles.map((role) => roles[role as Role]), ...notice.vacant.map((role) => `代${roles[role as Role]}（空缺）`)].join(
      '、',
    ),
    next: next ? { on: dateOf(next.at), label: next.rung.label, hears: hears(next.rung.audience, next.obligation.duty.holder) } : null,
    paper: rung?.paper ? paperLabels[rung.paper.kind] : null,
    link: `/issues/${notice.issue_id}`,
  };
}

/** Whoever does not owe a thing is asked to see that it is done: 督促责任单位负责人签收. A unit's own people share what its head owes. */
function owedBy(duty: Duty, own: readonly string[]): string {
  const label = obligationLabels[duty.kind];
  const shares = own.includes(duty.holder) || (duty.holder === 'unitHead' && own.some((role) => role === 'handler' || role === 'liaison'));
  return shares ? label : `督促${roles[duty.holder]}${label}`;
}

const hears = (audience: readonly Audience[], holder: Role): string =>
  [...new Set(audience.map((one) => roles[one === 'holder' ? holder : one]))].join('、');
