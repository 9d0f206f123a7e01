import { badInput, type ZhenggaiError } from '../domain/failure';
import { unreachable } from '../domain/result';
import { dateOf, fromMillis, type Instant } from '../domain/time';
import { readTexts } from './content';
import type { Transaction } from './database';

export type DraftEnd =
  | { readonly state: 'open' }
  | { readonly state: 'confirmed'; readonly roundId: string; readonly by: string; readonly at: Instant }
  | { readonly state: 'discarded'; readonly reason: string; readonly by: string; readonly at: Instant };

/** A stored draft without its contents. */
export interface DraftHead {
  readonly id: string;
  readonly source: { readonly file: string; readonly sha256: string };
  readonly readBy: string;
  readonly readAt: Instant;
  /** The round that it is a newer report of; null: a document of which an account is to be opened. */
  readonly aboutRoundId: string | null;
  /** The number of its last edit; 0 as it was read. To be sent back with whatever changes it. */
  readonly version: number;
  readonly end: DraftEnd;
}

/** `draft.ended` for a draft that was confirmed or thrown away; null for an open one. */
export function endedAlready({ id, end }: Pick<DraftHead, 'id' | 'end'>): ZhenggaiError | null {
  switch (end.state) {
    case 'open':
      return null;
    case 'confirmed':
      return badInput(
        'draft.ended',
        `草稿${id}已于${dateOf(end.at)}确认（轮次${end.roundId}）。`,
        '请在轮次中办理；更新的报告用 zhenggai draft compare 比对。',
      );
    case 'discarded':
      return badInput(
        'draft.ended',
        `草稿${id}已于${dateOf(end.at)}放弃（${end.reason}）。`,
        '如需再办，请用 zhenggai draft read 重新读取文件。',
      );
    default:
      return unreachable(end);
  }
}

/** `draft.unknown`. */
export const unknownDraft = (id: string): ZhenggaiError =>
  badInput('draft.unknown', `没有草稿${id}。`, '请用 zhenggai draft list 查看编号。');

export type DraftRow = NonNullable<Awaited<ReturnType<Transaction['draft']['findUnique']>>>;

/** Why drafts were thrown away, by the id of the text. */
export const reasonsOf = (tx: Pick<Transaction, '$queryRaw'>, rows: readonly DraftRow[]): Promise<ReadonlyMap<string, string>> =>
  readTexts(
    tx,
    rows.flatMap(({ reasonId }) => reasonId ?? []),
  );

/** A row with the reasons that `reasonsOf` gave. */
export function headOf(row: DraftRow, reasons: ReadonlyMap<string, string>): DraftHead {
  return {
    id: row.id,
    source: { file: row.sourceFile, sha256: row.sourceSha256 },
    readBy: row.readBy,
    readAt: fromMillis(row.readAt.getTime()),
    aboutRoundId: row.aboutRoundId,
    version: row.version,
    end: endOf(row, reasons),
  };
}

function endOf({ state, roundId, reasonId, endedBy, endedAt }: DraftRow, reasons: ReadonlyMap<string, string>): DraftEnd {
  if (endedAt === null || endedBy === null) return { state: 'open' };
  const ended = { by: endedBy, at: fromMillis(endedAt.getTime()) };
  return state === 'confirmed'
    ? { state, roundId: roundId ?? '', ...ended }
    : { state: 'discarded', reason: reasons.get(reasonId ?? '') ?? '', ...ended };
}
