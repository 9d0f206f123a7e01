import { finding, type Check } from './context';

const names: Readonly<Record<string, string>> = {
  issues: '问题',
  aspects: '方面',
  categories: '项',
  completed: '已完成整改',
  basically_completed: '基本完成',
  stage_completed: '阶段性完成',
  in_progress: '正在整改',
  not_completed: '未完成',
};

/** Stated totals against what was counted in the document. */
export const declaredTotals: Check = ({ draft }) =>
  draft.declared
    .filter(({ agrees }) => agrees === false)
    .map(({ what, value, counted, line }) =>
      finding('error', 'declaredMismatch', `文中自报${names[what] ?? what} ${value}，逐条清点为 ${counted ?? 0}。`, [line]),
    );

const states = ['completed', 'basically_completed', 'stage_completed', 'partially_rectified', 'in_progress', 'not_completed'];

/** The stated states of one line must add up to the stated number of issues. */
export const stateTotals: Check = ({ draft }) => {
  const total = draft.declared.find(({ what }) => what === 'issues');
  const parts = draft.declared.filter(({ what, line }) => states.includes(what) && line === total?.line);
  const sum = parts.reduce((all, { value }) => all + value, 0);
  if (total === undefined || parts.length < 2 || sum === total.value) return [];
  return [
    finding('error', 'declaredSum', `文中自报问题 ${total.value} 个，而各整改状态之和为 ${sum}。`, [
      total.line,
      ...parts.map(({ line }) => line),
    ]),
  ];
};

/**
 * Persons against person-times: kinds of handling add up to person-times, since one person may be handled in several ways.
 * A list of kinds in 人 that equals the person-times is a wording to confirm, one that equals neither is a contradiction.
 */
export const handlingTotals: Check = ({ draft }) => {
  const persons = draft.declared.find(({ what }) => what === 'handled_persons');
  const times = draft.declared.find(({ what, line }) => what === 'handled_person_times' && line === persons?.line);
  const kinds = draft.declared.filter(({ what, line }) => what.startsWith('handling:') && line === persons?.line);
  if (persons === undefined || kinds.length < 2) return [];
  const sum = kinds.reduce((all, { value }) => all + value, 0);
  const list = kinds.map(({ what, value }) => `${what.slice('handling:'.length)}${value}`).join('、');
  if (sum === persons.value) return [];
  if (sum === times?.value) {
    const message = `分类处理（${list}）合计 ${sum}，与自报 ${times.value} 人次相符，多于自报 ${persons.value} 人；分类以“人”计，实为人次（一人可受多种处理），请核对。`;
    return [finding('warning', 'handlingUnits', message, [persons.line])];
  }
  const stated = times === undefined ? `${persons.value} 人` : `${persons.value} 人、${times.value} 人次`;
  return [finding('error', 'handlingSum', `分类处理（${list}）合计 ${sum}，与自报 ${stated}均不相符。`, [persons.line])];
};
