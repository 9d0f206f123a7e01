import { startProgress } from '../../cli/progress';

function setting(stream: { isTTY?: boolean; columns?: number }) {
  let written = '';
  let clock = 0;
  const progress = startProgress({
    stream: { ...stream, write: (text: string) => (written += text) },
    now: () => clock,
    terminalEveryMs: 100,
    logEveryMs: 5_000,
  });
  return { progress, written: () => written, pass: (ms: number) => (clock += ms) };
}

describe('on a terminal', () => {
  test('one line is rewritten, not too often, and the last count always shows', () => {
    const { progress, written, pass } = setting({ isTTY: true, columns: 80 });
    progress.count(1, 3, '正在建账');
    progress.count(2, 3, '正在建账');
    pass(100);
    progress.count(2, 3, '正在建账');
    progress.count(3, 3, '正在建账');
    progress.done('已建账 3 个问题');
    expect(written()).toBe('\r\u001b[K正在建账 1/3\r\u001b[K正在建账 2/3\r\u001b[K正在建账 3/3\r\u001b[K已建账 3 个问题\n');
  });

  test('the line never wraps', () => {
    const { progress, written } = setting({ isTTY: true, columns: 10 });
    progress.update('正在读取很长的文件');
    expect(written()).toBe('\r\u001b[K正在读取…');
  });

  test('ends without a trace when there is no last word', () => {
    const { progress, written } = setting({ isTTY: true, columns: 80 });
    progress.update('正在启动');
    progress.done();
    expect(written()).toBe('\r\u001b[K正在启动\r\u001b[K');
  });
});

describe('in a log', () => {
  test('a line every few seconds, plain, and the last word', () => {
    const { progress, written, pass } = setting({});
    for (let n = 1; n <= 100; n += 1) {
      progress.count(n, 100, '正在建账');
      pass(110);
    }
    progress.done('已建账');
    expect(written()).toBe('正在建账 1/100\n正在建账 47/100\n正在建账 93/100\n正在建账 100/100\n已建账\n');
  });

  test('nothing is written for nothing', () => {
    const { progress, written } = setting({});
    progress.done();
    expect(written()).toBe('');
  });
});
