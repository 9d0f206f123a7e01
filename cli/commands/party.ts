import path from 'node:path';
import { Command } from 'commander';
import { badInput } from '../../domain/failure';
import { writeDirectoryCsv } from '../../intake/directory-csv';
import { writeDirectoryXlsx } from '../../intake/directory-xlsx';
import { baseDuties, people } from '../../ledger/party-views';
import { loadRules } from '../../ledger/rules';
import type { ActingOptions } from '../acting';
import { withInstance } from '../connect';
import { replaceDirectory } from '../directory-import';
import { writeOutputFile } from '../files';
import { nowOf } from '../now';
import { asOption, dataDirOf, dataDirOption, jsonOption, tokenOption } from '../options';
import { print, printJson, printTable } from '../output';
import { showPosts, showSubstitutes } from '../show-people';
import { dueText } from '../words';
import { partyHandoversCommand, partySignCommand } from './party-handovers';

export const partyCommand = (): Command =>
  new Command('party')
    .description('单位和人员：列出、导入、导出，空缺的岗位，新任负责人的交接')
    .addCommand(listCommand())
    .addCommand(importCommand())
    .addCommand(exportCommand())
    .addCommand(vacanciesCommand())
    .addCommand(partyHandoversCommand())
    .addCommand(partySignCommand());

interface Options {
  readonly dataDir?: string;
  readonly json?: true;
}

const listCommand = (): Command =>
  new Command('list')
    .description('列出人员、职务和代理')
    .addOption(dataDirOption())
    .addOption(jsonOption())
    .action(async (options: Options) => {
      await withInstance(dataDirOf(options), async ({ database }) => {
        const { posts, substitutes } = await people(database);
        if (options.json) printJson({ schema: 'zhenggai.people/1', posts, substitutes });
        else {
          showPosts(posts);
          if (substitutes.length === 0) return;
          print('', `代理（${substitutes.length}）`);
          showSubstitutes(substitutes);
        }
      });
    });

const importCommand = (): Command =>
  new Command('import')
    .description('导入单位和人员，整表替换；没有列出的人员不再有职务')
    .argument('<文件>', 'CSV 或 xlsx，格式见 samples/README.md')
    .addOption(asOption())
    .addOption(tokenOption())
    .addOption(dataDirOption())
    .addOption(jsonOption())
    .action(async (file: string, options: Options & ActingOptions) => {
      await withInstance(dataDirOf(options), async (connected) => {
        const persons = await replaceDirectory(connected, file, options);
        if (options.json) printJson({ schema: 'zhenggai.partyImport/1', people: persons });
        else print(`已导入单位和人员：${persons}人。空缺和交接用 party vacancies、party handovers 查看。`);
      });
    });

const exportCommand = (): Command =>
  new Command('export')
    .description('把单位和人员写成文件，改好后可再导入')
    .argument('<文件>', '以 .csv 或 .xlsx 结尾')
    .option('--force', '覆盖已有的文件')
    .addOption(dataDirOption())
    .action(async (file: string, options: Options & { force?: true }) => {
      const kind = path.extname(file).toLowerCase();
      if (kind !== '.csv' && kind !== '.xlsx') throw badInput('file.kind', `不能写成“${kind}”。`, '文件名请以 .csv 或 .xlsx 结尾。');
      await withInstance(dataDirOf(options), async ({ database }) => {
        const { directory } = await loadRules(database, database);
        const content = kind === '.csv' ? writeDirectoryCsv(directory) : await writeDirectoryXlsx(directory);
        await writeOutputFile(file, content, { overwrite: options.force === true });
        const persons = new Set(directory.posts.map(({ personId }) => personId)).size;
        print(`已写成文件：${file}（${persons}人，${directory.posts.length}个职务）。`);
      });
    });

const vacanciesCommand = (): Command =>
  new Command('vacancies')
    .description('列出空缺的岗位：有事项要办而无人任职')
    .addOption(dataDirOption())
    .addOption(jsonOption())
    .action(async (options: Options) => {
      await withInstance(dataDirOf(options), async ({ database }) => {
        const vacancies = await baseDuties(database, 'vacancy', await nowOf(database));
        if (options.json) printJson({ schema: 'zhenggai.vacancies/1', vacancies });
        else if (vacancies.length === 0) print('没有空缺的岗位。');
        else
          printTable(
            [{ title: '岗位' }, { title: '补充期限', whole: true }, { title: '', whole: true }, { title: '应办人' }],
            vacancies.map((one) => [
              one.subject,
              dueText(one),
              one.overdue ? { text: '逾期', tone: 'red' } : null,
              one.persons.map(({ name }) => name).join('、') || '空缺',
            ]),
          );
      });
    });
