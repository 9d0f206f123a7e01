import { Client } from 'pg';
import { until } from '../platform/support';

/** A moment in a transaction of the ledger at which it is made to wait. */
export interface Moment {
  /** What the transaction writes: `INSERT ON "event"`. */
  readonly on: string;
  /** Which row, as SQL over NEW. */
  readonly when: string;
  /** `statement`: the row is written and nothing after it was sent. `commit`: COMMIT was sent. */
  readonly at: 'statement' | 'commit';
}

/** Makes transactions of a worker wait inside PostgreSQL, by triggers that ask for a lock which the test has. */
export interface Holds {
  /** Holds from now on. */
  hold(moment: Moment): Promise<void>;
  /** Whether a transaction waits at every moment that is held. */
  allReached(): Promise<boolean>;
  /**
   * After the process behind an application name was killed: what waits at a statement is undone, as if the kill had come before the
   * statement; what waits at its commit goes through, unheard. Returns when no connection of it is left; nothing is held any more.
   */
  release(applicationName: string): Promise<void>;
  /** Calls back at once when rows of an event with a command key have been committed. */
  onAppend(tell: () => void): Promise<void>;
  close(): Promise<void>;
}

const LOCK_CLASS = 20_260;

/** @param url of the superuser, to the database of the ledger. */
export async function openHolds(url: string): Promise<Holds> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(`CREATE FUNCTION wait_for_test() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN PERFORM pg_advisory_xact_lock_shared(${LOCK_CLASS}, TG_ARGV[0]::int); RETURN NULL; END $$`);
  await client.query(`CREATE FUNCTION tell_test() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN PERFORM pg_notify('appended', ''); RETURN NULL; END $$`);
  await client.query(
    `CREATE TRIGGER told AFTER INSERT ON event FOR EACH ROW WHEN (NEW.command_key IS NOT NULL) EXECUTE FUNCTION tell_test()`,
  );
  const held: { id: number; table: string; at: Moment['at'] }[] = [];
  let last = 0;
  let tell = (): void => undefined;
  client.on('notification', () => {
    tell();
  });
  const isTrue = async (sql: string, values: unknown[]): Promise<boolean> =>
    (await client.query<{ so: boolean }>(`SELECT (${sql}) AS so`, values)).rows[0]?.so === true;

  return {
    async hold({ on, when, at }) {
      const id = (last += 1);
      await client.query('SELECT pg_advisory_lock($1, $2)', [LOCK_CLASS, id]);
      const deferred = at === 'commit' ? 'DEFERRABLE INITIALLY DEFERRED' : '';
      await client.query(
        `CREATE CONSTRAINT TRIGGER held_${id} AFTER ${on} ${deferred} FOR EACH ROW WHEN (${when}) EXECUTE FUNCTION wait_for_test(${id})`,
      );
      held.push({ id, at, table: on.split(' ').at(-1) ?? '' });
    },
    allReached: () =>
      isTrue(
        `$2::int[] <@ array(SELECT objid::int FROM pg_locks WHERE locktype = 'advisory' AND classid = $1 AND NOT granted
          AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))`,
        [LOCK_CLASS, held.map(({ id }) => id)],
      ),
    async release(applicationName) {
      const undone = held.filter(({ at }) => at === 'statement').map(({ id }) => id);
      await client.query(
        `SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND classid = $1 AND objid::int = ANY($2::int[]) AND NOT granted
          AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
        [LOCK_CLASS, undone],
      );
      for (const { id } of held) await client.query('SELECT pg_advisory_unlock($1, $2)', [LOCK_CLASS, id]);
      const sql = 'NOT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND application_name = $1)';
      await until('the connections of the killed process are gone', () => isTrue(sql, [applicationName]));
      for (const { id, table } of held.splice(0)) await client.query(`DROP TRIGGER held_${id} ON ${table}`);
    },
    async onAppend(then) {
      tell = then;
      await client.query('LISTEN appended');
    },
    close: () => client.end(),
  };
}
