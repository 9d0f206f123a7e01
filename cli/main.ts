#!/usr/bin/env node
import { Command } from 'commander';
import { z } from 'zod';
import { programVersion } from '../platform/data-dir';
import { accountCommand } from './commands/account';
import { demoCommand } from './commands/demo';
import { doctorCommand } from './commands/doctor';
import { forecastCommand } from './commands/forecast';
import { importCommand } from './commands/import';
import { issueCommand } from './commands/issue';
import { readCommand } from './commands/read';
import { startCommand } from './commands/start';
import { verifyCommand } from './commands/verify';
import { reportFailure } from './exit';

/** The zhenggai command: one subcommand a file. */
export function program(): Command {
  const root = new Command('zhenggai')
    .description('整改:巡察、审计反馈问题的建账、督办、销号和回头看')
    .version(programVersion(), '-V, --version', '显示版本')
    .helpCommand('help [命令]', '显示某个命令的帮助');
  const commands = [
    startCommand(),
    demoCommand(),
    readCommand(),
    importCommand(),
    issueCommand(),
    forecastCommand(),
    verifyCommand(),
    doctorCommand(),
    accountCommand(),
  ];
  for (const command of commands) root.addCommand(command);
  dress(root);
  return root;
}

/** Every command answers in Chinese and leaves the exit code to us. */
function dress(command: Command): void {
  command.exitOverride().helpOption('-h, --help', '显示帮助').showHelpAfterError('(用 --help 查看用法)');
  for (const inner of command.commands) dress(inner);
}

z.config(z.locales.zhCN());

program()
  .parseAsync()
  .catch((error: unknown) => {
    process.exitCode = reportFailure(error);
  });
