import { commandLabels } from '../domain/issue/command-words';
import type { CommandType } from '../domain/issue/commands';
import type { IssueEvent } from '../domain/issue/events';
import type { Accepted } from './answer';

const has = ({ events }: Accepted, type: IssueEvent['type']): boolean => events.includes(type);

/** `已签收`; a correction that waits for the second person is `已提出拆分`. */
export const doneWords = (type: CommandType, accepted: Accepted): string =>
  `${has(accepted, 'correctionProposed') ? '已提出' : '已'}${commandLabels[type]}`;

/** Who else must act until a command has its effect; empty when nobody. */
export function stillNeeded(type: CommandType, accepted: Accepted): string {
  if (type === 'approvePlan' && accepted.phase === 'planned') return '，还需整改办批准';
  if (has(accepted, 'correctionProposed')) return '，还需另一人复核（confirmCorrection）';
  return has(accepted, 'extensionEndorsed') ? '，还需巡察办审批' : '';
}
