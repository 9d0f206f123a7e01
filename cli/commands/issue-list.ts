import { Command } from 'commander';
import { roundList } from '../../ledger/queries';
import { people } from '../../ledger/party-views';
import { withInstance } from '../connect';
import { selectIssues, withSelectionOptions, type IssueSelection } from '../issue-selection';
import { todayOf } from '../now';
import { dataDirOf, dataDirOption, jsonOption } from '../options';
import { print, printJson, printTable } from '../output';
import { showPosts } from '../show-people';
import { shorten } from '../table';
import { unknownRound } from '../unknown';

/** Columns of a round's name, so that its line fits 80. */
const LONGEST_NAME = 40;

interface ListOptions extends IssueSelection {
  readonly people?: true;
  readonly dataDir?: string;
  readonly json?: true;
}

export const issueListCommand = (): Command =>
  withSelectionOptions(new Command('list').description('列出问题'))
    .option('--people', '改为列出人员和职务（同 party list）')
    .addOption(dataDirOption())
    .addOption(jsonOption())
    .action(async (options: ListOptions) => {
      await withInstance(dataDirOf(options), async ({ database }) => {
        if (options.people) {
          const { posts } = await people(database);
          if (options.json) printJson({ schema: 'zhenggai.people/1', posts });
          else showPosts(posts);
          return;
        }
        const rounds = (await roundList(database)).filter(({ id }) => options.round === undefined || options.round === id);
        if (options.round !== undefined && rounds.length === 0) throw unknownRound(options.round);
        const rows = await selectIssues(database, options, await todayOf(database));
        if (options.json) {
          printJson({ schema: 'zhenggai.issues/1', issues: rows });
          return;
        }
        for (const round of rounds)
          print(`${round.id}  ${shorten(round.name, LONGEST_NAME)}：${round.issues}个问题，已销号${round.closed}，逾期${round.red}`);
        printTable(
          [
            { title: '编号', whole: true },
            { title: '问题' },
            { title: '阶段', whole: true },
            { title: '主办单位' },
            { title: '整改期限', whole: true },
            { title: '最近应办', whole: true },
          ],
          rows.map((row) => [
            row.id,
            row.title,
            { text: row.phaseLabel, tone: row.tone === 'none' ? 'none' : row.tone },
            row.leadUnit?.name ?? null,
            row.dueOn,
            row.nextDueOn,
          ]),
        );
      });
    });
