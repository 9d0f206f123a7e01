import { Command } from 'commander';
import { badInput } from '../../domain/failure';
import { dateOf, type LocalDate } from '../../domain/time';
import { readDocument } from '../../intake';
import { importDirectory } from '../../ledger/directory';
import { registerRound } from '../../ledger/register';
import { worldInstant } from '../../ledger/world';
import { wallClock } from '../../platform/clock';
import { directoryOf, roundOf } from '../accounts-of-draft';
import { actingPerson, type ActingOptions } from '../acting';
import { withInstance, type Connected } from '../connect';
import { asOption, dataDirOf, dataDirOption, dateArgument, jsonOption, tokenOption } from '../options';
import { print, printJson } from '../output';
import { startProgress } from '../progress';
import { submit } from '../submit';

interface ImportOptions extends ActingOptions {
  readonly round: string;
  readonly directory?: string;
  readonly feedback?: LocalDate;
  readonly acceptReported?: true;
  readonly dataDir?: string;
  readonly json?: true;
}

export const importCommand = (): Command =>
  new Command('import')
    .description('登记一份读取过的文件:建立轮次,每个问题一本账')
    .argument('<文件>', '整改报告或反馈意见')
    .requiredOption('--round <名称>', '轮次名称')
    .option('--directory <文件>', '同时导入单位和人员(CSV)')
    .option('--feedback <日期>', '反馈日期(文件没有写明时)', dateArgument)
    .option('--accept-reported', '一并认可报告所称的已完成(直接销号,之后仍须回头看)')
    .addOption(asOption())
    .addOption(tokenOption())
    .addOption(dataDirOption())
    .addOption(jsonOption())
    .action(async (file: string, options: ImportOptions) => {
      const draft = await readDocument(file);
      const round = roundOf(draft, {
        name: options.round,
        reported: true,
        ...(options.feedback === undefined ? {} : { feedbackOn: options.feedback }),
      });
      await withInstance(dataDirOf(options), async (connected) => {
        const { database } = connected;
        const now = (await worldInstant(database)) ?? (await wallClock.now());
        if (options.directory !== undefined) {
          const directory = await directoryOf(options.directory, dateOf(now));
          await importDirectory(database, directory, { actor: await directoryEditor(connected, options), via: 'cli', now });
        }
        const actor = await registrar(connected, options);
        const { roundId, issueIds } = await registerRound(database, round, { actor, via: 'cli', now });
        const lives = await connected.lives();
        await lives.kickStarter();
        const accepted = options.acceptReported ? await acceptReported(connected, round, { issueIds, actor }) : 0;
        if (options.json) printJson({ schema: 'zhenggai.import/1', roundId, issueIds, accepted });
        else print(`已建账:轮次${roundId},${issueIds.length}个问题${accepted > 0 ? `,认可报告所称完成${accepted}个` : ''}。`);
      });
    });

/** Registering is the rectification office's act, or the inspection office's. */
async function registrar(connected: Connected, options: ActingOptions): Promise<string> {
  const actor = await actingPerson(connected, options);
  const posts = await connected.database.post.count({
    where: { personId: actor, role: { in: ['rectificationOffice', 'inspectionOffice'] } },
  });
  if (posts === 0) throw badInput('role.notAllowed', '该人员不能建账。', '请由整改办或巡察办的人员办理。');
  return actor;
}

/** The first directory of an empty ledger needs nobody's leave; later ones are an administrator's act. */
async function directoryEditor(connected: Connected, options: ActingOptions): Promise<string> {
  if ((await connected.database.person.count()) === 0) return 'setup';
  const actor = await actingPerson(connected, options);
  const posts = await connected.database.post.count({ where: { personId: actor, role: { in: ['admin', 'rectificationOffice'] } } });
  if (posts === 0) throw badInput('role.notAllowed', '该人员不能导入通讯录。', '请由管理员或整改办的人员办理。');
  return actor;
}

async function acceptReported(
  connected: Connected,
  round: { readonly issues: readonly { readonly reported: string | null }[] },
  { issueIds, actor }: { issueIds: readonly string[]; actor: string },
): Promise<number> {
  const lives = await connected.lives();
  const claimed = issueIds.filter((_, index) => round.issues[index]?.reported === 'completed');
  const progress = startProgress();
  for (const [index, issueId] of claimed.entries()) {
    const { answer, key } = await submit(connected.database, lives, { issueId, actor, via: 'cli', command: { type: 'acceptReported' } });
    if (answer?.accepted === false) throw badInput(answer.rejection.code, answer.rejection.what, answer.rejection.todo);
    if (answer === null) process.stderr.write(`${issueId} 尚未办结,命令已保存(${key}),稍后自动办理。\n`);
    progress.count(index + 1, claimed.length, '认可报告所称完成');
  }
  progress.done();
  return claimed.length;
}
