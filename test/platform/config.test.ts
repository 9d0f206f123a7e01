import path from 'node:path';
import { ZhenggaiError } from '../../domain/failure';
import { configTable, readConfig, unknownVariables } from '../../platform/config';

const failureOf = (work: () => unknown) => {
  try {
    work();
  } catch (error) {
    if (error instanceof ZhenggaiError) return { kind: error.kind, ...error.failure };
    throw error;
  }
  throw new Error('nothing was refused');
};

test('an empty environment means: everything embedded, this machine only, references only in mail', () => {
  expect(readConfig({})).toMatchObject({
    dataDir: path.resolve('.zhenggai'),
    host: '127.0.0.1',
    port: 8080,
    baseUrl: 'http://127.0.0.1:8080',
    noticeDetail: 'reference',
    databaseUrl: undefined,
    temporalAddress: undefined,
    smtpUrl: undefined,
  });
});

test('the command line wins, an empty variable counts as not set, the base address loses its last slash', () => {
  const config = readConfig({ ZHENGGAI_PORT: '9000', DATABASE_URL: '', ZHENGGAI_BASE_URL: 'https://zg.example.cn/' }, { port: 9001 });
  expect(config).toMatchObject({ port: 9001, databaseUrl: undefined, baseUrl: 'https://zg.example.cn' });
});

test.each([
  ['ZHENGGAI_PORT', '80a80', '1 到 65535 的整数'],
  ['ZHENGGAI_PORT', '70000', '1 到 65535 的整数'],
  ['ZHENGGAI_NOTICE_DETAIL', 'Full', 'reference 或 full'],
  ['DATABASE_URL', 'mysql://localhost/x', 'postgresql://'],
  ['TEMPORAL_ADDRESS', 'localhost', '主机:端口'],
  ['SMTP_URL', 'mail.example.cn', 'smtp://'],
  ['ZHENGGAI_MAIL_FROM', 'nobody', '邮箱地址'],
])('a wrong value of %s (%s) is refused and names the variable and what it may be', (name, value, expected) => {
  const failure = failureOf(() => readConfig({ [name]: value }));
  expect(failure.kind).toBe('badInput');
  expect(failure.what).toContain(name);
  expect(failure.todo).toContain(expected);
});

test('a wrong address with a password in it is not repeated', () => {
  expect(failureOf(() => readConfig({ SMTP_URL: 'mail://u:geheim@x' })).what).not.toContain('geheim');
});

test('an owner address without an application address is refused', () => {
  expect(failureOf(() => readConfig({ MIGRATION_DATABASE_URL: 'postgresql://o@h/d' })).todo).toContain('DATABASE_URL');
});

test('the table names every variable with default and meaning', () => {
  const table = configTable();
  expect(table.find(({ name }) => name === 'ZHENGGAI_PORT')).toEqual({
    name: 'ZHENGGAI_PORT',
    default: '8080',
    meaning: '网页和接口的端口',
  });
  expect(table.find(({ name }) => name === 'DATABASE_URL')?.default).toBe('（使用内置 PostgreSQL）');
  expect(table.every(({ meaning }) => meaning.length > 1)).toBe(true);
});

test('a misspelt variable is noticed', () => {
  expect(unknownVariables({ ZHENGGAI_PROT: '1', ZHENGGAI_PORT: '1', HOME: '/' })).toEqual(['ZHENGGAI_PROT']);
});
