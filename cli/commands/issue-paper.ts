import { Command } from 'commander';
import { badInput } from '../../domain/failure';
import { issueDetail } from '../../ledger/queries';
import { withInstance } from '../connect';
import { nowOf } from '../now';
import { dataDirOf, dataDirOption, jsonOption } from '../options';
import { print, printJson } from '../output';
import { unknownIssue } from '../unknown';

export const issuePaperCommand = (): Command =>
  new Command('paper')
    .description('查看一份已签发的文书')
    .argument('<编号>', '如 R1-001')
    .argument('<文书>', 'issue show 所列的文书编号，如 reminderLetter-1')
    .addOption(dataDirOption())
    .addOption(jsonOption())
    .action(async (id: string, paperId: string, options: { dataDir?: string; json?: true }) => {
      await withInstance(dataDirOf(options), async ({ database }) => {
        const issue = await issueDetail(database, id, await nowOf(database));
        if (!issue) throw unknownIssue(id);
        const signed = issue.history.find(({ type, payload }) => type === 'paperSigned' && payload['paperId'] === paperId);
        if (!signed) throw badInput('paper.notSigned', `没有已签发的文书${paperId}。`, '请用 zhenggai issue show 查看文书及其状态。');
        const text = signed.texts['text'] ?? '';
        if (options.json) printJson({ schema: 'zhenggai.paper/1', issueId: id, paperId, number: signed.payload['number'], text });
        else print(text);
      });
    });
