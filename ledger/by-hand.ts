import { badInput } from '../domain/failure';
import type { Way } from '../domain/reach';
import type { Instant } from '../domain/time';
import { inTransaction, type Database } from './database';
import { endNotices, lockDigest, type DigestRow } from './digests';
import type { DigestKey } from './notices';

// What a person does about a message: has it sent once more, or telephones. Each is a delivery of its own, with their name.

/**
 * Has a message sent once more, as it was sealed, one way (mail unless told); whoever calls this starts its delivery. It stays one
 * message: the same bytes and Message-ID. Throws `digest.unknown`, `digest.notSealed`, `digest.withheld`.
 */
export async function sendAgain(database: Database, key: DigestKey, { by, way = 'smtp' }: { by: string; way?: Way }): Promise<void> {
  await inTransaction(database, async (tx) => {
    const row = known(await lockDigest(tx, key), key);
    if (row.state === 'open' || row.state === 'empty') throw notSealed(row.state);
    if (row.state === 'withheld')
      throw badInput('digest.withheld', '恢复备份后尚未确认该通知是否已发。', '请用 notices withheld 查看并确认。');
    await tx.digest.update({
      where: { personId_opening: { personId: key.personId, opening: new Date(key.opening) } },
      data: { state: 'sealed', channels: [way, 'call'], resentBy: by, started: false, handedAt: null },
    });
  });
}

/** A telephone call about a message: who called when, whether somebody answered, and what they said. */
export interface Call {
  readonly by: string;
  readonly at: Instant;
  readonly reached: boolean;
  readonly answer: string;
}

/** Records a call about a message that waits for one. One that nobody answered leaves it waiting. Throws `digest.unknown`, `digest.noCall`. */
export async function recordCall(database: Database, key: DigestKey, { by, at, reached, answer }: Call): Promise<void> {
  await inTransaction(database, async (tx) => {
    const row = known(await lockDigest(tx, key), key);
    if (row.state !== 'toCall')
      throw badInput('digest.noCall', '该通知不需要电话提醒。', '请用 notices list --state toCall 查看待电话提醒的通知。');
    const own = { personId: key.personId, opening: new Date(key.opening) };
    const outcome = reached ? 'sent' : 'deferred';
    await tx.delivery.create({
      data: { ...own, attemptedAt: new Date(at), channel: 'call', outcome, response: answer, millis: 0, actor: by },
    });
    if (!reached) return;
    await tx.digest.update({ where: { personId_opening: own }, data: { state: 'sent', channels: [] } });
    await endNotices(tx, key, 'sent', answer);
  });
}

function known(row: DigestRow | null, { personId, opening }: DigestKey): DigestRow {
  if (row) return row;
  throw badInput('digest.unknown', `没有${personId}在${opening}的通知。`, '请用 notices list 查看通知。');
}

const notSealed = (state: string): Error =>
  state === 'empty'
    ? badInput('digest.notSealed', '该通知的事项都已办结，没有发送。', '无需重发。')
    : badInput('digest.notSealed', '该通知还没有到发送时间。', '请等它发送以后再重发。');
