import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Command } from 'commander';
import { addPreview } from '../../cli/commands/notices-preview';
import { messagesOf } from '../../channels/messages';
import { previewDigest } from '../../channels/messages/preview';

describe('notices preview', () => {
  const dir = mkdtempSync(path.join(tmpdir(), 'zhenggai-preview-'));
  afterAll(() => {
    rmSync(dir, { recursive: true });
  });

  const run = async (...args: string[]): Promise<string> => {
    const out = jest.spyOn(process.stdout, 'write').mockImplementation(() => true);
    try {
      await addPreview(new Command('notices').exitOverride()).parseAsync(['preview', ...args], { from: 'user' });
      return out.mock.calls.map(([text]) => String(text)).join('');
    } finally {
      out.mockRestore();
    }
  };
  const template = (name: string, value: unknown): string => {
    const file = path.join(dir, name);
    writeFileSync(file, JSON.stringify(value));
    return file;
  };

  test('prints a whole sample mail, the same every time', async () => {
    const told = await run();
    expect(told).toMatch(/^【整改】逾期4项、临期1项、新任务1项（11月18日）\n\n周晓岚：\n/);
    expect(await run()).toBe(told);
    expect(await run('--detail', 'reference')).not.toContain('公务用车');
  });

  test('shows the office’s own wording in the language of the file', async () => {
    const file = template('own.json', { schema: 'zhenggai.messages/1', locale: 'en', overrides: { subject: 'Morning list {day}' } });
    expect(await run('--templates', file)).toMatch(/^Morning list 18 Nov\n\nDear 周晓岚,/);
    await expect(run('--templates', file, '--locale', 'zh-CN')).rejects.toThrow('template.locale');
  });

  test('refuses a bad file with the key and what is allowed', async () => {
    const file = template('bad.json', { schema: 'zhenggai.messages/1', locale: 'zh-CN', overrides: { asOf: '截至今天' } });
    await expect(run('--templates', file)).rejects.toThrow(/template\.missingSlot.*asOf.*\{moment\}（必需）/s);
    await expect(run('--templates', path.join(dir, 'none.json'))).rejects.toThrow('file.unreadable');
  });

  test('writes text, page and list into a directory, and nothing over what is there', async () => {
    const out = path.join(dir, 'out');
    await run('--items', '40', '--out', out);
    expect(readdirSync(out).sort()).toEqual(['digest.html', 'digest.txt', '应办事项.xlsx']);
    expect(readFileSync(path.join(out, 'digest.html'), 'utf8')).toMatch(/^<!DOCTYPE html>/);
    await expect(run('--out', out)).rejects.toThrow('file.exists');
    await expect(run('--out', out, '--force')).resolves.toContain('digest.txt');
  });

  test.each(['-1', '1001', 'x'])('%s is no number of items', async (items) => {
    const silent = jest.spyOn(process.stderr, 'write').mockImplementation(() => true);
    await expect(run('--items', items)).rejects.toThrow();
    silent.mockRestore();
  });
});

test('the sample has no attachment as long as all of it is read in the body', async () => {
  const preview = (items: number) => previewDigest(messagesOf('zh-CN'), { items, detail: 'full' });
  expect((await preview(30)).attachments).toEqual([]);
  expect((await preview(31)).attachments.map(({ filename }) => filename)).toEqual(['应办事项.xlsx']);
});
