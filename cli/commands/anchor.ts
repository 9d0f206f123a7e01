import { Command } from 'commander';
import { anchorLine, anchorList, takeAnchor } from '../../ledger/anchors';
import { withInstance } from '../connect';
import { writeOutputFile } from '../files';
import { nowOf } from '../now';
import { dataDirOf, dataDirOption, jsonOption } from '../options';
import { print, printJson } from '../output';

interface Options {
  readonly dataDir?: string;
  readonly json?: true;
}

/** `anchor`: what is to be kept outside, so that a stranger can prove what stood in the ledger on a day. */
export const anchorCommand = (): Command =>
  new Command('anchor')
    .description('总账锚：每天一号，证明当时总账里有什么；交外单位保存，日后用 verify --held 核对')
    .addCommand(listCommand())
    .addCommand(takeCommand())
    .addCommand(exportCommand());

const listCommand = (): Command =>
  new Command('list')
    .description('列出各号锚')
    .addOption(dataDirOption())
    .addOption(jsonOption())
    .action(async (options: Options) => {
      const anchors = await withInstance(dataDirOf(options), ({ database }) => anchorList(database));
      if (options.json) printJson({ schema: 'zhenggai.anchors/1', anchors });
      else if (anchors.length === 0) print('还没有锚。每天23:50取一号，也可以用 anchor take 立即取。');
      else print(...anchors.map(anchorLine));
    });

const takeCommand = (): Command =>
  new Command('take')
    .description('立即取一号锚；总账没有变化时是上一号')
    .addOption(dataDirOption())
    .addOption(jsonOption())
    .action(async (options: Options) => {
      const anchor = await withInstance(dataDirOf(options), async ({ database }) => takeAnchor(database, await nowOf(database)));
      if (options.json) printJson(anchor);
      else print(anchorLine(anchor));
    });

const exportCommand = (): Command =>
  new Command('export')
    .description('把各号锚写成一个文本文件，交外单位保存')
    .argument('<文件>', '写入哪个文件')
    .option('--force', '文件已经存在时覆盖')
    .addOption(dataDirOption())
    .action(async (file: string, options: Options & { force?: true }) => {
      const anchors = await withInstance(dataDirOf(options), ({ database }) => anchorList(database));
      await writeOutputFile(file, `${anchors.map(anchorLine).join('\n')}\n`, { overwrite: options.force === true });
      print(`已写出${file}：${anchors.length}号锚。`);
    });
