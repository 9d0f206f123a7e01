import { readdirSync } from 'node:fs';
import { z } from 'zod';
import { processesOf } from '../platform/support';
import { removeTemporaryDirs, temporaryDir } from '../support/servers';
import { build, endAll, lastObject, zhenggai } from './support';

jest.setTimeout(150_000); // real services

const count = z.int().min(0);
const counts = z.record(z.string(), count);

/** What design.md, section 11, promises to whoever reads `demo --json`. */
const demoSchema = z.strictObject({
  schema: z.literal('zhenggai.demo/1'),
  source: z.strictObject({ file: z.string(), sha256: z.string().regex(/^[0-9a-f]{64}$/) }),
  issues: count,
  simulatedDays: count,
  wallSeconds: count,
  rungsFired: counts,
  notices: z.strictObject({ created: count, sent: count, withdrawn: count, lost: z.literal(0), duplicates: z.literal(0) }),
  messages: count,
  recipients: count,
  escalatedToInspectionOffice: count,
  papers: counts,
  closed: count,
  returned: count,
  checkedBack: count,
  relapsed: count,
  forecast: z.strictObject({ agrees: z.literal(true), differences: z.tuple([]) }),
  ledger: z.strictObject({ events: count, verified: z.literal(true) }),
});

beforeAll(build);
afterAll(async () => {
  await endAll();
  removeTemporaryDirs();
});

test('a month of the sample: nothing lost, nothing said twice, deed equals forecast, the ledger holds', async () => {
  const temporary = temporaryDir(); // where the demo makes its data dir
  const result = await zhenggai(['demo', 'samples/report.txt', '--days', '30', '--json'], { TMPDIR: temporary });
  expect({ code: result.code, stderr: result.stderr }).toMatchObject({ code: 0 });
  expect(result.stdout.trimEnd().split('\n')).toHaveLength(1);
  const summary = demoSchema.parse(lastObject(result));
  expect(summary).toMatchObject({ source: { file: 'report.txt' }, issues: 16, simulatedDays: 30 });
  expect(summary.notices.created).toBeGreaterThanOrEqual(summary.notices.sent + summary.notices.withdrawn); // what waits for its opening
  expect(summary.messages).toBeGreaterThan(20);
  expect(Object.keys(summary.rungsFired)).not.toHaveLength(0);
  expect(processesOf(temporary)).toEqual([]);
  expect(readdirSync(temporary)).toEqual(['owner.json']);
});
