import { PrismaPg } from '@prisma/adapter-pg';
import { localDate, type LocalDate } from '../domain/time';
import { Prisma, PrismaClient } from './generated/prisma/client';

export { Prisma };
export type Database = PrismaClient;
export type Transaction = Prisma.TransactionClient;

/** A step that waits longer for a lock fails and is tried again; whoever holds one and falls silent is cut off. Nobody waits for ever. */
const LOCK_WAIT_MS = 30_000;
const IDLE_MS = 120_000;

/** Connects as the application role. `close` by `$disconnect()`, or idle connections keep the process alive. */
export function openDatabase(appUrl: string, poolSize = 10): Database {
  const patience = { lock_timeout: LOCK_WAIT_MS, idle_in_transaction_session_timeout: IDLE_MS };
  return new PrismaClient({ adapter: new PrismaPg({ connectionString: appUrl, max: poolSize, ...patience }) });
}

const TRIES = 3;

/** A burst waits for a connection; it fails only when the database stands still. */
const CONNECTION_WAIT_MS = 15_000;

/**
 * Everything that a step writes stands or falls together. Longer than Prisma's 5 s only for bulk registrations. Locks are taken in
 * one order (design.md, section 6); should PostgreSQL still break a deadlock, the whole is run again: `run` touches nothing else.
 */
export async function inTransaction<T>(database: Database, run: (tx: Transaction) => Promise<T>, timeoutMs = 5_000): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await database.$transaction(run, { timeout: timeoutMs, maxWait: CONNECTION_WAIT_MS, isolationLevel: 'ReadCommitted' });
    } catch (error) {
      if (tries === TRIES || !isDeadlock(error)) throw error;
    }
  }
}

/** 40P01 from a raw statement, P2034 from a generated one. */
const isDeadlock = (error: unknown): boolean =>
  error instanceof Prisma.PrismaClientKnownRequestError && (error.code === 'P2034' || JSON.stringify(error.meta ?? {}).includes('40P01'));

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

/** The calendar day of a date column, which arrives as midnight UTC. */
export const localDay = (date: Date): LocalDate => localDate(date.toISOString().slice(0, 10));
