import { Command } from 'commander';
import { standingAlarms } from '../../ledger/alarms';
import { openDatabase } from '../../ledger/database';
import { configTable, readConfig } from '../../platform/config';
import { doctor, type DoctorRow } from '../../platform/doctor';
import { findInstance } from '../../platform/instance';
import { answers } from '../../platform/postgres-roles';
import { dataDirOption, jsonOption } from '../options';
import { print, printJson, printTable } from '../output';

export const doctorCommand = (): Command =>
  new Command('doctor')
    .description('检查本机环境、配置和正在运行的服务，并说明怎样改正')
    .option('--variables', '列出全部环境变量')
    .addOption(dataDirOption())
    .addOption(jsonOption())
    .action(async (options: { variables?: true; dataDir?: string; json?: true }) => {
      if (options.variables) {
        const table = configTable();
        if (options.json) printJson(table);
        else
          printTable(
            [{ title: '变量', whole: true }, { title: '默认' }, { title: '含义' }],
            table.map((row) => [row.name, row.default, row.meaning]),
          );
        return;
      }
      const config = readConfig(process.env, options.dataDir === undefined ? {} : { dataDir: options.dataDir });
      const rows = [...(await doctor(config)), ...(await alarms(config.dataDir))];
      const ok = rows.every((row) => row.ok);
      if (options.json) printJson({ schema: 'zhenggai.doctor/1', ok, checks: rows });
      else {
        printTable(
          [{ title: '项目', whole: true }, { title: '', whole: true }, { title: '情况' }, { title: '怎样改正' }],
          rows.map((row) => [row.check, row.ok ? { text: '正常', tone: 'green' } : { text: '需处理', tone: 'red' }, row.detail, row.todo]),
        );
        print('', ok ? '一切正常。' : '有需要处理的项目，见上表。');
      }
      process.exitCode = ok ? 0 : 1;
    });

/** The alarms of reconcile that stand; nothing while nothing runs or the database, which has a row of its own, does not answer. */
async function alarms(dataDir: string): Promise<DoctorRow[]> {
  const instance = findInstance(dataDir);
  if (instance === undefined || !(await answers(instance.appUrl))) return [];
  const database = openDatabase(instance.appUrl, 1);
  try {
    const [first, ...more] = await standingAlarms(database);
    const check = '对账告警';
    if (first === undefined) return [{ check, ok: true, detail: '没有', todo: '' }];
    const detail = more.length === 0 ? first.what : `${first.what}另有${more.length}处。`;
    return [{ check, ok: false, detail, todo: '请运行 zhenggai reconcile 查看全部，按对账说明处理。' }];
  } finally {
    await database.$disconnect();
  }
}
