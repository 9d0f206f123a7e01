import { Command } from 'commander';
import { dateOf } from '../../domain/time';
import { roundDetail, roundsWithStand } from '../../ledger/round-detail';
import { withInstance } from '../connect';
import { nowOf } from '../now';
import { dataDirOf, dataDirOption, jsonOption } from '../options';
import { printJson, printTable } from '../output';
import { showRound } from '../show-round';
import { unknownRound } from '../unknown';

export const roundListCommand = (): Command =>
  new Command('list')
    .description('列出轮次')
    .addOption(dataDirOption())
    .addOption(jsonOption())
    .action(async (options: { dataDir?: string; json?: true }) => {
      await withInstance(dataDirOf(options), async ({ database }) => {
        const rounds = await roundsWithStand(database);
        if (options.json) printJson({ schema: 'zhenggai.rounds/1', rounds });
        else
          printTable(
            [
              { title: '编号', whole: true },
              { title: '轮次' },
              { title: '来源', whole: true },
              { title: '反馈', whole: true },
              { title: '阶段', whole: true },
              { title: '规则', whole: true },
              { title: '问题', align: 'right', whole: true },
              { title: '已销号', align: 'right', whole: true },
              { title: '逾期', align: 'right', whole: true },
            ],
            rounds.map((round) => [
              round.id,
              round.name,
              round.sourceLabel,
              round.feedbackOn,
              round.phaseLabel,
              round.policy,
              round.issues,
              round.closed,
              round.red === 0 ? 0 : { text: String(round.red), tone: 'red' },
            ]),
          );
      });
    });

export const roundShowCommand = (): Command =>
  new Command('show')
    .description('查看一个轮次：阶段、应办、调度、报告、评估、回头看方案、收报、自查问题')
    .argument('<轮次>', '如 R1')
    .addOption(dataDirOption())
    .addOption(jsonOption())
    .action(async (id: string, options: { dataDir?: string; json?: true }) => {
      await withInstance(dataDirOf(options), async ({ database }) => {
        const now = await nowOf(database);
        const round = await roundDetail(database, id, now);
        if (!round) throw unknownRound(id);
        if (options.json) printJson({ schema: 'zhenggai.round/1', ...round });
        else showRound(round, dateOf(now));
      });
    });
