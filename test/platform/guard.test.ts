import path from 'node:path';
import { readFileSync } from 'node:fs';
import { startGuarded, type GuardOptions } from '../../platform/guard';
import { isAlive } from '../../platform/process-identity';
import { removeTemporaryDirs, temporaryDir } from '../support/servers';
import { processesOf, until } from './support';

jest.setTimeout(60_000); // real processes; a project's testTimeout is not heard when jest runs several projects

let dir: string;
let options: GuardOptions;
afterAll(removeTemporaryDirs);
beforeEach(() => {
  dir = temporaryDir();
  options = { logFile: path.join(dir, 'log'), stopSignal: 'SIGTERM', graceMs: 5_000 };
});
afterEach(() => until('nothing is left', () => processesOf(dir).length === 0, 2_000));

const shell = (script: string) => ({ file: '/bin/sh', args: ['-c', script, dir] });
const politely = 'trap "echo bye; exit 0" TERM; echo up; while :; do sleep 0.05; done';
const up = () => until('the program is up', () => readFileSync(options.logFile, 'utf8').includes('up'));

test('stop() ends the program by its signal', async () => {
  const guarded = await startGuarded(shell(politely), options);
  await up();
  await guarded.stop();
  expect(isAlive(guarded.program)).toBe(false);
  expect(readFileSync(options.logFile, 'utf8')).toBe('up\nbye\n');
});

test('one that does not listen is killed after the grace time', async () => {
  const guarded = await startGuarded(shell('trap "" TERM; echo up; while :; do sleep 0.05; done'), { ...options, graceMs: 400 });
  await up();
  await guarded.stop();
  expect(isAlive(guarded.program)).toBe(false);
});

test('the end of the program by itself is noticed', async () => {
  await (
    await startGuarded(shell('exit 7'), options)
  ).exited;
});

test('a program that is killed is noticed', async () => {
  const guarded = await startGuarded(shell(politely), options);
  process.kill(guarded.program.pid, 'SIGKILL');
  await guarded.exited;
});

test('when the shell beside it is killed, the program is ended before that is reported', async () => {
  const guarded = await startGuarded(shell(politely), options);
  await up();
  const guard = processesOf(dir).find((line) => line.includes('zhenggai-guard'));
  process.kill(Number(guard?.split(' ')[0]), 'SIGKILL');
  await guarded.exited;
  expect(isAlive(guarded.program)).toBe(false);
});

test('a file that is no program ends at once and leaves its reason in the log', async () => {
  const guarded = await startGuarded({ file: path.join(dir, 'nothing'), args: [] }, options);
  await guarded.exited;
  expect(readFileSync(options.logFile, 'utf8')).toMatch(/not found/);
});
