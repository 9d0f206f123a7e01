import { Command, Option } from 'commander';
import { dateOf, type Instant } from '../../domain/time';
import { issueDetail } from '../../ledger/queries';
import { asOfOf, asOfWords, pastIssue, type AsOfOptions } from '../as-of';
import { withInstance } from '../connect';
import { nowOf } from '../now';
import { dataDirOf, dataDirOption, jsonOption, momentArgument } from '../options';
import { printJson } from '../output';
import { showIssue } from '../show-issue';
import { showPastIssue } from '../show-past';
import { badInput } from '../../domain/failure';
import { unknownIssue } from '../unknown';

export const issueShowCommand = (): Command =>
  new Command('show')
    .description('查看一个问题：应办、措施、文书、经过；或它在过去某一时刻的样子')
    .argument('<编号>', '如 R1-001')
    .addOption(new Option('--as-of <时刻>', '截至某日终了或某一时刻，总账当时所知').argParser(momentArgument))
    .option('--occurred', '与 --as-of 同用：按事情发生的时间，不论何时记入')
    .addOption(dataDirOption())
    .addOption(jsonOption())
    .action(async (id: string, options: AsOfOptions & { asOf?: Instant; dataDir?: string; json?: true }) => {
      await withInstance(dataDirOf(options), async ({ database }) => {
        const now = await nowOf(database);
        const asOf = asOfOf(options);
        if (asOf !== null) {
          if (!(await database.issue.findUnique({ where: { id }, select: { id: true } }))) throw unknownIssue(id);
          const past = await pastIssue(database, id, asOf);
          if (!past) throw badInput('issue.notYet', `${asOfWords(asOf)}，还没有问题${id}。`, '请写晚一些的时刻。');
          if (options.json) printJson({ schema: 'zhenggai.issueAsOf/1', asOf: asOf.at, by: asOf.by, ...past });
          else showPastIssue(past, asOf);
          return;
        }
        const issue = await issueDetail(database, id, now);
        if (!issue) throw unknownIssue(id);
        if (options.json) printJson({ schema: 'zhenggai.issue/1', ...issue });
        else showIssue(issue, dateOf(now));
      });
    });
