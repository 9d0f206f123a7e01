import { randomUUID } from 'node:crypto';
import { badInput } from '../domain/failure';
import { insertContents, sealBody } from './content';
import { insertRows, inTransaction, type Database } from './database';
import type { CommandBody, Outcome } from './step';

/** A command as it comes in: free text in the clear, its shape already checked at the border. */
export interface NewCommand {
  readonly key?: string;
  /** The stream it is for: an issue `R1-012`, a round `round/R1`, `base`. */
  readonly streamId: string;
  readonly actor: string;
  /** How it came: `cli`, `api`, `demo` … */
  readonly via: string;
  readonly command: object;
  readonly expectedVersion?: number;
  /** A decision made on paper or in a meeting: who decided, on which day, in which document; texts in the clear. */
  readonly recorded?: object;
}

/**
 * Stores a command with its free text sealed and returns its key. The same key again stores nothing; when it belongs to another
 * person, issue or kind of command it is refused, since its answer would be somebody else's.
 */
export async function storeCommand(database: Database, command: NewCommand): Promise<string> {
  const key = command.key ?? randomUUID();
  const { body: sealed, contents } = sealBody({ command: command.command, recorded: command.recorded });
  const { command: body, recorded } = sealed as Pick<CommandBody, 'command' | 'recorded'>;
  const stored: CommandBody = {
    command: body,
    ...(command.expectedVersion === undefined ? {} : { expectedVersion: command.expectedVersion }),
    ...(recorded === undefined ? {} : { recorded }),
  };
  await inTransaction(database, async (tx) => {
    const inserted = await insertRows(tx, {
      table: 'command',
      columns: 'key text, stream_id text, actor text, via text, body jsonb',
      rows: [{ key, stream_id: command.streamId, actor: command.actor, via: command.via, body: stored }],
      conflict: 'ON CONFLICT DO NOTHING',
    });
    if (inserted > 0) return insertContents(tx, contents);
    const first = await tx.command.findUniqueOrThrow({ where: { key } });
    const firstBody = first.body as unknown as CommandBody;
    if (first.streamId !== command.streamId || first.actor !== command.actor || firstBody.command.type !== stored.command.type)
      throw badInput('command.keyTaken', `命令编号${key}已用于另一事项。`, '请换一个编号，或不填编号由系统生成。');
  });
  return key;
}

/** How a stored command ended, or null while it waits. */
export async function outcomeOf(database: Database, key: string): Promise<Outcome | null> {
  const row = await database.command.findUnique({ where: { key }, select: { outcome: true } });
  return (row?.outcome as unknown as Outcome | null | undefined) ?? null;
}
