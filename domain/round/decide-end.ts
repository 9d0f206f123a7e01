import { accept, reject } from '../decision';
import { isDrawn } from '../draw';
import { personOf } from '../parties';
import type { RoundCommandOf, RoundContext, RoundDecision } from './decision';
import { notInPhase } from './gates';
import type { RoundState } from './types';

/** assess: full marks less the deductions, each with a reason; the grade follows from the policy's scale. */
export function decideAssessment(
  state: RoundState,
  { deductions }: RoundCommandOf<'assess'>,
  { policy, facts }: RoundContext,
): RoundDecision {
  const refused = notInPhase(state, ['reported'], '评估');
  if (refused) return refused;
  const { fullMarks, grades } = policy.assessmentScale.value;
  if (deductions.some(({ points, item }) => !Number.isSafeInteger(points) || points <= 0 || item.trim() === ''))
    return reject('assessment.points', '扣分须为正整数，并写明扣分项。', '请逐项填写扣分项、扣分和理由。');
  const stray = deductions.find(({ issueId }) => issueId !== undefined && !facts.issues.includes(issueId));
  if (stray) return reject('issue.unknown', `本轮次没有问题${stray.issueId ?? ''}。`, '请核对扣分所依据的问题编号。');
  const taken = deductions.reduce((sum, { points }) => sum + points, 0);
  if (taken > fullMarks) return reject('assessment.points', `扣分共${taken}分，超过${fullMarks}分。`, '请核对扣分。');
  const score = fullMarks - taken;
  const grade = grades.find(({ from }) => score >= from)?.grade ?? '';
  return accept({ type: 'assessed', score, grade, deductions: deductions.map((one) => ({ ...one, issueId: one.issueId ?? null })) });
}

/**
 * planRoundCheckBack: all closed issues, chosen ones, or a sample of the policy's percentage that the seed decides; at least as many
 * checkers as the policy asks for. One plan a round: its seed can't be chosen again until it pleases. What is struck off after the plan
 * is drawn by the same seed, so the plan need not wait for the slowest issue.
 */
export function decideCheckBackPlan(
  state: RoundState,
  command: RoundCommandOf<'planRoundCheckBack'>,
  context: RoundContext,
): RoundDecision {
  const { mode, seed, checkers, chosen = [] } = command;
  const { policy, facts } = context;
  if (state.checkBackPlan) return reject('checkBackPlan.made', '本轮次已有回头看方案。', '抽取办法确定后不能更改。');
  if (facts.closedIssues.length === 0 && facts.openIssues.length === 0)
    return reject('checkBackPlan.none', '没有可以回头看的问题。', '问题都已办结，可以结束轮次。');
  if (policy.checkBackAfter.value === 'all' && mode !== 'all')
    return reject('checkBackPlan.mode', '规则要求全部回头看，不能抽取或指定。', '请选全部；要改抽取办法，请先启用新规则。');
  if (mode === 'sample' && seed.trim() === '')
    return reject('checkBackPlan.seed', '没有填写抽取种子。', '请填写一个公开的数或词，任何人可据此复算。');
  const unfit = unfitCheckers(checkers, context) ?? (mode === 'chosen' ? unfitChoice(chosen, context) : undefined);
  if (unfit) return unfit;
  const percent = mode === 'sample' ? policy.drawPercent.value : 100;
  const of = { all: facts.closedIssues, chosen: distinct(chosen), sample: facts.closedIssues.filter((id) => isDrawn(seed, id, percent)) };
  return accept({ type: 'checkBackPlanned', mode, seed, percent, issues: of[mode], checkers: distinct(checkers) });
}

/** Known persons, as many as the policy asks for; that none is of a responsible unit is judged issue by issue. */
function unfitCheckers(checkers: readonly string[], { directory, policy }: RoundContext): RoundDecision | undefined {
  const least = policy.minimumCheckers.value;
  const unknown = checkers.find((id) => !personOf(directory, id));
  if (unknown !== undefined) return reject('person.unknown', `通讯录中没有人员${unknown}。`, '请先导入人员，或改用已有人员。');
  if (distinct(checkers).length >= least) return undefined;
  return reject('checkers.tooFew', `检查人只有${distinct(checkers).length}人。`, `请安排至少${least}名检查人。`);
}

function unfitChoice(chosen: readonly string[], { facts }: RoundContext): RoundDecision | undefined {
  if (chosen.length === 0) return reject('checkBackPlan.none', '没有选定问题。', '请选定要回头看的问题。');
  const stray = chosen.find((id) => !facts.closedIssues.includes(id));
  return stray === undefined ? undefined : reject('issue.notClosed', `问题${stray}不是本轮次已销号的问题。`, '请只选已销号的问题。');
}

/** closeRound: both reports are in, every issue is final, every finding is judged and every unit has answered its stages. */
export function decideClosing(state: RoundState, { summary }: RoundCommandOf<'closeRound'>, { facts }: RoundContext): RoundDecision {
  const refused = notInPhase(state, ['reported', 'assessed'], '结束');
  if (refused) return refused;
  if (facts.openIssues.length > 0)
    return reject(
      'round.open',
      `还有${facts.openIssues.length}个问题没有办结：${some(facts.openIssues)}。`,
      '全部问题巩固或撤销后才能结束轮次。',
    );
  const waiting = state.findings.filter((finding) => finding.state === 'submitted').map(({ id }) => id);
  if (waiting.length > 0)
    return reject('finding.waiting', `还有${waiting.length}个自查问题待审：${some(waiting)}。`, '请采纳、并入或退回后再结束轮次。');
  const silent = state.duties.filter(({ kind, closedAt }) => kind === 'selfCheck' && closedAt === null).map(({ unitId }) => unitId ?? '');
  if (silent.length > 0)
    return reject('stage.open', `还有${silent.length}个单位没有答复自查：${some(silent)}。`, '请待其上报问题或报告无问题后再结束轮次。');
  return accept({ type: 'roundClosed', summary: summary ?? null });
}

const some = (ids: readonly string[]): string => `${ids.slice(0, 5).join('、')}${ids.length > 5 ? '…' : ''}`;
const distinct = (ids: readonly string[]): string[] => [...new Set(ids)];
