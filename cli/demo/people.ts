import { addWorkdays, isWorkday } from '../../domain/calendar';
import type { RuleContext } from '../../domain/context';
import { obligationOf } from '../../domain/obligation/obligations';
import type { IssueState } from '../../domain/issue/types';
import type { Duty } from '../../domain/obligation/types';
import { holders } from '../../domain/parties';
import type { Role } from '../../domain/roles';
import type { RoundState } from '../../domain/round/types';
import { addDays, dateOf, weekday, type LocalDate } from '../../domain/time';

/** What somebody of the demo will do about a duty, and on which day. */
export interface Act {
  readonly on: LocalDate;
  readonly actor: string;
  readonly commands: readonly object[];
}

/** How the unit of an issue behaves; fixed by the issue's number, so that every run tells the same story. */
export type Temper = 'prompt' | 'late' | 'silent' | 'asksForTime';

export function temperOf(number: number): Temper {
  if (number % 8 === 2) return 'silent';
  if (number % 8 === 5) return 'late';
  return number % 8 === 7 ? 'asksForTime' : 'prompt';
}

/** The issue that is found not rectified when it is looked at again. */
const relapses = (state: IssueState): boolean => state.number % 7 === 1 && state.relapses === 0;
const returnedAtCheckBack = (state: IssueState): boolean => state.number % 9 === 4 && state.returns === 0;
const returnedAtReview = (state: IssueState): boolean => state.number % 11 === 6 && state.returns === 0;

/** The act by which an open duty will be met, or null while somebody else must act first. */
export function actFor(state: IssueState, duty: Duty, context: RuleContext): Act | null {
  const { calendar, directory } = context;
  const opened = dateOf(duty.openedAt);
  const due = obligationOf(duty, context).dueOn;
  const n = state.number;
  const after = (workdays: number): LocalDate => addWorkdays(calendar, opened, workdays);
  const who = (role: Role, index = 0): string => {
    const found = holders(directory, state, role, opened);
    return found[index % Math.max(found.length, 1)] ?? '';
  };
  const act = (on: LocalDate, actor: string, ...commands: object[]): Act | null =>
    actor === '' ? null : { on: officeDay(on, context), actor, commands };
  const slow = temperOf(n) === 'silent';

  switch (duty.kind) {
    case 'assign':
      return act(after(1), who('rectificationOffice'), assignment(state, context));
    case 'receipt':
      return act(after(slow ? 5 : 1 + (n % 2)), who('unitHead'), { type: 'acknowledge' });
    case 'plan':
      return act(after(slow ? 15 : 5 + (n % 5)), who('handler') || who('unitHead'), plan(state, after(slow ? 15 : 10)));
    case 'planApproval':
      return act(after(2), who(duty.holder), { type: 'approvePlan', opinion: '同意' });
    case 'planReview':
      return act(after(5), who('inspectionOffice'), { type: 'reviewPlan', verdict: 'approved' });
    case 'rectify':
      return state.phase === 'rectifying' && duty.stoppedAt === null ? rectify(state, due, context, act, who) : null;
    case 'extensionDecision':
      return act(after(2), who(duty.holder), { type: 'decideExtension', granted: true, opinion: '同意延期' });
    case 'checkBack':
      if (state.phase === 'closeoutRequested')
        return act(after(3), who('rectificationOffice'), { type: 'planCheckBack', checkers: pair(context, state, 'rectificationOffice') });
      return act(after(6), who('rectificationOffice'), {
        type: 'recordCheckBack',
        result: returnedAtCheckBack(state) ? 'returned' : 'passed',
        seen: returnedAtCheckBack(state) ? '现场所见与佐证不一致，退回补充' : '查看现场和佐证，情况属实',
      });
    case 'review': {
      const returns = duty.holder === 'disciplineGroup' && returnedAtReview(state);
      return act(after(3 + (n % 3)), reviewer(state, duty.holder, context), {
        type: 'review',
        party: duty.holder,
        verdict: returns ? 'returned' : 'approved',
        opinion: returns ? '成效不明，补充材料后再报' : '同意销号',
      });
    }
    case 'checkBackDraw':
      return act(due, who('inspectionOffice'), {
        type: 'drawCheckBack',
        seed: state.roundId,
        checkers: pair(context, state, 'inspectionOffice'),
        chosen: relapses(state),
      });
    case 'afterCheckBack':
      return act(after(6), who('inspectionOffice'), {
        type: 'recordCheckBack',
        result: relapses(state) ? 'relapsed' : 'consolidated',
        seen: relapses(state) ? '问题再次出现，未整改到位' : '成效保持，未见反弹',
      });
    case 'signPaper':
      return act(after(1), who(duty.holder), { type: 'signPaper', paperId: duty.id.slice('signPaper:'.length) });
    case 'reply':
      return act(after(3), who(duty.holder), {
        type: 'replyToPaper',
        paperId: duty.id.slice('reply:'.length),
        reply: '已逐项落实，情况如下',
      });
    default:
      return null;
  }
}

function rectify(
  state: IssueState,
  due: LocalDate,
  { calendar }: RuleContext,
  act: (on: LocalDate, actor: string, ...commands: object[]) => Act | null,
  who: (role: Role) => string,
): Act | null {
  const finish = [
    ...state.measures
      .filter(({ completedAt }) => completedAt === null)
      .map(({ id }) => ({ type: 'completeMeasure', measureId: id, evidence: '制度文件、照片、签到表各一份' })),
    { type: 'requestCloseout', summary: '措施已落实，申请销号' },
  ];
  const first = state.returns === 0 && state.relapses === 0;
  const temper = first ? temperOf(state.number) : 'prompt';
  if (temper === 'late') return act(addWorkdays(calendar, due, 7), who('unitHead'), ...finish);
  if (temper === 'silent') return act(addWorkdays(calendar, due, 33), who('unitHead'), ...finish);
  if (temper === 'asksForTime' && state.extensions === 0)
    return act(addDays(due, -8), who('unitHead'), {
      type: 'requestExtension',
      newDueOn: addDays(due, 20),
      reason: '采购程序未完',
      progress: '已完成招标',
    });
  return act(addDays(due, -(3 + (state.number % 12))), who('unitHead'), ...finish);
}

/** The act by which a duty of the round will be met. */
export function actForRound(state: RoundState, duty: Duty, context: RuleContext): Act | null {
  const { directory, calendar } = context;
  const opened = dateOf(duty.openedAt);
  const due = obligationOf(duty, context).dueOn;
  const act = (on: LocalDate, role: Role, command: object): Act | null => {
    const actor = holders(directory, state, role, opened)[0];
    return actor === undefined ? null : { on: officeDay(on, context), actor, commands: [command] };
  };
  switch (duty.kind) {
    case 'roundPlan':
      return act(addDays(due, -7), 'rectificationOffice', { type: 'filePlan', document: '整改方案' });
    case 'cadence':
      return act(addWorkdays(calendar, opened, 2), 'rectificationOffice', { type: 'holdMeeting', minutes: '分析进度，明确下一步' });
    case 'organisationReport':
      return act(addDays(due, -5), 'rectificationOffice', { type: 'fileReport', report: 'organisationReport', document: '整改情况报告' });
    case 'secretaryReport':
      return act(addDays(due, -3), 'firstResponsible', { type: 'fileReport', report: 'secretaryReport', document: '组织落实情况报告' });
    case 'assessment':
      return act(addWorkdays(calendar, opened, 15), 'inspectionOffice', {
        type: 'assess',
        deductions: [{ item: '整改时限', points: 6, reason: '部分问题逾期' }],
      });
    default:
      return null;
  }
}

/** Lead unit and leader in turn: the demo knows people, not who is responsible for what. */
function assignment(state: IssueState, { directory }: RuleContext): object {
  const units = directory.posts.filter((post) => post.role === 'unitHead').map((post) => post.unitId);
  const own = [...new Set(units)].filter((id) => directory.units.some((unit) => unit.id === id && unit.kind === 'unit'));
  const leaders = [...new Set(directory.posts.filter((post) => post.role === 'leadLeader').map((post) => post.personId))];
  const leadUnitId = own[state.number % Math.max(own.length, 1)] ?? units[0] ?? '';
  const handler = directory.posts.find((post) => post.role === 'handler' && post.unitId === leadUnitId)?.personId;
  return {
    type: 'assign',
    leadUnitId,
    leadLeaderId: leaders[state.number % Math.max(leaders.length, 1)] ?? '',
    ...(handler === undefined ? {} : { handlerId: handler }),
  };
}

function plan(state: IssueState, from: LocalDate): object {
  const unitId = state.assignment?.leadUnitId ?? '';
  const texts = ['修订制度并组织学习', '逐项核查并建立台账', '开展专项检查'].slice(0, 1 + (state.number % 3));
  return {
    type: 'proposePlan',
    rootCause: '制度执行不严，日常检查不够',
    measures: texts.map((text, index) => ({
      unitId,
      text,
      dueOn: addDays(from, 22 + ((state.number * 5) % 24) + index),
      sustained: false,
    })),
  };
}

/** Two checkers who do not belong to the unit. */
function pair({ directory }: RuleContext, state: IssueState, role: Role): string[] {
  const fit = directory.posts
    .filter((post) => post.role === role || post.role === 'rectificationOffice' || post.role === 'inspectionOffice')
    .sort((a, b) => Number(b.role === role) - Number(a.role === role))
    .map((post) => post.personId)
    .filter((id) => !directory.posts.some((post) => post.personId === id && post.unitId === state.assignment?.leadUnitId));
  return [...new Set(fit)].slice(0, 2);
}

/** Somebody of the party who has not spoken yet in this review. */
function reviewer(state: IssueState, party: Role, { directory }: RuleContext): string {
  const spoke = new Set([...state.reviews.map(({ by }) => by), state.closeoutRequestedBy]);
  return directory.posts.find((post) => post.role === party && !spoke.has(post.personId))?.personId ?? '';
}

/** The people of the demo act on Tuesdays and Thursdays, so that a day of theirs is one mail and not five. */
function officeDay(date: LocalDate, { calendar }: RuleContext): LocalDate {
  let day = date;
  while (!isWorkday(calendar, day) || (weekday(day) !== 2 && weekday(day) !== 4)) day = addDays(day, 1);
  return day;
}
