import { Command } from 'commander';
import { configTable, readConfig } from '../../platform/config';
import { doctor } from '../../platform/doctor';
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
      const rows = await doctor(readConfig(process.env, options.dataDir === undefined ? {} : { dataDir: options.dataDir }));
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
