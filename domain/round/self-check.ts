import type { Duty } from '../obligation/types';
import type { Finding, RoundState, Stage } from './types';

// The duty of a unit to hand in what it found itself, or "none", in a stage of a campaign.

/** The duty of a unit in a stage; a returned finding opens it again as `#2`, `#3` … */
export const selfCheckId = (stage: string, unitId: string): string => `selfCheck:${stage}:${unitId}`;

/** Whether a duty is that of a unit in a stage, first or opened again. */
export const isSelfCheck =
  (stage: string, unitId: string) =>
  ({ kind, id }: Duty): boolean =>
    kind === 'selfCheck' && (id === selfCheckId(stage, unitId) || id.startsWith(`${selfCheckId(stage, unitId)}#`));

/** The stage in which a unit still owes its answer, the earliest first. */
export const owedStage = ({ stages, duties }: RoundState, unitId: string): Stage | undefined =>
  stages.find(({ name }) => duties.some((duty) => duty.closedAt === null && isSelfCheck(name, unitId)(duty)));

/** The last stage in which a unit was asked. */
export const lastStage = ({ stages }: RoundState, unitId: string): Stage | undefined =>
  stages.findLast(({ units }) => units.includes(unitId));

/** A finding that waits to be judged. */
export const waitingFinding = ({ findings }: RoundState, id: string): Finding | undefined =>
  findings.find((finding) => finding.id === id && finding.state === 'submitted');
