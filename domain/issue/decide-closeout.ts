import { accept, reject, type CommandOf, type Decision } from './decision';
import { inPhase } from './gates';
import type { IssueState } from './types';

/** completeMeasure: an open measure of this plan, with evidence. */
export function decideMeasureCompletion(state: IssueState, command: CommandOf<'completeMeasure'>): Decision {
  const { measureId, evidence } = command;
  const refused = inPhase(state, command.type, ['rectifying']);
  if (refused) return refused;
  const measure = state.measures.find(({ id }) => id === measureId);
  if (!measure) return reject('measure.unknown', `没有措施${measureId}。`, '请用 issue show 查看措施编号。');
  if (measure.completedAt !== null) return reject('measure.completed', `措施${measureId}已完成。`, '无需重复填报。');
  return accept({ type: 'measureCompleted', measureId, evidence });
}

/** requestCloseout: every measure is done. */
export function decideCloseoutRequest(state: IssueState, command: CommandOf<'requestCloseout'>): Decision {
  const refused = inPhase(state, command.type, ['rectifying']);
  if (refused) return refused;
  const open = state.measures.filter(({ completedAt }) => completedAt === null);
  if (open.length > 0)
    return reject(
      'measure.open',
      `还有${open.length}条措施未完成：${open.map(({ id }) => id).join('、')}。`,
      '请逐条完成并附佐证后再申请销号。',
    );
  return accept({ type: 'closeoutRequested', summary: command.summary ?? null });
}
