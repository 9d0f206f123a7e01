import { badInput } from '../domain/failure';
import { later, type Instant } from '../domain/time';
import { chain, databaseNow, insertEvents, lockStream, newHead, saveHeads } from './append';
import { ERASED, insertContents, sealText } from './content';
import { inTransaction, type Database, type Transaction } from './database';

const STREAM = 'erasures';

/**
 * Erases the bytes and the salt of a content by a chained event with a reason. The events that refer to it keep their proof, which
 * now says nothing; a title also leaves the list of issues. Throws bad input when there is no such content or it is erased already.
 */
export async function eraseContent(
  database: Database,
  contentId: string,
  by: { readonly actor: string; readonly via: string; readonly reason: string; readonly now: Instant },
): Promise<void> {
  await inTransaction(database, async (tx) => {
    const head = await lockErasures(tx, by.now);
    const found = await tx.content.findUnique({ where: { id: contentId }, select: { erasedAt: true } });
    if (!found) throw badInput('content.unknown', `没有内容${contentId}。`, '请核对编号。');
    if (found.erasedAt) throw badInput('content.erased', `内容${contentId}已经删除。`, '无需再次删除。');
    const reason = sealText(by.reason);
    const event = {
      type: 'contentErased',
      payload: { erased: contentId, reason: reason.ref },
      actor: by.actor,
      via: by.via,
      commandKey: null,
      occurredAt: later(by.now, head.lastOccurredAt),
      effectiveOn: null,
    };
    const { head: next, rows } = chain(head, [event], await databaseNow(tx));
    await insertContents(tx, [reason]);
    await insertEvents(tx, rows);
    await saveHeads(tx, 'erasures', [{ ...next, nextWakeAt: null, final: false }]);
    await tx.$executeRaw`UPDATE content SET bytes = NULL, salt = NULL, erased_at = clock_timestamp() WHERE id = ${contentId}`;
    await tx.$executeRaw`UPDATE issue SET title = ${ERASED} FROM event e
      WHERE e.stream_id = issue.id AND e.type IN ('registered', 'amended') AND e.payload->'title'->>'content' = ${contentId}
        AND NOT EXISTS (SELECT FROM event l WHERE l.stream_id = e.stream_id AND l.version > e.version AND l.type = 'amended'
          AND l.payload->'title'->>'content' IS NOT NULL)`;
  });
}

/** The stream of erasures, locked; made by the first of them. */
async function lockErasures(tx: Transaction, now: Instant) {
  const there = await lockStream(tx, STREAM);
  if (there) return there;
  const { lastHash } = newHead(STREAM, now);
  await tx.$executeRaw`INSERT INTO stream (id, kind, version, last_hash, last_occurred_at)
    VALUES (${STREAM}, 'erasures', 0, ${lastHash}, ${now}::timestamptz) ON CONFLICT DO NOTHING`;
  return (await lockStream(tx, STREAM)) ?? newHead(STREAM, now);
}
