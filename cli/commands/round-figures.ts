import path from 'node:path';
import { Command, Option } from 'commander';
import { badInput } from '../../domain/failure';
import type { Cadence } from '../../domain/policy/policy';
import { dateOf, type LocalDate } from '../../domain/time';
import { cadenceSheet } from '../../ledger/cadence-figures';
import { withInstance } from '../connect';
import { writeFiguresWorkbook } from '../figures-workbook';
import { writeOutputFile } from '../files';
import { nowOf } from '../now';
import { dataDirOf, dataDirOption, dateArgument, jsonOption } from '../options';
import { print, printJson } from '../output';
import { holdHint, showFigures } from '../show-figures';
import { unknownRound } from '../unknown';

interface FiguresOptions {
  readonly cadence?: keyof typeof rhythms;
  readonly on?: LocalDate;
  readonly out?: string;
  readonly force?: true;
  readonly dataDir?: string;
  readonly json?: true;
}

const rhythms = { weekly: 'week', halfMonthly: 'halfMonth', monthly: 'month' } as const satisfies Record<string, Cadence['every']>;

/** 月/半月调度: its figures come from the ledger, so that a cadence asks nobody for prose. */
export const roundFiguresCommand = (): Command =>
  new Command('figures')
    .description('调度通报的数据：一期的总表、点名事项、变化和下步要求，由总账计算')
    .argument('<轮次>', '如 R1')
    .addOption(new Option('--cadence <节奏>', '每周、每半月或每月（不写为规则中的第一种）').choices(Object.keys(rhythms)))
    .option('--on <日期>', '包含这一天的一期（不写为今天）；已过的一期按期末当时的情况', dateArgument)
    .option('--out <文件>', '另写成 xlsx 文件')
    .option('--force', '文件已存在时覆盖')
    .addOption(dataDirOption())
    .addOption(jsonOption())
    .action(async (id: string, options: FiguresOptions) => {
      const { cadence, on, out } = options;
      if (out !== undefined && path.extname(out).toLowerCase() !== '.xlsx')
        throw badInput('file.kind', `不能写成“${path.extname(out) || out}”。`, '文件名请以 .xlsx 结尾。');
      await withInstance(dataDirOf(options), async ({ database }) => {
        const now = await nowOf(database);
        const rhythm = cadence === undefined ? {} : { every: rhythms[cadence] };
        const sheet = await cadenceSheet(database, id, { day: on ?? dateOf(now), now, ...rhythm });
        if (!sheet) throw unknownRound(id);
        if (out !== undefined) await writeOutputFile(out, await writeFiguresWorkbook(sheet), { overwrite: options.force === true });
        if (options.json) printJson({ schema: 'zhenggai.cadenceFigures/1', ...sheet, file: out ?? null });
        else {
          showFigures(sheet);
          print(...(out === undefined ? [] : ['', `已写成文件：${out}。`]), ...holdHint(sheet, out));
        }
      });
    });
