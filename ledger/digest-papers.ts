import { BASE, type BaseState } from '../domain/base/types';
import type { DigestPaper } from '../domain/digest';
import type { Letter } from '../domain/paper/letter';
import type { Transaction } from './database';
import { documentOf, lettersFor, type PaperRef } from './letters';

const REPLY = 'reply:';
const HANDOVER = 'handover:';

/** As much of a carried notice as says what it is about. */
export interface PaperNotice {
  readonly stream_id: string;
  readonly obligation_id: string;
}

/**
 * The documents that go with the notices of a message, each letter once: those that are to be answered (`reply:<paperId>`), and of a
 * handover the signed letter to the new head. A letter that was never composed is composed now and kept, within the claim's transaction:
 * everybody after gets the same bytes. What was erased is left out.
 */
export async function papersOf(
  tx: Transaction,
  notices: readonly PaperNotice[],
  compose: (letter: Letter) => Promise<Uint8Array>,
): Promise<DigestPaper[]> {
  const replies = notices.flatMap(({ stream_id, obligation_id }): PaperRef[] =>
    obligation_id.startsWith(REPLY) ? [{ streamId: stream_id, paperId: obligation_id.slice(REPLY.length) }] : [],
  );
  const letters = await lettersFor(tx, [...replies, ...(await handoverLetters(tx, notices))]);
  const papers: DigestPaper[] = [];
  for (const letter of letters) {
    const paper = await documentOf(tx, letter, compose);
    if (paper) papers.push(paper);
  }
  return papers;
}

/** The letters that go with the lists to be signed, signed or not. */
async function handoverLetters(tx: Transaction, notices: readonly PaperNotice[]): Promise<PaperRef[]> {
  const duties = notices.filter(({ stream_id, obligation_id }) => stream_id === BASE && obligation_id.startsWith(HANDOVER));
  if (duties.length === 0) return [];
  const base = await tx.base.findUnique({ where: { id: BASE } });
  const { handovers = [] } = (base?.state ?? {}) as unknown as Partial<BaseState>;
  return duties.flatMap(({ obligation_id }) =>
    handovers.filter(({ dutyId }) => dutyId === obligation_id).map(({ paperId }) => ({ streamId: BASE, paperId })),
  );
}
