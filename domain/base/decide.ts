import { checkCalendarYear, type CalendarYear } from '../calendar';
import type { DecisionContext } from '../context';
import { accept, reject, type Decision } from '../decision';
import { dutyHolders, rolesIn } from '../parties';
import { unreachable } from '../result';
import { roles, type Role } from '../roles';
import { dateOf } from '../time';
import { NUMBER_TO_DRAW } from '../obligation/events';
import type { BaseEvent } from './events';
import type { BaseState } from './types';

/** What a person asks of the base data. */
export type BaseCommand =
  | { readonly type: 'signHandover'; readonly dutyId: string }
  | { readonly type: 'signPaper'; readonly paperId: string }
  | { readonly type: 'enterCalendarYear'; readonly year: string; readonly table: CalendarYear };

export type BaseCommandType = BaseCommand['type'];

/** Who may ask for it; an empty list: whoever owes it. */
export const baseCommandRoles: Readonly<Record<BaseCommandType, readonly Role[]>> = {
  signHandover: [],
  signPaper: ['rectificationOffice'],
  enterCalendarYear: ['admin', 'inspectionOffice', 'rectificationOffice'],
};

export const baseCommandLabels: Readonly<Record<BaseCommandType, string>> = {
  signHandover: '签收交接清单',
  signPaper: '签发提醒函',
  enterCalendarYear: '录入节假日安排',
};

/** The gate of the base data. Pure; never throws. */
export function decideBase(state: BaseState, command: BaseCommand, context: DecisionContext): Decision<BaseEvent> {
  const { directory, calendar, actor, now } = context;
  switch (command.type) {
    case 'signHandover': {
      const duty = state.duties.find(({ id, kind, closedAt }) => id === command.dutyId && kind === 'handover' && closedAt === null);
      if (!duty) return reject('handover.unknown', `没有待签收的交接${command.dutyId}。`, '请用 party handovers 查看。');
      return dutyHolders(directory, state, duty, dateOf(now)).personIds.includes(actor)
        ? accept({ type: 'handoverSigned', dutyId: duty.id })
        : reject('role.notAllowed', '这份交接清单不由您签收。', '请由新任负责人签收。');
    }
    case 'signPaper': {
      const duty = state.duties.find(({ id, closedAt }) => id === `signPaper:${command.paperId}` && closedAt === null);
      if (!duty) return reject('paper.notDraft', `没有待签发的文书${command.paperId}。`, '请用 party handovers 查看。');
      return dutyHolders(directory, state, duty, dateOf(now)).personIds.includes(actor)
        ? accept({ type: 'paperSigned', paperId: command.paperId, number: NUMBER_TO_DRAW, signedOn: dateOf(now) })
        : reject('role.notAllowed', '该文书不由您签发。', '请由整改办签发。');
    }
    case 'enterCalendarYear': {
      const allowed = baseCommandRoles.enterCalendarYear;
      const own = rolesIn(directory, state, actor, dateOf(now));
      if (!allowed.some((role) => own.includes(role)))
        return reject('role.notAllowed', '您不能录入节假日安排。', `请由${allowed.map((role) => roles[role]).join('或')}办理。`);
      if (!/^\d{4}$/.test(command.year)) return reject('calendar.year', `“${command.year}”不是年份。`, '请填写四位数年份。');
      const wrong = checkCalendarYear(command.year, command.table)[0];
      if (wrong) return { ok: false, rejection: wrong };
      const before = calendar.years[command.year];
      if (before && sameDays(before, command.table)) return reject('calendar.same', `${command.year}年的安排没有变化。`, '无需重复录入。');
      return accept({ type: 'calendarYearEntered', year: command.year, table: command.table, version: nextVersion(calendar.version) });
    }
    default:
      return unreachable(command);
  }
}

const sameDays = (a: CalendarYear, b: CalendarYear): boolean => listed(a) === listed(b);
const listed = ({ off, work }: CalendarYear): string => JSON.stringify([[...off].sort(), [...work].sort()]);

/** `2026.1` after `2026`, then `2026.2`: the shipped table with the number of changes made here. */
function nextVersion(version: string): string {
  const [, shipped = version, changes = '0'] = /^(.*)~(\d+)$/.exec(version) ?? [];
  return `${shipped}~${Number(changes) + 1}`;
}
