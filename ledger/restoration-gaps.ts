import { fromMillis, type Instant } from '../domain/time';
import type { Transaction } from './database';

/** `told`: it went out before the loss; `send`: it did not, so it goes out now. */
export type Decision = 'told' | 'send';

/** The time that a restored backup knows nothing of. */
interface Gap {
  readonly backupAt: Instant;
  readonly restoredAt: Instant;
  readonly decision: Decision | null;
}

/** What becomes of a notice whose opening lies in a gap. */
export type AfterGap = 'withheld' | 'told' | 'pending';

/** The gaps of this ledger, as a question about an opening; most ledgers were never restored. */
export async function gapsOf(tx: Pick<Transaction, '$queryRaw'>): Promise<(opening: Instant) => AfterGap> {
  const rows = await tx.$queryRaw<{ backup_at: Date; restored_at: Date; decision: Decision | null }[]>`
    SELECT backup_at, restored_at, decision FROM restoration ORDER BY id`;
  const gaps = rows.map(({ backup_at, restored_at, decision }): Gap => ({
    backupAt: fromMillis(backup_at.getTime()),
    restoredAt: fromMillis(restored_at.getTime()),
    decision,
  }));
  return (opening) => {
    const gap = gaps.find(({ backupAt, restoredAt }) => opening > backupAt && opening <= restoredAt);
    if (!gap || gap.decision === 'send') return 'pending';
    return gap.decision ?? 'withheld';
  };
}

/** The reason that a notice bears which was told before the loss. */
export const toldReason = '恢复备份前已发';
