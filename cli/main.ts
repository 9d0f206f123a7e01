#!/usr/bin/env node
import { Command } from 'commander';
import { z } from 'zod';
import { programVersion } from '../platform/data-dir';
import { reportFailure } from './exit';
import { dress } from './help';

/** One subcommand a file, in the order of the help; only the one that is asked for is loaded: the libraries of all take a second. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  start: async () => (await import('./commands/start.js')).startCommand(),
  demo: async () => (await import('./commands/demo.js')).demoCommand(),
  read: async () => (await import('./commands/read.js')).readCommand(),
  draft: async () => (await import('./commands/draft.js')).draftCommand(),
  import: async () => (await import('./commands/import.js')).importCommand(),
  ledger: async () => (await import('./commands/ledger.js')).ledgerCommand(),
  issue: async () => (await import('./commands/issue.js')).issueCommand(),
  round: async () => (await import('./commands/round.js')).roundCommand(),
  party: async () => (await import('./commands/party.js')).partyCommand(),
  policy: async () => (await import('./commands/policy.js')).policyCommand(),
  calendar: async () => (await import('./commands/calendar.js')).calendarCommand(),
  forecast: async () => (await import('./commands/forecast.js')).forecastCommand(),
  notices: async () => (await import('./commands/notices.js')).noticesCommand(),
  feed: async () => (await import('./commands/feed.js')).feedCommand(),
  paper: async () => (await import('./commands/paper.js')).paperCommand(),
  verify: async () => (await import('./commands/verify.js')).verifyCommand(),
  dossier: async () => (await import('./commands/dossier.js')).dossierCommand(),
  anchor: async () => (await import('./commands/anchor.js')).anchorCommand(),
  recover: async () => (await import('./commands/recover.js')).recoverCommand(),
  backup: async () => (await import('./commands/backup.js')).backupCommand(),
  restore: async () => (await import('./commands/restore.js')).restoreCommand(),
  reconcile: async () => (await import('./commands/reconcile.js')).reconcileCommand(),
  doctor: async () => (await import('./commands/doctor.js')).doctorCommand(),
  account: async () => (await import('./commands/account.js')).accountCommand(),
};

/** The zhenggai command, with the named subcommand or, when there is none of that name, with all. */
async function program(name = ''): Promise<Command> {
  const root = new Command('zhenggai')
    .description('整改：巡察、审计反馈问题的建账、督办、销号和回头看')
    .version(programVersion(), '-V, --version', '显示版本')
    .helpCommand('help [命令]', '显示某个命令的帮助');
  const wanted = Object.hasOwn(commands, name) ? [name] : Object.keys(commands);
  for (const one of wanted) {
    const command = await commands[one]?.();
    if (command) root.addCommand(command);
  }
  dress(root);
  return root;
}

z.config(z.locales.zhCN());

// whoever reads may have seen enough: `zhenggai issue list | head`
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

program(process.argv[2])
  .then((root) => root.parseAsync())
  .catch((error: unknown) => {
    process.exitCode = reportFailure(error);
  });
