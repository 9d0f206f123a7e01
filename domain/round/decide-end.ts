import { accept, reject } from '../decision';
import { isDrawn } from '../draw';
import type { RoundCommandOf, RoundContext, RoundDecision } from './decision';
import { notInPhase } from './gates';
import type { RoundState } from './types';

/** assess: full marks less the deductions, each with a reason; the grade follows from the policy's scale. */
export function decideAssessment(state: RoundState, { deductions }: RoundCommandOf<'assess'>, { policy }: RoundContext): RoundDecision {
  const refused = notInPhase(state, ['reported'], '评估');
  if (refused) return refused;
  const { fullMarks, grades } = policy.assessmentScale.value;
  if (deductions.some(({ points }) => !Number.isSafeInteger(points) || points <= 0))
    return reject('assessment.points', '扣分须为正整数。', '请逐项填写扣分和理由。');
  const taken = deductions.reduce((sum, { points }) => sum + points, 0);
  if (taken > fullMarks) return reject('assessment.points', `扣分共${taken}分，超过${fullMarks}分。`, '请核对扣分。');
  const score = fullMarks - taken;
  const grade = grades.find(({ from }) => score >= from)?.grade ?? '';
  return accept({ type: 'assessed', score, grade, deductions: deductions.map((one) => ({ ...one, issueId: one.issueId ?? null })) });
}

/**
 * planRoundCheckBack: all closed issues, chosen ones, or a sample of the policy's percentage that the seed decides; at least as many
 * checkers as the policy asks for. One plan a round: its seed can't be chosen again until it pleases.
 */
export function decideCheckBackPlan(
  state: RoundState,
  { mode, seed, checkers, chosen = [] }: RoundCommandOf<'planRoundCheckBack'>,
  { policy, facts }: RoundContext,
): RoundDecision {
  if (state.checkBackPlan) return reject('checkBackPlan.made', '本轮次已有回头看方案。', '抽取办法确定后不能更改。');
  if (facts.closedIssues.length === 0) return reject('checkBackPlan.none', '没有已销号的问题可以回头看。', '请在问题销号后制定方案。');
  if (new Set(checkers).size < policy.minimumCheckers.value)
    return reject('checkers.few', `检查人不足${policy.minimumCheckers.value}人。`, '请增加检查人。');
  if (mode === 'chosen' && chosen.length === 0) return reject('checkBackPlan.none', '没有选定问题。', '请选定要回头看的问题。');
  const stray = chosen.find((id) => !facts.closedIssues.includes(id));
  if (mode === 'chosen' && stray !== undefined)
    return reject('issue.notClosed', `问题${stray}不是本轮次已销号的问题。`, '请只选已销号的问题。');
  const percent = mode === 'sample' ? policy.drawPercent.value : 100;
  const drawn =
    mode === 'chosen' ? chosen : mode === 'all' ? facts.closedIssues : facts.closedIssues.filter((id) => isDrawn(seed, id, percent));
  return accept({ type: 'checkBackPlanned', mode, seed, percent, issues: drawn, checkers });
}

/** closeRound: every issue is final and both reports are in. */
export function decideClosing(state: RoundState, { summary }: RoundCommandOf<'closeRound'>, { facts }: RoundContext): RoundDecision {
  const open = facts.openIssues;
  if (open.length > 0)
    return reject(
      'round.open',
      `还有${open.length}个问题没有办结：${open.slice(0, 5).join('、')}${open.length > 5 ? '…' : ''}。`,
      '全部问题巩固或撤销后才能结束轮次。',
    );
  return notInPhase(state, ['reported', 'assessed'], '结束') ?? accept({ type: 'roundClosed', summary: summary ?? null });
}
