import { Command } from 'commander';
import { badInput } from '../../domain/failure';
import type { Instant } from '../../domain/time';
import { asOfWords, pastRound, type Moment } from '../as-of';
import { withInstance } from '../connect';
import { dataDirOf, dataDirOption, jsonOption, momentArgument } from '../options';
import { printJson } from '../output';
import { showPastRound } from '../show-past';
import { unknownRound } from '../unknown';

export const roundAsOfCommand = (): Command =>
  new Command('as-of')
    .description('一个轮次和它的问题在过去某一时刻的样子')
    .argument('<轮次>', '如 R1')
    .argument('<时刻>', '日期（当日终了）或时刻，如 2026-10-31', momentArgument)
    .option('--occurred', '按事情发生的时间，不论何时记入（默认为总账当时所知）')
    .addOption(dataDirOption())
    .addOption(jsonOption())
    .action(async (id: string, at: Instant, options: { occurred?: true; dataDir?: string; json?: true }) => {
      await withInstance(dataDirOf(options), async ({ database }) => {
        const asOf: Moment = { at, by: options.occurred ? 'occurred' : 'recorded' };
        if (!(await database.round.findUnique({ where: { id }, select: { id: true } }))) throw unknownRound(id);
        const past = await pastRound(database, id, asOf);
        if (!past) throw badInput('round.notYet', `${asOfWords(asOf)}，还没有轮次${id}。`, '请写晚一些的时刻。');
        if (options.json) printJson({ schema: 'zhenggai.roundAsOf/1', asOf: asOf.at, by: asOf.by, ...past });
        else showPastRound(past, asOf);
      });
    });
