import { Command } from 'commander';
import { draftAcceptCommand } from './draft-accept';
import { draftCompareCommand } from './draft-compare';
import { draftConfirmCommand, draftDiscardCommand } from './draft-confirm';
import { draftEditCommand } from './draft-edit';
import { draftReadCommand } from './draft-read';
import { draftListCommand, draftShowCommand } from './draft-show';

export const draftCommand = (): Command =>
  new Command('draft')
    .description('草稿：读取的文件经人改动、确认后建账；更新的报告与台账比对后采纳')
    .addCommand(draftReadCommand())
    .addCommand(draftListCommand())
    .addCommand(draftShowCommand())
    .addCommand(draftEditCommand())
    .addCommand(draftConfirmCommand())
    .addCommand(draftDiscardCommand())
    .addCommand(draftCompareCommand())
    .addCommand(draftAcceptCommand());
