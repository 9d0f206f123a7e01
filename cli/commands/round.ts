import { Command } from 'commander';
import { roundAsOfCommand } from './round-as-of';
import { roundDoCommand } from './round-do';
import { roundFiguresCommand } from './round-figures';
import { roundListsCommand } from './round-lists';
import { roundReportCommand } from './round-report';
import { roundProposalsCommand } from './round-proposals';
import { roundAnswerCommand, roundSheetCommand } from './round-sheets';
import { roundListCommand, roundShowCommand } from './round-show';

export const roundCommand = (): Command =>
  new Command('round')
    .description('轮次：列出、查看、办理，调度的数据，收报上来的进展')
    .addCommand(roundListCommand())
    .addCommand(roundShowCommand())
    .addCommand(roundDoCommand())
    .addCommand(roundListsCommand())
    .addCommand(roundReportCommand())
    .addCommand(roundFiguresCommand())
    .addCommand(roundSheetCommand())
    .addCommand(roundAnswerCommand())
    .addCommand(roundProposalsCommand())
    .addCommand(roundAsOfCommand());
