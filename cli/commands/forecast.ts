import { Command } from 'commander';
import { badInput } from '../../domain/failure';
import type { RungFired } from '../../domain/obligation/events';
import { obligationLabels } from '../../domain/policy/policy';
import { roles } from '../../domain/roles';
import { addMonths, dateOf, endOfDay, type LocalDate } from '../../domain/time';
import { foresee } from '../../ledger/foresee';
import { worldInstant } from '../../ledger/world';
import { wallClock } from '../../platform/clock';
import { withInstance } from '../connect';
import { dataDirOf, dataDirOption, dateArgument, jsonOption } from '../options';
import { print, printJson, printTable } from '../output';
import { idsOf, sameForMany } from '../same-for-many';

const MOST_ROWS = 60;

type Foretold = RungFired & { readonly streamId: string; readonly reference: string };

/** The same rung of several issues for the same people on one day is one row. */
const grouped = (rungs: readonly Foretold[]): [Foretold, string[]][] =>
  sameForMany(rungs, ({ at, kind, label, dueOn, recipients }) => [
    dateOf(at),
    kind,
    label,
    dueOn,
    ...recipients.map(({ personId }) => personId),
  ]);

export const forecastCommand = (): Command =>
  new Command('forecast')
    .description('预测：如果无人办理，谁会在哪天收到什么')
    .requiredOption('--round <轮次>', '轮次编号，如 R1')
    .option('--until <日期>', '预测到哪天（默认三个月）', dateArgument)
    .addOption(dataDirOption())
    .addOption(jsonOption())
    .action(async (options: { round: string; until?: LocalDate; dataDir?: string; json?: true }) => {
      await withInstance(dataDirOf(options), async ({ database }) => {
        const today = dateOf((await worldInstant(database)) ?? (await wallClock.now()));
        const until = options.until ?? addMonths(today, 3);
        const { rungs, directory } = await foresee(database, { roundId: options.round }, endOfDay(until));
        if (rungs === null) throw badInput('round.unknown', `没有轮次${options.round}。`, '请用 zhenggai issue list 查看轮次编号。');
        const name = (id: string): string => directory.persons.find((person) => person.id === id)?.name ?? id;
        if (options.json) {
          printJson({
            schema: 'zhenggai.forecast/1',
            round: options.round,
            until,
            rungs: rungs.map(({ streamId, at, dutyId, rung, label, tone, dueOn, recipients, paper }) => ({
              stream: streamId,
              at,
              obligation: dutyId,
              rung,
              label,
              tone,
              dueOn,
              paper: paper?.kind ?? null,
              recipients: recipients.map(({ personId, roles: own, vacant }) => ({ personId, name: name(personId), roles: own, vacant })),
            })),
          });
          return;
        }
        printTable(
          [
            { title: '日期', whole: true },
            { title: '问题', whole: true },
            { title: '事项' },
            { title: '期限', whole: true },
            { title: '通知' },
          ],
          grouped(rungs)
            .slice(0, MOST_ROWS)
            .map(([rung, ids]) => [
              dateOf(rung.at),
              idsOf(ids),
              { text: `${obligationLabels[rung.kind]} ${rung.label}`, tone: rung.tone },
              rung.dueOn,
              rung.recipients
                .map(({ personId, roles: own }) => `${name(personId)}（${own.map((role) => roles[role]).join('、') || '代'}）`)
                .join(' '),
            ]),
        );
        const more = grouped(rungs).length - MOST_ROWS;
        print('', `到${until}，如无人办理将发出${rungs.length}次提醒${more > 0 ? `（还有${more}行，全部见 --json）` : ''}。`);
      });
    });
