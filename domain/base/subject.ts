import type { Directory } from '../directory';
import { personOf, unitOf } from '../parties';
import { roles } from '../roles';
import type { BaseState, Seat } from './types';

/** What a duty of the base data is about, in office words: `北门卫生院责任单位负责人岗位`, `2027年节假日安排`. */
export function baseSubject({ handovers }: BaseState, dutyId: string, directory: Directory): string {
  const kind = dutyId.slice(0, dutyId.indexOf(':'));
  const rest = dutyId.slice(kind.length + 1);
  if (kind === 'calendarTable') return `${rest}年节假日安排`;
  if (kind === 'handover') {
    const handover = handovers.find((one) => one.dutyId === dutyId);
    return handover ? `${seatWords(handover.seat, directory)}交接清单（${handover.items.length}项）` : '交接清单';
  }
  return `${seatWords(seatOfKey(rest.slice(0, rest.lastIndexOf('#'))), directory)}岗位`;
}

export function seatWords({ role, unitId, personId }: Seat, directory: Directory): string {
  const at = unitId === null ? '' : (unitOf(directory, unitId)?.name ?? unitId);
  const name = personId === null ? '' : (personOf(directory, personId)?.name ?? personId);
  return `${at}${roles[role]}${name === '' ? '' : `（原为${name}）`}`;
}

/** The seat of a key as `seatKey` writes it; leaders are seats by person, all others by unit. */
export function seatOfKey(key: string): Seat {
  const role = key.slice(0, key.indexOf(':'));
  const id = key.slice(role.length + 1);
  const leader = role === 'leadLeader';
  return { role: role as Seat['role'], unitId: leader || id === '' ? null : id, personId: leader && id !== '' ? id : null };
}
