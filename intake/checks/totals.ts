import { reportedStatus, type DraftDeclared } from '../draft';
import { finding, type Check, type CheckInput } from './context';

const names: Readonly<Record<string, string>> = {
  issues: '问题',
  aspects: '方面',
  categories: '项',
  completed: '已完成整改',
  basically_completed: '基本完成',
  stage_completed: '阶段性完成',
  partially_rectified: '部分整改',
  in_progress: '正在整改',
  not_completed: '未完成',
  measures: '整改措施',
  handled_person_times: '人次',
};

/** Stated totals against what was counted in the document. */
export const declaredTotals: Check = ({ draft }) =>
  draft.declared.flatMap(({ what, value, counted, agrees, line }) => {
    // what the kinds of handling add up to is told by `handlingTotals`
    if (agrees !== false || counted === null || what === 'handled_person_times') return [];
    if (what === 'completion_rate') {
      return [finding('warning', 'percentMismatch', `文中自报整改率 ${value}%，按自报数计算为 ${counted}%。`, [line])];
    }
    if (what.startsWith('money:')) {
      const message = `文中自报${what.slice('money:'.length)} ${value} 元，而单个问题中已有 ${counted} 元。`;
      return [finding('warning', 'declaredMoney', message, [line])];
    }
    return [finding('error', 'declaredMismatch', `文中自报${names[what] ?? what} ${value}，逐条清点为 ${counted}。`, [line])];
  });

/** Totals that no heading of an aspect or category states of its own issues. */
function ofTheWhole({ declared, aspects, categories }: CheckInput['draft']): DraftDeclared[] {
  const lines = new Set([...aspects, ...categories].map(({ line }) => line));
  return declared.filter(({ line }) => !lines.has(line));
}

/** Two totals of findings in one document that itself lists none, or another number than either. */
export const declaredTwice: Check = ({ draft }) => {
  const totals = ofTheWhole(draft).filter(({ what }) => what === 'issues');
  const values = [...new Set(totals.map(({ value }) => value))];
  if (values.length < 2 || totals.some(({ agrees }) => agrees === true)) return [];
  const message = `文中自报的问题总数前后不一：${values.join('、')}。`;
  return [
    finding(
      'warning',
      'declaredTwice',
      message,
      totals.map(({ line }) => line),
    ),
  ];
};

const withinCompleted = new Set(['basically_completed', 'stage_completed']);

/** The stated states of one line must add up to the stated number of issues; one of them may be a part of another (其中基本完成2个). */
export const stateTotals: Check = ({ draft }) => {
  const declared = ofTheWhole(draft);
  const total = declared.find(({ what }) => what === 'issues');
  const parts = declared.filter(({ what, line }) => reportedStatus.options.some((state) => state === what) && line === total?.line);
  const sum = parts.reduce((all, { value }) => all + value, 0);
  if (
    total === undefined ||
    parts.length < 2 ||
    sum === total.value ||
    parts.some((part) => withinCompleted.has(part.what) && sum - part.value === total.value)
  )
    return [];
  // fewer may mean that the rest is not told of
  const severity = sum > total.value ? 'error' : 'warning';
  return [
    finding(severity, 'declaredSum', `文中自报问题 ${total.value} 个，而各整改状态之和为 ${sum}。`, [
      total.line,
      ...parts.map(({ line }) => line),
    ]),
  ];
};
