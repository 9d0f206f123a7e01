import type { Command } from 'commander';
import { badInput } from '../domain/failure';
import type { NewCommand } from '../ledger/commands';
import type { Database } from '../ledger/database';
import type { ActingOptions } from './acting';
import { asOption, dataDirOption, jsonOption, tokenOption } from './options';
import { readRecorded, withRecordedOptions, type RecordedOptions } from './recorded';

/** The flags of whoever gives a command to one stream. */
export interface DoOptions extends ActingOptions, RecordedOptions {
  readonly expect?: string;
  readonly key?: string;
  readonly dataDir?: string;
  readonly json?: true;
}

/** Adds the words `field=value` and these flags, after the command's own arguments. */
export const withDoOptions = (command: Command): Command =>
  withRecordedOptions(
    command
      .argument('[字段=值...]', '人员和单位可写姓名、名称或编号；多个人员或单位用顿号分开；以 [ 或 { 开头的值是 JSON')
      .addOption(asOption())
      .addOption(tokenOption())
      .option('--expect <版本>', '只在仍是这个版本时办理（show 所示）')
      .option('--key <键>', '命令的键：同一个键只办理一次，可放心重发'),
  )
    .addOption(dataDirOption())
    .addOption(jsonOption());

/** The command to store, as the flags complete it. */
export async function newCommand(
  database: Database,
  { streamId, actor, command }: { readonly streamId: string; readonly actor: string; readonly command: object },
  options: DoOptions,
): Promise<NewCommand> {
  const recorded = await readRecorded(database, options);
  return {
    streamId,
    actor,
    via: 'cli',
    command,
    ...(options.key === undefined ? {} : { key: options.key }),
    ...(options.expect === undefined ? {} : { expectedVersion: versionOf(options.expect) }),
    ...(recorded === undefined ? {} : { recorded }),
  };
}

function versionOf(text: string): number {
  const version = Number(text);
  if (!Number.isSafeInteger(version) || version < 0) throw badInput('version.invalid', `版本“${text}”不是整数。`, '请填 show 所示的版本。');
  return version;
}
