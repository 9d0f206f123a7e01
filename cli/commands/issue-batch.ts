import { randomUUID } from 'node:crypto';
import { Command, Option } from 'commander';
import { badInput, unavailable, ZhenggaiError } from '../../domain/failure';
import type { CommandType } from '../../domain/issue/commands';
import { phaseLabels, type Phase } from '../../domain/issue/types';
import { storeBatch } from '../../ledger/batch';
import type { Outcome } from '../../ledger/step';
import { actingPerson, type ActingOptions } from '../acting';
import { readBatch } from '../batch-input';
import { withLetters } from '../batch-letters';
import { commandTable } from '../command-input';
import { withInstance, type Connected } from '../connect';
import { doneWords, stillNeeded } from '../issue-answer';
import { selectIssues, withSelectionOptions, type IssueSelection } from '../issue-selection';
import { todayOf } from '../now';
import { asOption, collect, dataDirOf, dataDirOption, jsonOption, listArgument, tokenOption } from '../options';
import { print, printJson, printTable } from '../output';
import { startProgress } from '../progress';
import { readRecorded, withRecordedOptions, type RecordedOptions } from '../recorded';
import { submitAll } from '../submit';
import type { Cell } from '../table';

interface BatchOptions extends ActingOptions, RecordedOptions, IssueSelection {
  readonly issues?: readonly string[];
  readonly except?: readonly string[];
  readonly key?: string;
  readonly dataDir?: string;
  readonly json?: true;
}

export const issueBatchCommand = (): Command =>
  withRecordedOptions(
    withSelectionOptions(
      new Command('batch')
        .description('同一件事对多个问题一次办理，逐个列出结果')
        .argument('<命令>', '见下表')
        .argument('[字段=值...]', '同 issue do')
        .addOption(new Option('--issues <编号>', '这些问题，如 R1-001,R1-002').argParser(listArgument)),
    ).option('--except <例外>', '一个问题的不同字段，如 "R1-004 verdict=returned opinion=材料不全"；只写编号则不办；可写多次', collect),
  )
    .addOption(asOption())
    .addOption(tokenOption())
    .option('--key <键>', '这一批的键：同一个键每个问题只办理一次，可放心重发')
    .addOption(dataDirOption())
    .addOption(jsonOption())
    .addHelpText('after', help)
    .action(async (type: string, words: string[], options: BatchOptions) => {
      await withInstance(dataDirOf(options), (connected) => batch(connected, { type, words, exceptions: options.except ?? [] }, options));
    });

interface Row {
  readonly issueId: string;
  readonly key: string;
  readonly pending: boolean;
  readonly outcome: Outcome | null;
}

async function batch(
  connected: Connected,
  act: { readonly type: string; readonly words: readonly string[]; readonly exceptions: readonly string[] },
  options: BatchOptions,
): Promise<void> {
  const { database } = connected;
  const actor = await actingPerson(connected, options);
  const asked = await readBatch(database, { ...act, saidOn: options.paperOn }, await chosen(connected, options));
  const batchId = options.key ?? randomUUID();
  const on = options.paperOn ?? (await todayOf(database));
  const { command, issueIds, exceptions } = await withLetters(database, asked, { batchId, on });
  const recorded = await readRecorded(database, options);
  const lives = await connected.lives(); // a service that is missing is told before anything is stored
  const { keys } = await storeBatch(database, {
    issueIds,
    command,
    exceptions,
    actor,
    via: 'cli',
    ...(recorded === undefined ? {} : { recorded }),
    batchId,
  });
  const rows = (await submitAll(database, lives, keys, startProgress())).map(({ streamId, key, answer }): Row => ({
    issueId: streamId,
    key,
    pending: answer === null,
    outcome: answer,
  }));
  if (options.json)
    printJson({ schema: 'zhenggai.batch/1', batchId, results: rows.map(({ outcome, ...row }) => ({ ...row, ...outcome })) });
  else tell(command.type as CommandType, rows);
  conclude(rows, batchId);
}

/** The issues that were named, or those of a round that the flags leave; a batch that is repeated keeps those it had. */
async function chosen({ database }: Connected, options: BatchOptions): Promise<string[]> {
  const { issues, round, phase, unit, tone, overdue, key } = options;
  if (issues !== undefined) {
    const other = { round, phase, unit, tone, overdue };
    const both = Object.entries(other).find(([, value]) => value !== undefined);
    if (both) throw badInput('batch.selection', `--issues 已写明问题，不能再写 --${both[0]}。`, '请只用其中一种选法。');
    return [...issues];
  }
  if (round === undefined)
    throw badInput('batch.selection', '没有说明对哪些问题办理。', '请用 --issues 写明编号，或用 --round 选一个轮次。');
  const rows = await selectIssues(database, options, await todayOf(database));
  const before = key === undefined ? [] : await database.command.findMany({ where: { key: { startsWith: `${key}/` } } });
  return [...new Set([...before.map(({ streamId }) => streamId), ...rows.map(({ id }) => id)])].sort();
}

function tell(type: CommandType, rows: readonly Row[]): void {
  printTable(
    [{ title: '编号', whole: true }, { title: '结果', whole: true }, { title: '说明' }],
    rows.map(({ issueId, outcome, key }): Cell[] => {
      if (outcome === null) return [issueId, { text: '未办结', tone: 'yellow' }, `命令已保存：${key}`];
      return outcome.accepted
        ? [
            issueId,
            { text: doneWords(type, outcome), tone: 'green' },
            `现为“${phaseLabels[outcome.phase as Phase]}”${stillNeeded(type, outcome)}`,
          ]
        : [issueId, { text: '未受理', tone: 'red' }, `${outcome.rejection.what}${outcome.rejection.todo}[${outcome.rejection.code}]`];
    }),
  );
  const done = rows.filter(({ outcome }) => outcome?.accepted === true).length;
  print('', `共${rows.length}个，办成${done}个。`);
}

/** Some refused: what was asked does not hold for all of them. Some without an answer: a life is missing, and the key repeats them. */
function conclude(rows: readonly Row[], batchId: string): void {
  const refused = rows.filter(({ outcome }) => outcome?.accepted === false);
  if (refused.length > 0)
    throw new ZhenggaiError('doesNotHold', {
      code: 'batch.refused',
      what: `${rows.length}个问题中有${refused.length}个未受理：${refused.map(({ issueId }) => issueId).join('、')}。`,
      todo: '请按所列原因处理后，对这些问题另行办理。',
    });
  if (rows.length > 0 && rows.every(({ pending }) => pending))
    throw unavailable('life.unreachable', '流程没有应答，命令已全部保存。', `请稍后加 --key ${batchId} 重发同一命令，不会重复办理。`);
}

const help = (): string =>
  [
    '',
    '选问题：--issues，或 --round 加 --phase、--unit、--overdue、--tone。有未受理的，退出码为1，其余照办。',
    'signPaper 签发多份文书时，同一收文对象、同一文种的合为一份，一个文号，附问题清单。',
    '',
    commandTable(),
    '',
    '例：zhenggai issue batch acknowledge --round R1 --unit 医政医管科 --phase assigned --as 霍明哲',
    '    zhenggai issue batch review verdict=approved --round R1 --phase underReview --except "R1-004 verdict=returned opinion=材料不全" --as 雷正坤',
    '',
  ].join('\n');
