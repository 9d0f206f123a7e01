import type { DraftDeclared, DraftFinding } from '../draft';
import { finding, type Check } from './context';

/**
 * Persons against person-times: kinds of handling add up to person-times, since one person may be handled in several ways.
 * A list of kinds in 人 that equals the person-times is a wording to confirm, one that equals neither is a contradiction; one that is
 * smaller than the persons just does not name all kinds, unless it names so many that a reader takes it for the whole.
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
  if (persons === undefined || times === undefined) {
    const message = `分类处理（${list}）合计 ${sum}，与自报 ${whole.value} ${persons === undefined ? '人次' : '人'}不相符。`;
    return [finding(unpaired(kinds, sum, whole.value), 'handlingSum', message, [whole.line])];
  }
  if (sum === times.value) {
    const message = `分类处理（${list}）合计 ${sum}，与自报 ${times.value} 人次相符，多于自报 ${persons.value} 人；分类以“人”计，实为人次（一人可受多种处理），请核对。`;
    return [finding('warning', 'handlingUnits', message, [persons.line])];
  }
  const message = `分类处理（${list}）合计 ${sum}，与自报 ${persons.value} 人、${times.value} 人次均不相符。`;
  return [finding(isPart(kinds, sum, persons.value) ? 'info' : 'error', 'handlingSum', message, [persons.line])];
};

/** Kinds that a list must name, and the share of the whole that they must reach, before it reads as the whole list. */
const WHOLE_LIST = { kinds: 4, share: 0.9 };

/** Whether a list of kinds that stays below the whole openly names only some of them. */
function isPart(kinds: readonly unknown[], sum: number, whole: number): boolean {
  return sum < whole && (kinds.length < WHOLE_LIST.kinds || sum < whole * WHOLE_LIST.share);
}

/** Only one of persons and person-times is stated: more than the persons may be person-times, fewer may be a part. */
function unpaired(kinds: readonly unknown[], sum: number, whole: number): DraftFinding['severity'] {
  if (sum > whole) return 'warning';
  return isPart(kinds, sum, whole) ? 'info' : 'error';
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
