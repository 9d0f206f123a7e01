import { Command } from 'commander';
import type { CalendarYear, WorkCalendar } from '../../domain/calendar';
import { badInput, ZhenggaiError } from '../../domain/failure';
import { dateOf } from '../../domain/time';
import { baseDuties } from '../../ledger/party-views';
import { loadRules } from '../../ledger/rules';
import { actingPerson, type ActingOptions } from '../acting';
import { tellAnswer } from '../answer';
import { readCalendarDays, readCalendarFile, requireRight, wrongWith, type YearTable } from '../calendar-file';
import { withInstance, type Connected } from '../connect';
import { nowOf } from '../now';
import { asOption, dataDirOf, dataDirOption, jsonOption, tokenOption } from '../options';
import { print, printJson, printTable } from '../output';
import { previewRules } from '../rule-preview';
import { showPreview } from '../show-preview';
import { submit } from '../submit';

export const calendarCommand = (): Command =>
  new Command('calendar')
    .description('节假日安排：查看、核对、录入；期限据此计算')
    .addCommand(showCommand())
    .addCommand(checkCommand())
    .addCommand(enterCommand());

interface Options {
  readonly dataDir?: string;
  readonly json?: true;
}

const showCommand = (): Command =>
  new Command('show')
    .description('查看已录入的年份，或一年的放假和调休')
    .argument('[年份]', '如 2027')
    .addOption(dataDirOption())
    .addOption(jsonOption())
    .action(async (year: string | undefined, options: Options) => {
      await withInstance(dataDirOf(options), async ({ database }) => {
        const { version, years } = (await loadRules(database, database)).calendar;
        const asked = await baseDuties(database, 'calendarTable', await nowOf(database));
        const missing = asked.map(({ id }) => id.slice('calendarTable:'.length));
        const table = year === undefined ? undefined : years[year];
        if (year !== undefined && table === undefined)
          throw badInput('calendar.missing', `${year}年的节假日安排尚未录入。`, '请用 zhenggai calendar enter 录入。');
        if (options.json) printJson({ schema: 'zhenggai.calendar/1', version, missing, years: table ? { [year ?? '']: table } : years });
        else if (table) showYear(table);
        else showYears(years, missing);
      });
    });

function showYears(years: WorkCalendar['years'], missing: readonly string[]): void {
  printTable(
    [
      { title: '年份', whole: true },
      { title: '放假', align: 'right', whole: true },
      { title: '调休上班', align: 'right', whole: true },
      { title: '依据' },
    ],
    Object.entries(years).map(([year, { off, work, source }]) => [year, off.length, work.length, source]),
  );
  if (missing.length > 0) print('', `尚未录入、但有事项到期的年份：${missing.join('、')}。这些期限标“暂定”。`);
}

function showYear({ off, work, source }: CalendarYear): void {
  print(`放假  ${spans(off)}`, `上班  ${work.join('、') || '无'}`, `依据  ${source}`);
}

/** Days that follow each other as one span. */
function spans(days: readonly string[]): string {
  const told: string[][] = [];
  for (const day of [...days].sort()) {
    const last = told.at(-1);
    const before = last?.at(-1);
    if (last && before !== undefined && Date.parse(day) - Date.parse(before) === 86_400_000) last.push(day);
    else told.push([day]);
  }
  return told.map((span) => (span.length === 1 ? span[0] : `${span[0] ?? ''}至${span.at(-1) ?? ''}`)).join('、') || '无';
}

const checkCommand = (): Command =>
  new Command('check')
    .description('核对一年的节假日文件：日期是否属于该年、有无遗漏和重复；不录入')
    .argument('<文件>', 'JSON 文件')
    .option('--source <依据>', '通知的文号和日期（文件没有写明时）')
    .addOption(jsonOption())
    .action(async (file: string, options: { source?: string; json?: true }) => {
      const read = await readCalendarFile(file, options.source);
      const failures = wrongWith(read);
      if (options.json) printJson({ schema: 'zhenggai.calendarCheck/1', ok: failures.length === 0, ...read, failures });
      else {
        showYear(read.table);
        tellElsewhere(read);
        for (const { what, todo, code } of failures) print(`不符：${what}${todo}[${code}]`);
      }
      if (failures.length > 0)
        throw new ZhenggaiError('doesNotHold', {
          code: 'calendar.check',
          what: `${read.year}年的节假日文件有${failures.length}处不符。`,
          todo: '请对照国务院办公厅通知改正后再录入。',
        });
      if (!options.json) print(`${read.year}年的节假日文件可以录入。`);
    });

function tellElsewhere({ elsewhere, year }: YearTable): void {
  if (elsewhere.length > 0) print(`其中${elsewhere.join('、')}不属于${year}年，不会录入；请并入所在年份的表。`);
}

interface EnterOptions extends Options, ActingOptions {
  readonly off?: string;
  readonly work?: string;
  readonly source?: string;
  readonly file?: string;
  readonly preview?: true;
  readonly key?: string;
}

const enterCommand = (): Command =>
  new Command('enter')
    .description('录入一年的节假日安排：各期限随之移动；--preview 只试算')
    .argument('<年份>', '如 2027')
    .option('--off <日期>', '放假，如 "01-01..03 02-15..23 05-01..05"（含其中的周末）')
    .option('--work <日期>', '调休上班的周六、周日，如 "02-14 10-10"')
    .option('--source <依据>', '国务院办公厅通知的文号和日期')
    .option('--file <文件>', '从 JSON 文件录入，代替 --off 和 --work')
    .option('--preview', '只试算有多少期限移动，不录入')
    .addOption(asOption())
    .addOption(tokenOption())
    .option('--key <键>', '命令的键：同一个键只办理一次，可放心重发')
    .addOption(dataDirOption())
    .addOption(jsonOption())
    .action(async (year: string, options: EnterOptions) => {
      const read = await yearOf(year, options);
      requireRight(read);
      await withInstance(dataDirOf(options), (connected) =>
        options.preview ? preview(connected, read, options) : enter(connected, read, options),
      );
    });

async function yearOf(year: string, { file, off, work, source }: EnterOptions): Promise<YearTable> {
  if (file === undefined) {
    if (off === undefined) throw badInput('calendar.nothing', '没有写放假日期。', '请用 --off 写明，或用 --file 指定文件。');
    return readCalendarDays(year, { off, ...(work === undefined ? {} : { work }), ...(source === undefined ? {} : { source }) });
  }
  if (off !== undefined || work !== undefined)
    throw badInput('calendar.both', '既写了文件，又写了日期。', '请只用 --file，或只用 --off 和 --work。');
  const read = await readCalendarFile(file, source);
  if (read.year !== year) throw badInput('calendar.wrongYear', `文件是${read.year}年的，不是${year}年的。`, '请核对年份。');
  return read;
}

async function preview({ database }: Connected, read: YearTable, { json }: EnterOptions): Promise<void> {
  const { calendar } = await loadRules(database, database);
  const next: WorkCalendar = { version: `${calendar.version} preview`, years: { ...calendar.years, [read.year]: read.table } };
  const found = await previewRules(database, { next: { calendar: next } }, await nowOf(database));
  if (json) printJson({ schema: 'zhenggai.preview/1', round: null, from: calendar.version, to: read.year, changes: [], ...found });
  else {
    tellElsewhere(read);
    print(`试算录入${read.year}年的安排（${dateOf(await nowOf(database))}）：`, '');
    showPreview(found);
  }
}

async function enter(connected: Connected, read: YearTable, options: EnterOptions): Promise<void> {
  const { database } = connected;
  const actor = await actingPerson(connected, options);
  const { year, table } = read;
  const submitted = await submit(database, await connected.lives(), {
    streamId: 'base',
    actor,
    via: 'cli',
    command: { type: 'enterCalendarYear', year, table },
    ...(options.key === undefined ? {} : { key: options.key }),
  });
  if (!options.json) tellElsewhere(read);
  tellAnswer(
    submitted,
    options.json === true,
    () => `已录入${year}年的节假日安排（放假${table.off.length}天，调休上班${table.work.length}天），各期限随即移动。`,
  );
}
