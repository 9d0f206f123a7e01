import { PrismaPg } from '@prisma/adapter-pg';
import { Prisma, PrismaClient } from './generated/prisma/client';

export { Prisma };
export type Database = PrismaClient;
export type Transaction = Prisma.TransactionClient;

/** Connects as the application role. `close` by `$disconnect()`, or idle connections keep the process alive. */
export function openDatabase(appUrl: string, poolSize = 10): Database {
  return new PrismaClient({ adapter: new PrismaPg({ connectionString: appUrl, max: poolSize }) });
}

/** Everything that a step writes stands or falls together. Longer than Prisma's 5 s only for bulk registrations. */
export function inTransaction<T>(database: Database, run: (tx: Transaction) => Promise<T>, timeoutMs = 5_000): Promise<T> {
  return database.$transaction(run, { timeout: timeoutMs, maxWait: 5_000, isolationLevel: 'ReadCommitted' });
}

/** Inserts rows from one JSON parameter; `columns` is the record type, e.g. `id text, due_on date`. */
export async function insertRows(
  tx: Transaction,
  { table, columns, rows, conflict = '' }: { table: string; columns: string; rows: readonly object[]; conflict?: string },
): Promise<number> {
  if (rows.length === 0) return 0;
  const names = columns
    .split(',')
    .map((column) => `"${(column.trim().split(' ')[0] ?? '').replaceAll('"', '')}"`)
    .join(', ');
  return tx.$executeRawUnsafe(
    `INSERT INTO "${table}" (${names}) SELECT ${names} FROM jsonb_to_recordset($1::jsonb) AS r(${columns}) ${conflict}`,
    JSON.stringify(rows),
  );
}
