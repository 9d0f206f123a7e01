import { Client as Postgres } from 'pg';
import globalSetup from '../test/support/global-setup';
import globalTeardown from '../test/support/global-teardown';
import { people, services } from '../test/support/fixture';
import { openRig, type Rig } from '../test/support/kill-rig';
import { machine } from './measure';

const DELIVERIES = Number(process.argv[2] ?? 200) || 200;
const BARE = 50;

/**
 * `npx tsx bench/delivery-window.ts [200] [--json]`: how long a mail stands between the 250 of the mail server and the commit of its
 * delivery row. A worker that dies in this window has the mail sent a second time, with the same Message-ID. The worker is a process of
 * its own; the commit is dated by PostgreSQL's notification of it, so every figure is a little too large, never too small.
 */
async function main(): Promise<void> {
  await globalSetup();
  const offices = Array.from({ length: DELIVERIES }, (_, index) => `office-${index}`);
  const rig = await openRig({
    ...people,
    persons: [...people.persons, ...offices.map((id) => ({ id, name: id, email: `${id}@linjiang.example` }))],
    posts: [
      ...people.posts,
      ...offices.map((personId) => ({
        personId,
        unitId: 'bureau',
        role: 'rectificationOffice' as const,
        title: '整改办',
        from: null,
        to: null,
      })),
    ],
  });
  try {
    const windows = await measure(rig, offices);
    if (process.argv.includes('--json'))
      process.stdout.write(`${JSON.stringify({ schema: 'zhenggai.bench/1', machine: machine(), results: [windows] })}\n`);
    else
      process.stdout.write(
        `${windows.name} n=${windows.n}: p50 ${windows.p50} ms, p95 ${windows.p95} ms, max ${windows.max} ms; ${windows.baseline}: ${windows.baselineValue} ms\n`,
      );
  } finally {
    await rig.close();
    await globalTeardown();
  }
}

async function measure(rig: Rig, offices: readonly string[]) {
  const committed = await watchCommits(rig);
  try {
    const answered = new Map<string, number>();
    rig.post.onAnswered = ({ to, answeredAt }) => {
      answered.set(to.split('@')[0] ?? '', answeredAt);
    };
    await rig.start();
    await rig.register(1);
    await rig.morning(offices);
    await rig.delivered();
    const bare: number[] = [];
    for (let i = 0; i < BARE; i++) bare.push(await bareInsert(rig, committed.at, `bare-${i}`));
    await committed.all(offices);
    const windows = offices.map((person) => (committed.at.get(person) ?? NaN) - (answered.get(person) ?? NaN)).sort((a, b) => a - b);
    const baselineValue = round(
      quantile(
        bare.sort((a, b) => a - b),
        0.5,
      ),
    );
    return {
      name: 'delivery.window',
      unit: 'ms',
      n: windows.length,
      p50: round(quantile(windows, 0.5)),
      p95: round(quantile(windows, 0.95)),
      max: round(windows.at(-1) ?? NaN),
      baseline: 'one bare row, from the statement to the same notification of its commit (median)',
      baselineValue,
      ratio: round(quantile(windows, 0.5) / baselineValue),
    };
  } finally {
    await committed.close();
  }
}

/** When the commit of a person's delivery row was heard of, by `performance.now()`; also of a bare row by its name. */
async function watchCommits({ ledger: { name } }: Rig) {
  const client = new Postgres({ connectionString: Object.assign(new URL(services().adminUrl), { pathname: `/${name}` }).href });
  await client.connect();
  const at = new Map<string, number>();
  client.on('notification', ({ payload = '' }) => {
    at.set(payload, performance.now());
  });
  await client.query(`CREATE FUNCTION tell_bench() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN PERFORM pg_notify('committed', to_jsonb(NEW)->>TG_ARGV[0]); RETURN NULL; END $$`);
  await client.query(`CREATE TRIGGER told AFTER INSERT ON delivery FOR EACH ROW EXECUTE FUNCTION tell_bench('person_id')`);
  await client.query(`CREATE TRIGGER told AFTER INSERT ON counter FOR EACH ROW EXECUTE FUNCTION tell_bench('name')`);
  await client.query('LISTEN committed');
  return {
    at,
    all: (names: readonly string[]): Promise<void> => heard(at, names),
    close: (): Promise<void> => client.end(),
  };
}

async function bareInsert({ ledger: { database } }: Rig, at: ReadonlyMap<string, number>, name: string): Promise<number> {
  const begun = performance.now();
  await database.$executeRaw`INSERT INTO counter (name, value) VALUES (${name}, 1)`;
  await heard(at, [name]);
  return (at.get(name) ?? NaN) - begun;
}

/** Notifications come by themselves: looks at each turn of the event loop, for half a minute at most. */
async function heard(at: ReadonlyMap<string, number>, names: readonly string[]): Promise<void> {
  for (const end = Date.now() + 30_000; !names.every((name) => at.has(name));) {
    if (Date.now() > end) throw new Error(`no commit of ${names.filter((name) => !at.has(name)).join(', ')}`);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

const quantile = (sorted: readonly number[], share: number): number => sorted[Math.ceil(sorted.length * share) - 1] ?? NaN;
const round = (value: number): number => Number(value.toPrecision(3));

void main();
