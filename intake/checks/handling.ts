import type { DraftDeclared } from '../draft';
import { finding, type Check } from './context';

/**
 * Persons against person-times: kinds of handling add up to person-times, since one person may be handled in several ways.
 * A list of kinds in 人 that equals the person-times is a wording to confirm, one that equals neither is a contradiction; one that is
 * smaller than the persons just does not name all kinds.
 */
export const handlingTotals: Check = ({ draft }) => {
  const persons = draft.declared.find(({ what }) => what === 'handled_persons');
  const times = draft.declared.find(
    ({ what, line }) => what === 'handled_person_times' && (persons === undefined || line === persons.line),
  );
  const whole = persons ?? times;
  const kinds = draft.declared.filter(({ what, line }) => isKind(what) && line === whole?.line);
  if (whole === undefined || kinds.length < 2) return [];
  const sum = kinds.reduce((all, { value }) => all + value, 0);
  const list = kinds.map(({ what, value }) => `${kindOf(what)}${value}`).join('、');
  if (sum === whole.value) return [];
  if (persons === undefined || times === undefined) return unpaired(whole, sum, list);
  if (sum === times.value) {
    const message = `分类处理（${list}）合计 ${sum}，与自报 ${times.value} 人次相符，多于自报 ${persons.value} 人；分类以“人”计，实为人次（一人可受多种处理），请核对。`;
    return [finding('warning', 'handlingUnits', message, [persons.line])];
  }
  const message = `分类处理（${list}）合计 ${sum}，与自报 ${persons.value} 人、${times.value} 人次均不相符。`;
  return [finding(sum < persons.value ? 'info' : 'error', 'handlingSum', message, [persons.line])];
};

/** Only one of the two is stated. */
function unpaired({ what, value, line }: DraftDeclared, sum: number, list: string): ReturnType<Check> {
  const unit = what === 'handled_persons' ? '人' : '人次';
  const message = `分类处理（${list}）合计 ${sum}，与自报 ${value} ${unit}不相符。`;
  return [finding(sum < value ? 'info' : 'warning', 'handlingSum', message, [line])];
}

const isKind = (what: string): boolean => what.startsWith('handling:');
const kindOf = (what: string): string => what.slice('handling:'.length);

/** A kind of handling of which one finding alone names more persons than the whole document declares. */
export const handlingInIssues: Check = ({ draft }) => {
  const totals = new Map<string, DraftDeclared>();
  for (const total of draft.declared) {
    const known = totals.get(total.what);
    if (isKind(total.what) && (known === undefined || known.value < total.value)) totals.set(total.what, total);
  }
  return draft.issues.flatMap(({ label, number, handling }) =>
    handling.flatMap(({ kind, count, unit, line }) => {
      const total = totals.get(`handling:${kind}`);
      if (total === undefined || unit !== '人' || count <= total.value) return [];
      const message = `问题${label || number}写${kind} ${count} 人，多于全文自报的 ${total.value}。`;
      return [finding('warning', 'handlingInIssue', message, [total.line, line])];
    }),
  );
};
