import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readCommand } from '../../cli/commands/read';
import { report } from '../intake/support';

const dir = mkdtempSync(path.join(tmpdir(), 'zhenggai-read-'));
afterAll(() => {
  rmSync(dir, { recursive: true });
});

/** What the command prints about a file with this text. */
async function printed(text: string, ...flags: string[]): Promise<string> {
  const file = path.join(dir, 'report.txt');
  writeFileSync(file, text);
  const out: string[] = [];
  const stdout = jest.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    out.push(String(chunk));
    return true;
  });
  try {
    await readCommand().parseAsync([file, ...flags], { from: 'user' });
  } finally {
    stdout.mockRestore();
  }
  return out.join('');
}

const repeating = '1.以往问题整改不实。2021年县委巡察反馈10个问题，已整改8个，“用车不严”等2个问题整改不彻底。\n整改时限：三个月内';

test('earlier rounds are listed with their counts and what is named; open limits with their question', async () => {
  const lines = (await printed(report(repeating))).split('\n');
  const at = lines.indexOf('涉及以往轮次的问题');
  expect(lines[at + 2]?.trim().split(/\s+/)).toEqual(['1', '2021年县委巡察', '10', '8', '2', '用车不严', '5']);
  expect(lines.filter((line) => line.includes('时限“三个月内”'))).toEqual([
    expect.stringMatching(/^提醒\s+问题1\.的时限“三个月内”：.*请填写起算日。\s+6$/),
  ]);
});

test('a document without any has no such list', async () => {
  expect(await printed(report('1.台账缺失。\n整改情况：已补。'))).not.toContain('以往轮次');
});

test('the draft as JSON has them as a field of the issue', async () => {
  const draft = JSON.parse(await printed(report(repeating), '--json')) as { issues: unknown[] };
  expect(draft.issues).toMatchObject([
    {
      number: 1,
      earlier: { source: '2021年县委巡察', year: 2021, findings: 10, rectified: 8, outstanding: 2, named: ['用车不严'], line: 5 },
    },
  ]);
});
