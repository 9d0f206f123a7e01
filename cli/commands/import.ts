import { Command, Option } from 'commander';
import { badInput } from '../../domain/failure';
import { roundSourceLabels, type RoundSource } from '../../domain/policy/policy';
import type { LocalDate } from '../../domain/time';
import { readDocument } from '../../intake';
import { refuseRegistered } from '../../ledger/draft-known';
import type { NewRound } from '../../ledger/register';
import { registerOnce } from '../../ledger/register-once';
import { limitsOf, roundOf, type StatedLimit } from '../accounts-of-draft';
import { actingAs, oneUnit, type ActingOptions } from '../acting';
import { withInstance, type Connected } from '../connect';
import { replaceDirectory } from '../directory-import';
import { nowOf } from '../now';
import { asOption, dataDirOf, dataDirOption, dateArgument, jsonOption, tokenOption } from '../options';
import { print, printJson, printTable } from '../output';
import { policyNameOf } from '../policy-of';
import { startProgress } from '../progress';
import { submit } from '../submit';

interface ImportOptions extends ActingOptions {
  readonly round?: string;
  readonly directory?: string;
  readonly feedback?: LocalDate;
  readonly kind?: string;
  readonly policy?: string;
  readonly organisation?: string;
  readonly acceptReported?: true;
  readonly again?: true;
  readonly dataDir?: string;
  readonly json?: true;
}

export const importCommand = (): Command =>
  new Command('import')
    .description('登记一份读取过的文件：建立轮次，每个问题一本账；或只导入单位和人员')
    .argument('[文件]', '整改报告或反馈意见；只导入单位和人员时不写')
    .option('--round <名称>', '轮次名称（登记文件时必填）')
    .option('--directory <文件>', '一并导入单位和人员（CSV 或 xlsx；单独导入用 party import）')
    .addOption(new Option('--kind <来源>', '轮次来源（不写则以文件所写为准，没有写明的为巡察）').choices(Object.values(roundSourceLabels)))
    .option('--policy <规则>', '启用的规则，如 audit@2（不写则为该来源的最新规则）')
    .option('--organisation <单位>', '被巡察单位（名称或编号；一套系统服务多个单位时）')
    .option('--feedback <日期>', '反馈日期（文件没有写明时）', dateArgument)
    .option('--accept-reported', '一并认可报告所称的已完成（直接销号，之后仍须回头看）')
    .option('--again', '同一文件登记过的也再次登记')
    .addOption(asOption())
    .addOption(tokenOption())
    .addOption(dataDirOption())
    .addOption(jsonOption())
    .action(async (file: string | undefined, options: ImportOptions) => {
      const read = file === undefined ? null : await roundToRegister(file, options);
      const round = read?.round ?? null;
      if (round === null && options.directory === undefined)
        throw badInput('import.nothing', '没有说明导入什么。', '请写明文件，或用 --directory 指定单位和人员。');
      await withInstance(dataDirOf(options), async (connected) => {
        const { database, instance } = connected;
        // nothing is imported by halves: who may not register is refused before the directory is replaced
        if (round !== null && (instance.kind !== 'demo' || (await database.person.count()) > 0)) await registrar(connected, options);
        if (round?.source != null && !options.again) await refuseRegistered(database, round.source);
        const policy = round?.policy === undefined ? {} : { policy: await policyNameOf(database, round.policy) };
        const people = options.directory === undefined ? null : await replaceDirectory(connected, options.directory, options);
        const opened = round === null ? null : await openRound(connected, { ...round, ...policy }, options);
        const limits = (read?.limits ?? []).map(({ index, ...limit }) => ({ issueId: opened?.issueIds[index] ?? '', ...limit }));
        if (options.json) printJson({ schema: 'zhenggai.import/1', roundId: null, issueIds: [], accepted: 0, ...opened, limits, people });
        else {
          if (people !== null) print(`已导入单位和人员：${people}人。`);
          if (opened !== null)
            print(
              `已建账：轮次${opened.roundId}，${opened.issueIds.length}个问题${opened.accepted > 0 ? `，认可报告所称完成${opened.accepted}个` : ''}。`,
            );
          tellRecurrences(round);
          tellLimits(limits);
        }
      });
    });

/** Issues that repeat earlier findings count once each, as they were fed back. */
function tellRecurrences(round: NewRound | null): void {
  const repeating = round?.issues.flatMap(({ recursOf }) => (recursOf === undefined ? [] : [recursOf.length])) ?? [];
  if (repeating.length === 0) return;
  const references = repeating.reduce((sum, count) => sum + count, 0);
  print(`其中${repeating.length}个问题涉及以往轮次，已关联以往问题${references}项。`);
}

/** What the document says of limits is kept by nobody else until the plans are written. */
function tellLimits(limits: readonly (Omit<StatedLimit, 'index'> & { readonly issueId: string })[]): void {
  if (limits.length === 0) return;
  print('', `文件写明时限的问题（${limits.length}个）。时限不随建账登记，请在报送整改措施时写入：`);
  printTable(
    [
      { title: '编号', whole: true },
      { title: '问题' },
      { title: '文件所写时限' },
      { title: '读作', whole: true },
      { title: '行', align: 'right', whole: true },
    ],
    limits.map(({ issueId, title, raw, immediate, sustained, due, line }) => [
      issueId,
      title,
      raw,
      [immediate ? '立行立改' : null, due, sustained ? '长期坚持' : null].filter((word) => word !== null).join('、') || '待核对',
      line,
    ]),
  );
}

interface ReadRound {
  readonly round: NewRound;
  readonly limits: readonly StatedLimit[];
}

async function roundToRegister(file: string, options: ImportOptions): Promise<ReadRound> {
  const { round: name, feedback, kind, policy } = options;
  if (name === undefined) throw badInput('round.missing', '没有写轮次名称。', '请用 --round 写明，如 --round 2026年第一轮巡察。');
  const draft = await readDocument(file);
  const { kind: stated, ...round } = roundOf(draft, {
    name,
    reported: true,
    ...(feedback === undefined ? {} : { feedbackOn: feedback }),
  });
  // a policy that was named says what it is for; else the flag, else the document
  const source = kind === undefined ? (policy === undefined ? stated : undefined) : sourceOf(kind);
  const registered = { ...round, ...(source === undefined ? {} : { kind: source }), ...(policy === undefined ? {} : { policy }) };
  return { round: registered, limits: limitsOf(draft) };
}

const sourceOf = (label: string): RoundSource =>
  (Object.keys(roundSourceLabels) as RoundSource[]).find((source) => roundSourceLabels[source] === label) ?? 'inspection';

/** Registers the round, for the organisation as the directory now in force names it. */
async function openRound(connected: Connected, round: NewRound, options: ImportOptions) {
  const { database } = connected;
  const actor = await registrar(connected, options);
  const named: NewRound = {
    ...round,
    ...(options.organisation === undefined ? {} : { organisationId: await oneUnit(database, options.organisation) }),
  };
  const lives = await connected.lives(); // a service that is missing is told before anything is registered
  const { roundId, issueIds } = await registerOnce(database, named, {
    ...{ actor, via: 'cli', now: await nowOf(database) },
    again: options.again ?? false,
  });
  await lives.kickStarter();
  const accepted = options.acceptReported ? await acceptReported(connected, round, { issueIds, actor }) : 0;
  return { roundId, issueIds, accepted };
}

/** Registering is the rectification office's act, or the inspection office's. */
const registrar = (connected: Connected, options: ActingOptions): Promise<string> =>
  actingAs(connected, options, { wanted: ['rectificationOffice', 'inspectionOffice'], what: '建账' });

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
