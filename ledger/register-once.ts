import type { Instant } from '../domain/time';
import { inTransaction, type Database, type Transaction } from './database';
import { knownFile, registeredAlready } from './draft-known';
import { registerRound, type NewRound, type Registered } from './register';

/** A round of 10,000 issues is registered within this. */
const REGISTER_MS = 120_000;

interface By {
  readonly actor: string;
  readonly via: string;
  readonly now: Instant;
  /** Register even if a round was registered from the same file. */
  readonly again: boolean;
}

/** Opens the account of a round, as registerRound does, unless one was opened from the same file: `round.known`. */
export const registerOnce = (database: Database, round: NewRound, by: By): Promise<Registered> =>
  inTransaction(database, (tx) => registerWithin(tx, database, round, by), REGISTER_MS);

/** The same within a transaction that does more. */
export async function registerWithin(tx: Transaction, database: Database, round: NewRound, { again, ...by }: By): Promise<Registered> {
  if (!again && round.source !== null) {
    // whoever registers rounds draws from this counter: a second one of the same file waits here, and then sees the first
    await tx.$executeRaw`SELECT FROM counter WHERE name = 'round' FOR UPDATE`;
    const refused = registeredAlready(await knownFile(tx, round.source.sha256), round.source.file);
    if (refused !== null) throw refused;
  }
  return registerRound(joining(database, tx), round, by);
}

/** registerRound opens a transaction of its own; here it joins the one that ends the draft. */
const joining = (database: Database, tx: Transaction): Database =>
  new Proxy(database, {
    get: (target, name): unknown =>
      name === '$transaction' ? <T>(run: (own: Transaction) => Promise<T>): Promise<T> => run(tx) : Reflect.get(target, name),
  });
