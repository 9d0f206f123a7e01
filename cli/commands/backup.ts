import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { Command } from 'commander';
import { badInput } from '../../domain/failure';
import { writeBackup, type BackupManifest } from '../../ledger/backup';
import { openSettings } from '../../platform/config';
import { programVersion } from '../../platform/data-dir';
import { withInstance } from '../connect';
import { nowOf } from '../now';
import { dataDirOf, dataDirOption, jsonOption } from '../options';
import { print, printJson } from '../output';

export const backupCommand = (): Command =>
  new Command('backup')
    .description('备份：总账、内容和佐证、单位人员、规则、投递记录，写入一个新目录；系统照常运行')
    .argument('<目录>', '写到哪里；不存在或为空')
    .addOption(dataDirOption())
    .addOption(jsonOption())
    .action(async (target: string, options: { dataDir?: string; json?: true }) => {
      const folder = path.resolve(target);
      if (existsSync(folder) && readdirSync(folder).length > 0)
        throw badInput('backup.exists', `${folder} 已存在且不是空目录。`, '请换一个目录名。');
      const manifest = await withInstance(dataDirOf(options), async ({ instance, database }) =>
        writeBackup(instance.appUrl, folder, {
          kind: instance.kind,
          takenAt: await nowOf(database),
          program: programVersion(),
          configuration: openSettings(),
        }),
      );
      if (options.json) printJson({ ...manifest, folder });
      else print(`已备份到 ${folder}：${countOf(manifest)}，${sizeOf(manifest)}。恢复用 zhenggai restore。`);
    });

/** `38本账，1204条记录` */
export function countOf({ tables }: BackupManifest): string {
  const rows = (name: string): number => tables.find((table) => table.name === name)?.rows ?? 0;
  return `${rows('stream')}本账，${rows('event')}条记录，${rows('content')}段内容`;
}

const sizeOf = ({ tables }: BackupManifest): string => {
  const bytes = tables.reduce((sum, table) => sum + table.bytes, 0);
  return bytes < 1_000_000 ? `${Math.ceil(bytes / 1_000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
};
