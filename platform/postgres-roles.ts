import { Client } from 'pg';

/** The roles of the product: the owner migrates, the application reads and writes what migrations grant to the group. */
export const DATABASE = 'zhenggai';
export const OWNER_ROLE = 'zhenggai_owner';
export const APP_ROLE = 'zhenggai_app';
export const GROUP_ROLE = 'zhenggai_ledger';

export interface DatabaseUrls {
  /** Superuser, database `postgres`: for backup, restore and doctor. */
  readonly adminUrl: string;
  /** Owns the database `zhenggai` and its tables. */
  readonly ownerUrl: string;
  /** What the program works with: can't alter or delete what is append-only. */
  readonly appUrl: string;
}

export const databaseUrl = (port: number, role: string, password: string, database: string): string =>
  `postgresql://${role}:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`;

/** Whether one can log in with this address and get an answer. */
export async function answers(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('SELECT 1');
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Makes the two login roles, their group and the database, or puts them right. Does nothing when both can log in. */
export async function ensureRoles(urls: DatabaseUrls, passwords: { owner: string; app: string }): Promise<void> {
  if ((await Promise.all([answers(urls.ownerUrl), answers(urls.appUrl)])).every(Boolean)) return;
  const client = new Client({ connectionString: urls.adminUrl });
  await client.connect();
  try {
    await client.query('SET log_min_error_statement = panic'); // a failing statement with a password must not reach the log
    const has = async (sql: string, name: string) => (await client.query(sql, [name])).rowCount === 1;
    const role = async (name: string, options: string) => {
      const verb = (await has('SELECT 1 FROM pg_roles WHERE rolname = $1', name)) ? 'ALTER' : 'CREATE';
      await client.query(`${verb} ROLE ${name} ${options}`);
    };
    const plain = 'NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS';
    await role(GROUP_ROLE, `NOLOGIN ${plain}`);
    await role(OWNER_ROLE, `LOGIN ${plain} PASSWORD ${client.escapeLiteral(passwords.owner)}`);
    await role(APP_ROLE, `LOGIN ${plain} PASSWORD ${client.escapeLiteral(passwords.app)}`);
    await client.query(`GRANT ${GROUP_ROLE} TO ${APP_ROLE}`);
    if (!(await has('SELECT 1 FROM pg_database WHERE datname = $1', DATABASE))) {
      await client.query(`CREATE DATABASE ${DATABASE} OWNER ${OWNER_ROLE}`);
    }
    await client.query(`REVOKE ALL ON DATABASE ${DATABASE} FROM PUBLIC`);
    await client.query(`GRANT CONNECT ON DATABASE ${DATABASE} TO ${GROUP_ROLE}`);
  } finally {
    await client.end();
  }
}
