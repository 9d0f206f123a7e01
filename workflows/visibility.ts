import { setCurrentDetails, upsertSearchAttributes } from '@temporalio/workflow';
import type { LifeStep } from '../activities/ports';

/** Makes a life readable on Temporal's own page: phase, round, unit, due day and tone as search attributes, the next rung in words. */
export function publish(streamId: string, before: LifeStep | null, after: LifeStep): void {
  if (before === null || shown(before) !== shown(after))
    upsertSearchAttributes({
      zhenggaiPhase: [after.phase],
      zhenggaiRound: after.roundId === null ? [] : [after.roundId],
      zhenggaiUnit: after.leadUnitId === null ? [] : [after.leadUnitId],
      zhenggaiTone: [after.tone],
      zhenggaiDueOn: after.dueOn === null ? [] : [new Date(`${after.dueOn}T00:00:00+08:00`)],
    });
  setCurrentDetails(
    `**${streamId}** ${after.phase}, due ${after.dueOn ?? '-'}. Next: ${after.nextRung ?? 'nothing without a command'} at ${after.nextWakeAt ?? '-'}`,
  );
}

const shown = ({ phase, roundId, leadUnitId, tone, dueOn }: LifeStep): string => JSON.stringify([phase, roundId, leadUnitId, tone, dueOn]);
