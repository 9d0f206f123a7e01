import { Command } from 'commander';
import { issueBatchCommand } from './issue-batch';
import { issueDoCommand } from './issue-do';
import { issueListCommand } from './issue-list';
import { issuePaperCommand } from './issue-paper';
import { issueShowCommand } from './issue-show';

export const issueCommand = (): Command =>
  new Command('issue')
    .description('台账：列出、查看、办理问题')
    .addCommand(issueListCommand())
    .addCommand(issueShowCommand())
    .addCommand(issueDoCommand())
    .addCommand(issueBatchCommand())
    .addCommand(issuePaperCommand());
