import { CommanderError } from 'commander';
import { reportFailure } from '../../cli/exit';
import type { FailureKind } from '../../domain/failure';
import { ZhenggaiError } from '../../domain/failure';

const failure = { code: 'file.missing', what: '找不到文件 a.docx。', todo: '请检查路径后再试。' };

function report(error: unknown, env: NodeJS.ProcessEnv = {}): { code: number; told: string } {
  let told = '';
  const stderr = { write: (text: string) => (told += text) };
  return { code: reportFailure(error, { stderr, env }), told };
}

test.each<[FailureKind, number]>([
  ['doesNotHold', 1],
  ['badInput', 2],
  ['unavailable', 3],
])('%s exits with %i: what, what to do, the code', (kind, code) => {
  expect(report(new ZhenggaiError(kind, failure))).toEqual({
    code,
    told: '错误：找不到文件 a.docx。\n请检查路径后再试。[file.missing]\n',
  });
});

test('an error that something wrapped is told in its own words', () => {
  const wrapped = new Error('Activity task failed', { cause: new Error('again', { cause: new ZhenggaiError('unavailable', failure) }) });
  expect(report(wrapped)).toMatchObject({ code: 3, told: expect.stringContaining('找不到文件') as string });
});

test('a circle of causes ends', () => {
  const error = new Error('round');
  error.cause = error;
  expect(report(error).code).toBe(1);
});

test.each([
  ['a defect', new TypeError('x is not a function\n at secret.ts'), 'TypeError x is not a function'],
  ['a thrown text', 'oops', 'oops'],
  ['undefined', undefined, 'undefined'],
])('%s is an internal error in one line, exit 1', (_name, error, summary) => {
  const { code, told } = report(error);
  expect(code).toBe(1);
  expect(told.split('\n')).toEqual([`内部错误：${summary}`, expect.stringContaining('ZHENGGAI_DEBUG=1'), '']);
});

test('a long message is cut', () => {
  expect(report(new Error('x'.repeat(5_000))).told.length).toBeLessThan(300);
});

test('ZHENGGAI_DEBUG shows the stack, and that of the cause', () => {
  const error = new ZhenggaiError('unavailable', failure, { cause: new Error('ECONNREFUSED') });
  expect(report(error).told).not.toContain('exit.test');
  expect(report(error, { ZHENGGAI_DEBUG: '1' }).told).toMatch(/exit\.test[^]*ECONNREFUSED/);
});

test('usage that commander has told is exit 2, help is 0, and nothing is added', () => {
  expect(report(new CommanderError(1, 'commander.unknownOption', 'unknown option'))).toEqual({ code: 2, told: '' });
  expect(report(new CommanderError(0, 'commander.helpDisplayed', '(outputHelp)'))).toEqual({ code: 0, told: '' });
});
