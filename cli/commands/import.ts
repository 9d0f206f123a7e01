import { Command } from 'commander';
import { badInput } from '../../domain/failure';
import type { Role } from '../../domain/roles';
import { dateOf, type Instant, type LocalDate } from '../../domain/time';
import { readDocument } from '../../intake';
import { localDay } from '../../ledger/database';
import { importDirectory } from '../../ledger/directory';
import { registerRound, type NewRound } from '../../ledger/register';
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
  readonly round?: string;
  readonly directory?: string;
  readonly feedback?: LocalDate;
  readonly acceptReported?: true;
  readonly dataDir?: string;
  readonly json?: true;
}

export const importCommand = (): Command =>
  new Command('import')
    .description('登记一份读取过的文件：建立轮次，每个问题一本账；或只导入单位和人员')
    .argument('[文件]', '整改报告或反馈意见；只导入单位和人员时不写')
    .option('--round <名称>', '轮次名称（登记文件时必填）')
    .option('--directory <文件>', '导入单位和人员(CSV)')
    .option('--feedback <日期>', '反馈日期（文件没有写明时）', dateArgument)
    .option('--accept-reported', '一并认可报告所称的已完成（直接销号，之后仍须回头看）')
    .addOption(asOption())
    .addOption(tokenOption())
    .addOption(dataDirOption())
    .addOption(jsonOption())
    .action(async (file: string | undefined, options: ImportOptions) => {
      const round = file === undefined ? null : await roundToRegister(file, options);
      if (round === null && options.directory === undefined)
        throw badInput('import.nothing', '没有说明导入什么。', '请写明文件，或用 --directory 指定单位和人员(CSV)。');
      await withInstance(dataDirOf(options), async (connected) => {
        const { database, instance } = connected;
        // nothing is imported by halves: who may not register is refused before the directory is replaced
        if (round !== null && (instance.kind !== 'demo' || (await database.person.count()) > 0)) await registrar(connected, options);
        const now = (await worldInstant(database)) ?? (await wallClock.now());
        const people = options.directory === undefined ? null : await replaceDirectory(connected, options.directory, { options, now });
        const opened = round === null ? null : await openRound(connected, round, { options, now });
        if (options.json) printJson({ schema: 'zhenggai.import/1', roundId: null, issueIds: [], accepted: 0, ...opened, people });
        else {
          if (people !== null) print(`已导入单位和人员：${people}人。`);
          if (opened !== null)
            print(
              `已建账：轮次${opened.roundId}，${opened.issueIds.length}个问题${opened.accepted > 0 ? `，认可报告所称完成${opened.accepted}个` : ''}。`,
            );
        }
      });
    });

interface Importing {
  readonly options: ImportOptions;
  readonly now: Instant;
}

async function roundToRegister(file: string, { round: name, feedback }: ImportOptions): Promise<NewRound> {
  if (name === undefined) throw badInput('round.missing', '没有写轮次名称。', '请用 --round 写明，如 --round 2026年第一轮巡察。');
  return roundOf(await readDocument(file), { name, reported: true, ...(feedback === undefined ? {} : { feedbackOn: feedback }) });
}

/** Puts a directory in force and returns how many persons it has. */
async function replaceDirectory(connected: Connected, file: string, { options, now }: Importing): Promise<number> {
  const directory = await directoryOf(file, dateOf(now));
  await importDirectory(connected.database, directory, { actor: await directoryEditor(connected, options), via: 'cli', now });
  return directory.persons.length;
}

async function openRound(connected: Connected, round: NewRound, { options, now }: Importing) {
  const actor = await registrar(connected, options);
  const { roundId, issueIds } = await registerRound(connected.database, round, { actor, via: 'cli', now });
  await (await connected.lives()).kickStarter();
  const accepted = options.acceptReported ? await acceptReported(connected, round, { issueIds, actor }) : 0;
  return { roundId, issueIds, accepted };
}

/** Registering is the rectification office's act, or the inspection office's. */
async function registrar(connected: Connected, options: ActingOptions): Promise<string> {
  const actor = await actingPerson(connected, options);
  if (await holdsPost(connected, actor, ['rectificationOffice', 'inspectionOffice'])) return actor;
  throw badInput('role.notAllowed', '该人员不能建账。', '请由整改办或巡察办的人员办理。');
}

/** The first directory of an empty ledger needs nobody's leave; later ones are an administrator's act. */
async function directoryEditor(connected: Connected, options: ActingOptions): Promise<string> {
  if ((await connected.database.person.count()) === 0) return 'setup';
  const actor = await actingPerson(connected, options);
  if (await holdsPost(connected, actor, ['admin', 'rectificationOffice'])) return actor;
  throw badInput('role.notAllowed', '该人员不能导入通讯录。', '请由管理员或整改办的人员办理。');
}

/** Whether a person holds one of these roles today; a post that has ended gives nothing. */
async function holdsPost({ database }: Connected, personId: string, roles: readonly Role[]): Promise<boolean> {
  const today = dateOf((await worldInstant(database)) ?? (await wallClock.now()));
  const posts = await database.post.findMany({ where: { personId, role: { in: [...roles] } } });
  return posts.some(({ from, to }) => (from === null || localDay(from) <= today) && (to === null || localDay(to) >= today));
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
    const { answer, key } = await submit(connected.database, lives, {
      streamId: issueId,
      actor,
      via: 'cli',
      command: { type: 'acceptReported' },
    });
    if (answer?.accepted === false) throw badInput(answer.rejection.code, answer.rejection.what, answer.rejection.todo);
    if (answer === null) process.stderr.write(`${issueId} 尚未办结，命令已保存（${key}），稍后自动办理。\n`);
    progress.count(index + 1, claimed.length, '认可报告所称完成');
  }
  progress.done();
  return claimed.length;
}
