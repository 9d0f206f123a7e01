import { defaultLadders } from '../policy/ladders';
import { paperLabels, type Ladder, type Policy } from '../policy/policy';
import { roles, type Role } from '../roles';
import { addDays, dateOf } from '../time';
import type { HandPaper } from './commands';
import { accept, reject, type CommandOf, type Decision, type Judging } from './decision';
import { NUMBER_TO_DRAW } from './events';
import { inPhase, notIn, pastDate } from './gates';
import type { Paper } from '../obligation/types';
import type { IssueState } from './types';

/** Which office sends which paper 督办; the finding's own organisation reminds and orders, the inspection office orders and warns. */
const issuers: Readonly<Record<HandPaper, Role>> = {
  reminderLetter: 'rectificationOffice',
  supervisionOrder: 'rectificationOffice',
  officeSupervisionOrder: 'inspectionOffice',
  finalWarning: 'inspectionOffice',
  accountabilityProposal: 'inspectionOffice',
};

/** So many calendar days can a draft be held; after them it is signed or declined. */
const LONGEST_HOLD_DAYS = 60;

/** signPaper: a draft or a held one, once, by its issuer. A draft whose issue was closed meanwhile has lapsed. */
export function decideSigning(state: IssueState, { paperId, letterId }: CommandOf<'signPaper'>, { acting, now }: Judging): Decision {
  const paper = state.papers.find(({ id }) => id === paperId);
  if (paper?.state === 'declined') return declined(paper);
  if (!isUnsigned(paper)) return notDraft(paperId);
  return (
    notIn(paper.issuer, acting, '该文书不由您签发。') ??
    accept({
      type: 'paperSigned',
      paperId,
      number: NUMBER_TO_DRAW,
      signedOn: dateOf(now),
      ...(letterId === undefined ? {} : { letterId }),
    })
  );
}

/** replyToPaper: an issued paper whose answer is still owed, by its addressee. */
export function decideReply(state: IssueState, { paperId, reply }: CommandOf<'replyToPaper'>, { acting }: Judging): Decision {
  const paper = state.papers.find(({ id }) => id === paperId);
  const owed = state.duties.some((duty) => duty.id === `reply:${paperId}` && duty.closedAt === null);
  if (!paper || !owed) return reject('paper.notIssued', `没有待回复的文书${paperId}。`, '请用 issue show 查看文书。');
  return notIn(paper.addressee, acting, '该文书不由您回复。') ?? accept({ type: 'paperReplied', paperId, reply });
}

/**
 * escalate 督办 by hand: an office drafts a paper of its own kinds about an issue that some unit has and that is not closed. To whom it
 * goes and how long the answer may take stands in the policy's ladder. One paper per addressee, kind and day, whoever drafted it.
 */
export function decideEscalation(state: IssueState, command: CommandOf<'escalate'>, context: Judging): Decision {
  const { kind, reason, urgent = false } = command;
  const refused = inPhase(state, command.type, [
    'assigned',
    'acknowledged',
    'planned',
    'rectifying',
    'closeoutRequested',
    'checkBack',
    'underReview',
    'stageCompleted',
  ]);
  if (refused) return refused;
  if (!state.assignment) return reject('issue.notAssigned', '该问题尚未交账，没有可督办的单位。', '请先交账。');
  const issuer = issuers[kind];
  if (!context.acting.includes(issuer))
    return reject('paper.issuer', `${paperLabels[kind]}由${roles[issuer]}发出。`, `请改用${ownKinds(context.acting)}。`);
  const { addressee, copyTo, replyWorkdays } = orderOf(state, kind, context.policy);
  const today = dateOf(context.now);
  const same = state.papers.find(
    (paper) => paper.kind === kind && paper.addressee === addressee && paper.state !== 'declined' && draftedOn(state, paper) === today,
  );
  if (same)
    return reject(
      'paper.sameDay',
      `今天已向${roles[addressee]}拟出${paperLabels[kind]}${same.id}。`,
      '同一收文对象、同一文书每天一份，请签发已有的一份。',
    );
  const id = `${kind}-${state.papers.length + 1}`;
  const paper = { id, kind, issuer, addressee, copyTo, replyWorkdays, ...(urgent ? { urgent: true as const } : {}) };
  return accept({ type: 'escalated', paper, reason });
}

/** holdPaper: a draft waits on purpose until a day, for a reason, once. */
export function decideHolding(state: IssueState, command: CommandOf<'holdPaper'>, context: Judging): Decision {
  const { paperId, reason, until } = command;
  const paper = state.papers.find(({ id }) => id === paperId);
  if (paper?.state === 'declined') return declined(paper);
  if (paper?.state === 'held') return reject('paper.held', `文书${paperId}已暂缓一次。`, '请签发，或写明理由不予签发。');
  if (!isUnsigned(paper)) return notDraft(paperId);
  const latest = addDays(dateOf(context.now), LONGEST_HOLD_DAYS);
  return (
    notIn(paper.issuer, context.acting, '该文书不由您签发，也不由您暂缓。') ??
    pastDate(until, context) ??
    (until > latest
      ? reject('paper.heldTooLong', `暂缓至${until}，超过${LONGEST_HOLD_DAYS}日。`, `请填写不晚于${latest}的日期，或不予签发。`)
      : undefined) ??
    accept({ type: 'paperHeld', paperId, reason, until })
  );
}

/** declinePaper: a draft or a held one is not sent, for a reason. */
export function decideDeclining(state: IssueState, { paperId, reason }: CommandOf<'declinePaper'>, { acting }: Judging): Decision {
  const paper = state.papers.find(({ id }) => id === paperId);
  if (paper?.state === 'declined') return declined(paper);
  if (!isUnsigned(paper)) return notDraft(paperId);
  return notIn(paper.issuer, acting, '该文书不由您签发，也不由您否决。') ?? accept({ type: 'paperDeclined', paperId, reason });
}

const isUnsigned = (paper: Paper | undefined): paper is Paper => paper?.state === 'draft' || paper?.state === 'held';

const notDraft = (paperId: string): Decision => reject('paper.notDraft', `没有待签发的文书${paperId}。`, '请用 issue show 查看文书。');

const declined = ({ id }: Paper): Decision => reject('paper.declined', `文书${id}已决定不予签发。`, '确需发文的，请另行督办。');

const ownKinds = (acting: readonly Role[]): string =>
  (Object.keys(issuers) as HandPaper[])
    .filter((kind) => acting.includes(issuers[kind]))
    .map((kind) => paperLabels[kind])
    .join('或');

type HandOrder = Pick<Paper, 'addressee' | 'copyTo' | 'replyWorkdays'>;

/** Accountability is proposed to the body that decides about it; no ladder asks for it (design.md, section 3). Our own default. */
const proposal: HandOrder = { addressee: 'inspectionLeadingGroup', copyTo: ['disciplineGroup'], replyWorkdays: 20 };

/** The paper as the ladder in force orders it; where the policy has no such rung, as our own default does. */
function orderOf({ relapses }: IssueState, kind: HandPaper, { ladders, relapseLadder }: Policy): HandOrder {
  if (kind === 'accountabilityProposal') return proposal;
  const own = relapses > 0 ? [relapseLadder, ladders.rectify] : [ladders.rectify, relapseLadder];
  const found = [...own, defaultLadders.rectify].map(({ value }) => paperIn(value, kind)).find((order) => order !== undefined);
  return found ?? { addressee: 'firstResponsible', copyTo: [], replyWorkdays: 5 };
}

const paperIn = (ladder: Ladder, kind: HandPaper): HandOrder | undefined => ladder.find(({ paper }) => paper?.kind === kind)?.paper;

/** A paper is drafted when its signature is first owed. */
function draftedOn({ duties }: IssueState, { id }: Paper): string | undefined {
  const first = duties.find((duty) => duty.id === `signPaper:${id}`);
  return first && dateOf(first.openedAt);
}
