import { workdaysBetween } from './calendar';
import type { ContentRef } from './content';
import type { DecisionContext } from './context';
import { reject, type Refusal } from './decision';
import type { Directory } from './directory';
import type { CommonEvent } from './obligation/events';
import { bodyActor, bodyOf, personOf, rolesIn, type Parties } from './parties';
import { roles, type Role } from './roles';
import { heldOn } from './substitutes';
import { addMillis, addMonths, dateOf, endOfDay, type Instant, type LocalDate } from './time';

/** A decision made on paper or in a meeting, recorded into the system 补录 (design.md, section 2). */
export interface Recorded {
  /** The person who signed, or the body that decided. */
  readonly decider: { readonly personId: string } | { readonly body: Role };
  /** The day of the paper or meeting: it counts. */
  readonly paperOn: LocalDate;
  readonly document: ContentRef;
  readonly original?: ContentRef;
}

/** Bodies decide in meetings and act only this way; so does an office that is not on the system. */
export const bodies: readonly Role[] = [
  'leadingGroup',
  'inspectionLeadingGroup',
  'inspectionOffice',
  'disciplineGroup',
  'organisationDept',
];

/** Who may record what others decided. */
export const recorders: readonly Role[] = ['liaison', 'rectificationOffice'];
const recorderNames = recorders.map((role) => roles[role]).join('或');

/** Longer ago, a paper belongs to another round. */
const OLDEST_MONTHS = 24;

export interface Recording {
  /** In whose name the events are written: `body:leadingGroup` for a body. */
  readonly actor: string;
  readonly effectiveOn: LocalDate;
  /** The last moment of that day, or the moment of recording when it is the same: at it the gates judge. */
  readonly decidedAt: Instant;
  /** The posts of that day: who has left since could decide then, who came later could not. */
  readonly directory: Directory;
  readonly event: Extract<CommonEvent, { type: 'decisionRecorded' }>;
}

/**
 * Judges the recording itself; the command's own gates then apply to the decider. The recorder is a liaison or the rectification
 * office, the paper is not from the future, and more workdays late than the policy allows is flagged, not refused.
 */
export function decideRecording(parties: Parties, recorded: Recorded, context: DecisionContext): Recording | Refusal {
  const { directory, calendar, policy, now, actor: by } = context;
  const today = dateOf(now);
  if (bodyOf(by) || !mayRecord(directory, parties, by, today))
    return reject('record.role', '您不能补录他人的决定。', `请由${recorderNames}补录。`);
  const { decider, paperOn, document, original } = recorded;
  if (paperOn > today) return reject('record.future', `纸质决定的日期${paperOn}在今天之后。`, '请填写文件或会议的实际日期。');
  if (paperOn < addMonths(today, -OLDEST_MONTHS))
    return reject('record.old', `纸质决定的日期${paperOn}过早。`, `请核对日期；只补录${OLDEST_MONTHS}个月以内的决定。`);
  if ('body' in decider && !bodies.includes(decider.body))
    return reject(
      'record.body',
      `${roles[decider.body]}不是会议决定的机构。`,
      `机构可填${bodies.map((role) => roles[role]).join('、')}，个人请填姓名。`,
    );
  if ('personId' in decider && !personOf(directory, decider.personId))
    return reject('person.unknown', `通讯录中没有人员${decider.personId}。`, '请先导入人员，或改用已有人员。');
  const actor = 'body' in decider ? bodyActor(decider.body) : decider.personId;
  const late = workdaysBetween(calendar, paperOn, today) > policy.lateRecordWorkdays.value;
  return {
    actor,
    effectiveOn: paperOn,
    decidedAt: paperOn < today ? addMillis(endOfDay(paperOn), -1) : now,
    directory: asOn(directory, paperOn),
    event: { type: 'decisionRecorded', by, decider: actor, paperOn, document, original: original ?? null, late },
  };
}

/** A body meets; what it decided is recorded by somebody, never sent in its own name. */
export const decideDirect = (actor: string): Refusal | null =>
  bodyOf(actor) ? reject('record.needed', '会议决定须凭文件补录。', `请由${recorderNames}补录，并写明会议日期和文号。`) : null;

/** The office, or the liaison of a unit that has a part in the matter. */
function mayRecord(directory: Directory, parties: Parties, personId: string, on: LocalDate): boolean {
  const units = [null, ...(parties.assignment?.coUnitIds ?? [])];
  return units.some((unitId) => rolesIn(directory, parties, personId, on, unitId).some((role) => recorders.includes(role)));
}

/** Posts and substitutes as they were on a day, without their ends: nothing that a gate asks of them then rests on another day. */
function asOn(directory: Directory, on: LocalDate): Directory {
  const standing = <T extends { readonly from: LocalDate | null; readonly to: LocalDate | null }>(all: readonly T[]): T[] =>
    all.filter((one) => heldOn(one, on)).map((one) => ({ ...one, from: null, to: null }));
  return { ...directory, posts: standing(directory.posts), substitutes: standing(directory.substitutes) };
}
