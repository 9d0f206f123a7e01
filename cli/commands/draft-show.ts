import { Command } from 'commander';
import { dateOf } from '../../domain/time';
import { draftList } from '../../ledger/drafts';
import { withInstance } from '../connect';
import { dataDirOf, dataDirOption, jsonOption } from '../options';
import { printJson, printTable } from '../output';
import { showComparison } from '../show-draft-comparison';
import { showDraft } from '../show-draft';
import { comparisonOf } from './draft-comparison';
import { draftObject, endWords, openDraft } from './draft-open';

interface Options {
  readonly dataDir?: string;
  readonly json?: true;
}

export const draftListCommand = (): Command =>
  new Command('list')
    .description('列出读取过的文件的草稿')
    .addOption(dataDirOption())
    .addOption(jsonOption())
    .action(async (options: Options) => {
      await withInstance(dataDirOf(options), async ({ database }) => {
        const drafts = await draftList(database);
        if (options.json) {
          printJson({ schema: 'zhenggai.drafts/1', drafts });
          return;
        }
        printTable(
          [
            { title: '编号', whole: true },
            { title: '文件' },
            { title: '读取', whole: true },
            { title: '更新报告', whole: true },
            { title: '改动', align: 'right', whole: true },
            { title: '状态' },
          ],
          drafts.map((draft) => [draft.id, draft.source.file, dateOf(draft.readAt), draft.aboutRoundId, draft.version, endWords(draft)]),
        );
      });
    });

export const draftShowCommand = (): Command =>
  new Command('show')
    .description('查看一份草稿；更新报告一并列出对应的问题和可采纳的更新')
    .argument('<草稿>', '如 D1')
    .addOption(dataDirOption())
    .addOption(jsonOption())
    .action(async (id: string, options: Options) => {
      await withInstance(dataDirOf(options), async ({ database }) => {
        const opened = await openDraft(database, id);
        if (opened.head.aboutRoundId === null) {
          if (options.json) printJson(draftObject(opened));
          else showDraft(opened);
          return;
        }
        const comparison = await comparisonOf(database, opened);
        if (options.json) {
          printJson({ ...draftObject(opened), comparison });
          return;
        }
        showDraft(opened);
        showComparison(comparison, opened.draft);
      });
    });
