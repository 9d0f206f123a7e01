import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import stringWidth from 'string-width';
import { Command } from 'commander';
import { roundFiguresCommand } from '../../cli/commands/round-figures';
import { holdHint } from '../../cli/show-figures';
import { addMillis, localDate, type Instant } from '../../domain/time';
import { readSheets } from '../../intake/sheet';
import { unpackXml } from '../../intake/sheet-zip';
import { advance } from '../../ledger/step';
import { cadenceSheet, type CadenceSheet } from '../../ledger/cadence-figures';
import { moveWorld } from '../../ledger/world';
import { openRound, openTestLedger, showInstance, type TestLedger } from '../support/fixture';
import { act, at, live } from './support';

// A round of four findings: one struck off in March, one under way and late in June, one assigned, one that nobody has.

let ledger: TestLedger;
let roundId: string;
let ids: readonly string[];
let dir: string;
beforeAll(async () => {
  ledger = await openTestLedger();
  ({ roundId, issueIds: ids } = await openRound(ledger.database, 4));
  await live(ledger, id(0));
  await live(ledger, id(1), 5);
  await live(ledger, id(2), 1, at('2026-03-17T09:00'));
  dir = mkdtempSync(path.join(tmpdir(), 'zhenggai-figures-'));
  showInstance(dir, ledger);
});
afterAll(async () => {
  await ledger.close();
  rmSync(dir, { recursive: true });
});

const id = (index: number): string => ids[index] ?? '';
const sheetOf = async (day: string, now: Instant, every?: 'week' | 'halfMonth' | 'month'): Promise<CadenceSheet> => {
  const sheet = await cadenceSheet(ledger.database, roundId, { day: localDate(day), now, ...(every === undefined ? {} : { every }) });
  if (!sheet) throw new Error('no sheet');
  return sheet;
};

describe('the sheet of a period', () => {
  test('of the current one: what moved since its first day, as of today', async () => {
    const sheet = await sheetOf('2026-03-20', at('2026-03-20T10:00'));
    expect(sheet).toMatchObject({
      round: { id: roundId, policy: expect.stringMatching(/^district-inspection@/) as string },
      cadence: { id: 'half-monthly', label: '一分析一调度一督导', every: 'halfMonth' },
      period: { first: '2026-03-16', last: '2026-03-31', nextLast: '2026-04-15' },
      agenda: { number: 1, on: '2026-03-16', until: '2026-03-31', state: 'coming' },
      on: '2026-03-20',
      over: false,
      total: { fedBack: 4, closed: 1, completedPercent: 25 },
    });
    expect(sheet.rows.map(({ unit, fedBack, closed }) => [unit?.name, fedBack, closed])).toEqual([
      ['北门卫生院', 3, 1],
      [undefined, 1, 0],
    ]);
    expect(sheet.since).toMatchObject({
      moved: [{ issueId: id(2), fromLabel: '建账', toLabel: '交账' }],
      closed: [],
      completedMeasures: [],
    });
  });

  test('of one that is over: as things stood at its end, whatever has happened since', async () => {
    const early = await sheetOf('2026-03-05', at('2026-03-20T10:00'));
    expect(early).toMatchObject({ period: { first: '2026-03-01', last: '2026-03-15' }, on: '2026-03-15', over: true, agenda: null });
    expect(early.since.closed).toEqual([id(0)]);
    expect(early.since.completedMeasures).toEqual([{ issueId: id(0), measureId: 'm1', unit: { id: 'clinic', name: '北门卫生院' } }]);
    expect(early.since.moved.map(({ issueId, from, to }) => [issueId, from, to])).toEqual([
      [id(0), null, 'closed'],
      [id(1), null, 'rectifying'],
      [id(2), null, 'registered'],
      [id(3), null, 'registered'],
    ]);
    // months later the same sheet says the same
    expect(await sheetOf('2026-03-15', at('2026-09-01T10:00'))).toEqual(early);
  });

  test('what is late is called out at its unit, what comes is announced', async () => {
    const before = await sheetOf('2026-05-20', at('2026-05-20T10:00'));
    expect(before.next.find(({ issueId, kind }) => issueId === id(1) && kind === 'rectify')).toMatchObject({
      unit: { name: '北门卫生院' },
      label: '整改',
      dueOn: '2026-05-29',
      daysLeft: 9,
    });
    const late = await sheetOf('2026-06-10', at('2026-06-10T10:00'), 'month');
    expect(late).toMatchObject({ cadence: { id: null, label: null, every: 'month' }, agenda: null });
    expect(late.named).toContainEqual({
      issueId: id(1),
      unit: { id: 'clinic', name: '北门卫生院' },
      reasons: [expect.stringMatching(/^整改逾期12日（期限2026-05-29）$/) as string],
    });
  });

  test('a period that has not begun, a day before the round, a round that is not there', async () => {
    const now = at('2026-03-20T10:00');
    await expect(sheetOf('2026-04-01', now)).rejects.toMatchObject({ failure: { code: 'figures.future' } });
    expect(await sheetOf('2026-03-31', now)).toMatchObject({ on: '2026-03-20' });
    await expect(sheetOf('2026-02-27', now)).rejects.toMatchObject({ failure: { code: 'round.notYet' } });
    expect(await cadenceSheet(ledger.database, 'R99', { day: localDate('2026-03-20'), now })).toBeNull();
  });
});

describe('zhenggai round figures', () => {
  const run = async (...args: string[]): Promise<string> => {
    const said: string[] = [];
    const write = jest.spyOn(process.stdout, 'write').mockImplementation((text) => said.push(String(text)) > 0);
    try {
      const command = new Command('round').addCommand(roundFiguresCommand().exitOverride()).exitOverride();
      await command.parseAsync(['figures', roundId, ...args, '--data-dir', dir], { from: 'user' });
    } finally {
      write.mockRestore();
    }
    return said.join('');
  };
  beforeAll(() => moveWorld(ledger.database, at('2026-06-10T10:00')));

  test('a table that aligns Chinese, and how it was counted', async () => {
    const text = await run('--cadence', 'halfMonthly');
    const lines = text.split('\n');
    expect(lines[0]).toMatch(new RegExp(`^${roundId} .*调度通报数据`));
    expect(text).toContain('截止日期 2026-06-10');
    expect(text).toContain('完成率＝已销号÷（问题数－撤销、作废、移交）');
    const header = lines.find((line) => line.startsWith('单位')) ?? '';
    const total = lines.find((line) => line.startsWith('合计')) ?? '';
    expect(stringWidth(header)).toBe(stringWidth(total));
    expect(total).toMatch(/4 +1 .*25%$/);
    expect(text).toMatch(new RegExp(`${id(1)} +北门卫生院 +整改逾期12日（期限2026-05-29）`));
  });

  test('one JSON object is the last line, also beside a file', async () => {
    const file = path.join(dir, 'json.xlsx');
    const lines = (await run('--json', '--on', '2026-03-20', '--out', file)).trimEnd().split('\n');
    const sheet = JSON.parse(lines.at(-1) ?? '') as Record<string, unknown>;
    expect(sheet).toMatchObject({ schema: 'zhenggai.cadenceFigures/1', on: '2026-03-31', over: true, file, total: { fedBack: 4 } });
  });

  test('a workbook with a frozen header and filters, numbers as numbers', async () => {
    const file = path.join(dir, 'figures.xlsx');
    expect(await run('--out', file)).toContain(`已写成文件：${file}。`);
    const sheets = await readSheets(readFileSync(file));
    expect(sheets.map(({ name }) => name)).toEqual(['总表', '点名事项', '本期变化', '下步要求']);
    const rows = sheets[0]?.rows ?? [];
    const header = rows.findIndex(([first]) => first === '单位');
    expect(rows[header]?.slice(0, 3)).toEqual(['单位', '问题数', '已销号']);
    expect(rows.at(-1)?.slice(0, 3)).toEqual(['合计', '4', '1']);
    const xml = unpackXml(readFileSync(file))
      .map((part) => part.toString('utf8'))
      .filter((part) => part.includes('<worksheet'));
    expect(xml).toHaveLength(4);
    for (const sheet of xml) {
      expect(sheet).toMatch(new RegExp(`<pane[^>]*ySplit="${header + 1}"[^>]*state="frozen"`));
      expect(sheet).toMatch(new RegExp(`</sheetData><autoFilter ref="A${header + 1}:[A-Z]+\\d+"/>`));
    }
    // the total stands outside the filter
    expect(xml[0]).toContain(`<autoFilter ref="A${header + 1}:L${rows.length - 1}"/>`);
    expect(xml[0]).toMatch(/<c [^>]*><v>0\.25<\/v>/);
    await expect(run('--out', file)).rejects.toMatchObject({ failure: { code: 'file.exists' } });
    await expect(run('--out', path.join(dir, 'figures.csv'))).rejects.toMatchObject({ failure: { code: 'file.kind' } });
  });

  test('an open date is recorded with where the sheet lies, by the command that is there', async () => {
    const now = at('2026-05-20T10:00');
    await advance(ledger.database, `round/${roundId}`, at('2026-05-06T10:00'));
    await advance(ledger.database, `round/${roundId}`, now);
    expect(await sheetOf('2026-05-20', now)).toMatchObject({ agenda: { number: 5, on: '2026-05-18', state: 'open' } });
    const sheet = await sheetOf('2026-05-20', now);
    expect(holdHint(sheet, '半月.xlsx').join('')).toContain(`round do ${roundId} holdMeeting minutes=数据见半月.xlsx`);
    const { outcome } = await act(ledger, `round/${roundId}`, 'office', { type: 'holdMeeting', minutes: '数据见半月.xlsx' }, now);
    expect(outcome).toMatchObject({ accepted: true, events: ['cadenceHeld'] });
    const held = await sheetOf('2026-05-20', addMillis(now, 60_000));
    expect(held.agenda?.state).toBe('held');
    expect(holdHint(held, undefined)).toEqual([]);
    expect(await run('--on', '2026-05-20')).toContain('至2026-05-31：已调度');
    expect(await run('--on', '2026-05-10')).toContain('至2026-05-15：期末尚未记录');
    expect(await run('--on', '2026-03-20')).toContain('至2026-03-31：期末尚未记录');
  });

  test.each([
    [['--cadence', 'yearly'], 'commander.invalidArgument'],
    [['--on', '2026-02-30'], 'commander.invalidArgument'],
  ])('%j is a usage error', async (args, code) => {
    const err = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    await expect(run(...args)).rejects.toMatchObject({ code });
    err.mockRestore();
  });
});
