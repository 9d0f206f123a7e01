import { once } from 'node:events';
import net from 'node:net';
import path from 'node:path';
import { readConfig } from '../../platform/config';
import { doctor, type DoctorRow } from '../../platform/doctor';
import { freePort } from '../../platform/ports';
import { removeTemporaryDirs, temporaryDir } from '../support/servers';

jest.setTimeout(60_000); // real processes; a project's testTimeout is not heard when jest runs several projects

afterAll(removeTemporaryDirs);

const bad = (rows: DoctorRow[]) => rows.filter(({ ok }) => !ok);
const look = (env: NodeJS.ProcessEnv) => doctor(readConfig(env, { dataDir: path.join(temporaryDir(), 'data') }), env);

test('a machine that is ready has nothing to do, and nothing was made', async () => {
  const rows = await look({ ZHENGGAI_PORT: String(await freePort()) });
  expect(bad(rows)).toEqual([]);
  expect(rows.every(({ todo }) => todo === '')).toBe(true);
  expect(rows.find(({ check }) => check === '数据目录')?.detail).toContain('尚未建立');
});

test('each thing that is wrong has its row and what to do', async () => {
  const [taken, nobody] = [await freePort(), await freePort()];
  const somebody = net.createServer().listen(taken, '127.0.0.1');
  await once(somebody, 'listening');
  try {
    const rows = await look({
      ZHENGGAI_PORT: String(taken),
      ZHENGGAI_PROT: '1',
      TEMPORAL_ADDRESS: `127.0.0.1:${nobody}`,
      DATABASE_URL: `postgresql://a:b@127.0.0.1:${nobody}/c`,
      SMTP_URL: `smtp://127.0.0.1:${nobody}`,
    });
    const todos = Object.fromEntries(bad(rows).map(({ check, todo }) => [check, todo]));
    expect(Object.keys(todos)).toEqual(['环境变量', `端口 ${taken}`, 'PostgreSQL', 'Temporal', '邮件服务器']);
    expect(todos[`端口 ${taken}`]).toContain('ZHENGGAI_PORT');
    expect(todos['PostgreSQL']).toContain('DATABASE_URL');
  } finally {
    somebody.close();
  }
});

test('a TEMPORAL_BIN that is none is named', async () => {
  const rows = await look({ ZHENGGAI_PORT: String(await freePort()), TEMPORAL_BIN: '/nowhere/temporal' });
  expect(bad(rows)).toMatchObject([{ check: '内置 Temporal', detail: expect.stringContaining('/nowhere/temporal') as string }]);
});
