import type { Client, Connection } from '@temporalio/client';
import type { Lives } from '../activities/lives';
import { unavailable, ZhenggaiError } from '../domain/failure';
import { openDatabase, type Database } from '../ledger/database';
import { readInstance, type Instance } from '../platform/instance';
import { answers } from '../platform/postgres-roles';

/** The running instance of a data dir, as a second terminal uses it. */
export interface Connected {
  readonly instance: Instance;
  readonly database: Database;
  /** Connects to Temporal at the first use; reads never do, and its library, half a second, stays unread. */
  temporal(): Promise<Client>;
  lives(): Promise<Lives>;
  close(): Promise<void>;
}

/** Finds the running instance of a data dir; ZhenggaiError unavailable when there is none. */
export function connect(dataDir: string): Connected {
  const instance = readInstance(dataDir);
  const database = openDatabase(instance.appUrl, 3);
  let connection: Connection | undefined;
  const temporal = async (): Promise<Client> => {
    const { address, namespace } = instance.temporal;
    const { Client, Connection } = await import('@temporalio/client');
    try {
      connection ??= await Connection.connect({ address, connectTimeout: 5_000 });
    } catch (error) {
      throw unavailable('temporal.unreachable', `工作流服务（${address}）没有应答。`, '请确认 zhenggai start 仍在运行，稍后再试。', error);
    }
    return new Client({ connection, namespace });
  };
  return {
    instance,
    database,
    temporal,
    async lives() {
      const { Lives } = await import('../activities/lives.js');
      return new Lives(await temporal());
    },
    async close() {
      await connection?.close();
      await database.$disconnect();
    },
  };
}

/** Runs `work` on the running instance and always lets go of it; a database that does not answer is unavailable, no defect. */
export async function withInstance<T>(dataDir: string, work: (connected: Connected) => Promise<T>): Promise<T> {
  const connected = connect(dataDir);
  try {
    return await work(connected);
  } catch (error) {
    if (error instanceof ZhenggaiError || (await answers(connected.instance.appUrl))) throw error;
    throw unavailable('database.unreachable', '数据库没有应答。', '请确认 zhenggai start 仍在运行，稍后再试。', error);
  } finally {
    await connected.close();
  }
}
