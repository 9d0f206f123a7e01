import { Command } from 'commander';
import type { WorkCalendar } from '../../domain/calendar';
import { badInput } from '../../domain/failure';
import { addMonths, endOfDay, type LocalDate } from '../../domain/time';
import { foresee, type ForesightQuestion } from '../../ledger/foresee';
import { loadRules } from '../../ledger/rules';
import { onePerson, oneUnit } from '../acting';
import { readCalendarFile, requireRight } from '../calendar-file';
import { withInstance, type Connected } from '../connect';
import { todayOf } from '../now';
import { dataDirOf, dataDirOption, dateArgument, jsonOption } from '../options';
import { printJson } from '../output';
import { policyOf } from '../policy-of';
import { foretoldJson, showForecast } from '../show-forecast';
import { unknownIssue, unknownRound } from '../unknown';

interface ForecastOptions {
  readonly round?: string;
  readonly issue?: string;
  readonly person?: string;
  readonly unit?: string;
  readonly policy?: string;
  readonly calendarFile?: string;
  readonly until?: LocalDate;
  readonly dataDir?: string;
  readonly json?: true;
}

export const forecastCommand = (): Command =>
  new Command('forecast')
    .description('预测：如果无人办理，谁会在哪天收到什么；也可换一个规则或节假日安排试算')
    .option('--round <轮次>', '一个轮次和它的问题，如 R1')
    .option('--issue <编号>', '一个问题，如 R1-001')
    .option('--person <人员>', '一个人会收到的（姓名或编号）')
    .option('--unit <单位>', '一个单位的事项（名称或编号）')
    .option('--policy <规则>', '如果换成这个规则（名称，或规则文件）')
    .option('--calendar-file <文件>', '如果录入这一年的节假日安排(JSON)')
    .option('--until <日期>', '预测到哪天（默认三个月）', dateArgument)
    .addOption(dataDirOption())
    .addOption(jsonOption())
    .action(async (options: ForecastOptions) => {
      const { round, issue, person, unit } = options;
      if ((round ?? issue ?? person ?? unit) === undefined)
        throw badInput('forecast.missing', '没有说明预测什么。', '请写明 --round、--issue、--person 或 --unit 之一。');
      await withInstance(dataDirOf(options), async ({ database }) => {
        const until = options.until ?? addMonths(await todayOf(database), 3);
        const question = await questionOf(database, options);
        const { rungs, directory } = await foresee(database, question, endOfDay(until));
        if (rungs === null) throw issue === undefined ? unknownRound(round ?? '') : unknownIssue(issue);
        const { whatIf, ...plain } = question;
        const usual = whatIf === undefined ? null : ((await foresee(database, plain, endOfDay(until))).rungs?.length ?? 0);
        if (options.json)
          printJson({
            schema: 'zhenggai.forecast/1',
            round: round ?? null,
            issue: issue ?? null,
            person: question.personId ?? null,
            unit: question.unitId ?? null,
            until,
            withRulesInForce: usual,
            rungs: rungs.map((rung) => foretoldJson(rung, directory)),
          });
        else showForecast(rungs, directory, { until, usual });
      });
    });

async function questionOf(database: Connected['database'], options: ForecastOptions): Promise<ForesightQuestion> {
  const { round, issue, person, unit, policy, calendarFile } = options;
  const whatIf: ForesightQuestion['whatIf'] = {
    ...(policy === undefined ? {} : { policy: await policyOf(database, policy) }),
    ...(calendarFile === undefined ? {} : { calendar: await calendarWith(database, calendarFile) }),
  };
  return {
    ...(round === undefined ? {} : { roundId: round }),
    ...(issue === undefined ? {} : { streamId: issue }),
    ...(person === undefined ? {} : { personId: (await onePerson(database, person)).id }),
    ...(unit === undefined ? {} : { unitId: await oneUnit(database, unit) }),
    ...(Object.keys(whatIf).length === 0 ? {} : { whatIf }),
  };
}

/** The holiday table in force with a year of a file in it. */
async function calendarWith(database: Connected['database'], file: string): Promise<WorkCalendar> {
  const read = await readCalendarFile(file, `文件${file}`);
  requireRight(read);
  const { calendar } = await loadRules(database, database);
  return { version: `${calendar.version} ${read.year}`, years: { ...calendar.years, [read.year]: read.table } };
}
