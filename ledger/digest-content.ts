import { workdaysBetween } from '../domain/calendar';
import type { DigestContent, DigestLine } from '../domain/digest';
import { agenda } from '../domain/obligation/agenda';
import type { RuleContext } from '../domain/context';
import { obligationOf } from '../domain/obligation/obligations';
import type { Duty } from '../domain/obligation/types';
import { personOf } from '../domain/parties';
import { obligationLabels, paperLabels, type Audience, type Tone } from '../domain/policy/policy';
import { roles, type Role } from '../domain/roles';
import { dateOf, type Instant } from '../domain/time';
import type { Database, Transaction } from './database';
import { subjectsOf, type Subject } from './subjects';

/** A notice row that a digest carries. */
export interface CarriedNotice {
  readonly stream_id: string;
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
  { personId, opening, now, context, owner }: { personId: string; opening: Instant; now: Instant; context: RuleContext; owner: Database },
): Promise<DigestContent> {
  const subjects = await subjectsOf(tx, owner, [...new Set(notices.map((notice) => notice.stream_id))]);
  const latest = new Map(notices.map((notice) => [`${notice.stream_id} ${notice.obligation_id}`, notice]));
  const lines = [...latest.values()].flatMap((notice) => {
    const subject = subjects.get(notice.stream_id);
    return subject ? [lineOf(notice, subject, now)] : [];
  });
  const person = personOf(context.directory, personId);
  return {
    person: { id: personId, name: person?.name ?? personId, email: person?.email ?? '' },
    opening,
    claimedAt: now,
    lines,
    notices: notices.map((notice) => `${notice.stream_id}/${notice.obligation_id}/${notice.rung}@${notice.occurrence}`),
  };
}

function lineOf(notice: CarriedNotice, subject: Subject, now: Instant): DigestLine {
  const { account, context } = subject;
  const duty = account.duties.find(({ id }) => id === notice.obligation_id);
  const obligation = duty ? obligationOf(duty, context) : null;
  const next = agenda(account, context, now).find((item) => item.obligation.duty.id === notice.obligation_id && item.at > now);
  const rung = obligation?.ladder.find(({ id }) => id === notice.rung);
  return {
    streamId: notice.stream_id,
    reference: subject.reference,
    title: subject.titleOf(notice.obligation_id),
    unit: subject.unit,
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
    link: subject.link,
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
