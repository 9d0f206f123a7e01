import { openDuty } from '../obligation/obligations';
import { accept, reject, type CommandOf, type Decision, type Judging } from './decision';
import { pastDate } from './gates';
import type { IssueState } from './types';

/** So many workdays has whoever was invited for an answer when the notice was signed after the talk. */
const REPLY_WORKDAYS = 5;

/**
 * decideTalk 约谈: asked by the last rung of an overdue rectification and owed by the inspection office. A talk never follows from a date
 * (design.md, section 3): held or not, a person decides and says why. Time and place are told ahead (forms.md: 约谈通知书), in a notice
 * that waits for its signature.
 */
export function decideTalk(state: IssueState, command: CommandOf<'decideTalk'>, context: Judging): Decision {
  const { hold, reason, talkOn = null, place = null } = command;
  if (!openDuty(state, 'talkDecision'))
    return reject('talk.notAsked', '目前没有待决定的约谈。', '逾期到最后一档才请巡察办决定；确需督办的，请用督办。');
  if (!hold)
    return talkOn === null && place === null
      ? accept({ type: 'talkDecided', hold, reason, talkOn, place, paper: null })
      : reject('talk.notHeld', '不约谈却填写了时间或地点。', '请删去时间和地点，或改为约谈。');
  if (talkOn === null || place === null)
    return reject('talk.whenAndWhere', '约谈须写明时间和地点。', '请填写约谈日期和地点，以便提前告知。');
  const id = `talkNotice-${state.papers.length + 1}`;
  return (
    pastDate(talkOn, context) ??
    accept({
      type: 'talkDecided',
      hold,
      reason,
      talkOn,
      place,
      paper: {
        id,
        kind: 'talkNotice',
        issuer: 'inspectionOffice',
        addressee: 'firstResponsible',
        copyTo: ['disciplineGroup'],
        replyWorkdays: REPLY_WORKDAYS,
        replyOn: talkOn,
      },
    })
  );
}
