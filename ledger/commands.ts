import { randomUUID } from 'node:crypto';
import { insertRows, inTransaction, type Database } from './database';
import { sealBody } from './content';
import { hex } from './register';
import type { CommandBody, Outcome } from './step';

/** A command as it comes in: free text in the clear, shape already checked by its schema (commandInput). */
export interface NewCommand {
  readonly key?: string;
  readonly issueId: string;
  readonly actor: string;
  /** How it came: `cli`, `api`, `demo` … */
  readonly via: string;
  readonly command: object;
  readonly expectedVersion?: number;
}

/** Stores a command with its free text sealed and returns its key. The same key again stores nothing. */
export async function storeCommand(database: Database, command: NewCommand): Promise<string> {
  const key = command.key ?? randomUUID();
  const { body, contents } = sealBody(command.command);
  const stored: CommandBody = {
    command: body as CommandBody['command'],
    ...(command.expectedVersion === undefined ? {} : { expectedVersion: command.expectedVersion }),
  };
  await inTransaction(database, async (tx) => {
    const inserted = await insertRows(tx, {
      table: 'command',
      columns: 'key text, stream_id text, actor text, via text, body jsonb',
      rows: [{ key, stream_id: command.issueId, actor: command.actor, via: command.via, body: stored }],
      conflict: 'ON CONFLICT DO NOTHING',
    });
    if (inserted > 0)
      await insertRows(tx, {
        table: 'content',
        columns: 'id text, salt bytea, bytes bytea',
        rows: contents.map(({ ref, salt, bytes }) => ({ id: ref.content, salt: hex(salt), bytes: hex(bytes) })),
      });
  });
  return key;
}

/** How a stored command ended, or null while it waits. */
export async function outcomeOf(database: Database, key: string): Promise<Outcome | null> {
  const row = await database.command.findUnique({ where: { key }, select: { outcome: true } });
  return (row?.outcome as unknown as Outcome | null | undefined) ?? null;
}
