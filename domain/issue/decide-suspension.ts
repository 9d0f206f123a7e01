import { dueOn } from '../calendar';
import { obligations, openDuty } from '../obligation/obligations';
import { addMonths, dateOf, type LocalDate } from '../time';
import type { DecisionContext } from '../context';
import { beforeClosing } from './decide-correct';
import { accept, reject, type CommandOf, type Decision, type Judging } from './decision';
import { inPhase, pastDate } from './gates';
import type { IssueState } from './types';

/** A suspension is looked at again within so many months. */
const LONGEST_MONTHS = 12;

/** suspend: by a document, with a day on which the inspection office looks at it again. */
export const decideSuspension = (state: IssueState, command: CommandOf<'suspend'>, context: Judging): Decision =>
  beforeClosing(state, command.type) ??
  unfitReviewDay(command.reviewOn, context) ??
  accept({ type: 'suspended', reason: command.reason, document: command.document, reviewOn: command.reviewOn });

/** reviewSuspension: it goes on, until the next day on which it is looked at. */
export const decideSuspensionReview = (state: IssueState, command: CommandOf<'reviewSuspension'>, context: Judging): Decision =>
  inPhase(state, command.type, ['suspended']) ??
  unfitReviewDay(command.reviewOn, context) ??
  accept({ type: 'suspensionReviewed', reviewOn: command.reviewOn, opinion: command.opinion });

/**
 * resume: back to where it stood. Nobody is overdue by days on which nothing could be done: a term counts anew from the resumption;
 * for a named day that has passed meanwhile, and for a rectification past its day, the office names a new one. Whoever was overdue
 * before the suspension still is.
 */
export function decideResumption(state: IssueState, command: CommandOf<'resume'>, context: Judging): Decision {
  const { reason, newDueOn = null } = command;
  const today = dateOf(context.now);
  const refused = inPhase(state, command.type, ['suspended']);
  if (refused) return refused;
  const rested = obligations(state, context).filter(({ duty }) => duty.stoppedAt !== null);
  const late = rested.find(({ duty, dueOn: due }) => duty.kind === 'rectify' && due < today);
  const inTime = rested.filter(({ duty, dueOn: due }) => duty.kind !== 'rectify' && due >= dateOf(duty.stoppedAt ?? context.now));
  const renewed = inTime.filter(({ duty, dueOn: due }) => !('named' in duty.due) || due < today);
  const passed = late ?? renewed.find(({ duty }) => 'named' in duty.due);
  if (newDueOn === null) {
    if (passed) return reject('resume.dateNeeded', `时限${passed.dueOn}已过。`, '请写明新的整改期限。');
  } else {
    const unfit = pastDate(newDueOn, context) ?? notLater(newDueOn, context);
    if (unfit) return unfit;
    if (!passed && !openDuty(state, 'rectify')) return reject('resume.nothingDated', '目前没有整改期限可改。', '请不填新期限，直接恢复。');
  }
  return accept({ type: 'resumed', reason, newDueOn, renewed: renewed.map(({ duty }) => duty.id) });
}

/** withdraw: the finding itself no longer stands; what is struck off is reopened first. */
export const decideWithdrawal = (state: IssueState, command: CommandOf<'withdraw'>, _context: Judging): Decision =>
  inPhase(state, command.type, [
    'registered',
    'assigned',
    'acknowledged',
    'planned',
    'rectifying',
    'closeoutRequested',
    'checkBack',
    'underReview',
    'stageCompleted',
    'suspended',
  ]) ?? accept({ type: 'withdrawn', reason: command.reason, document: command.document });

/** reopen: a consolidated issue that was found not rectified after all. */
export const decideReopening = (state: IssueState, command: CommandOf<'reopen'>, _context: Judging): Decision =>
  inPhase(state, command.type, ['consolidated']) ?? accept({ type: 'reopened', reason: command.reason, document: command.document });

function unfitReviewDay(on: LocalDate, context: DecisionContext): Decision | undefined {
  const latest = addMonths(dateOf(context.now), LONGEST_MONTHS);
  return (
    pastDate(on, context) ??
    (on > latest ? reject('suspension.tooLong', `复核日期${on}在一年以后。`, `请填写不晚于${latest}的日期。`) : undefined)
  );
}

const notLater = (date: LocalDate, { calendar, now }: DecisionContext): Decision | undefined =>
  dueOn(calendar, { kind: 'named', date }).date <= dateOf(now)
    ? reject('resume.notLater', `新期限${date}不晚于今天。`, '请填写今天以后的工作日。')
    : undefined;
