import path from 'node:path';
import { Command } from 'commander';
import { ZhenggaiError } from '../../domain/failure';
import { loadBackup, openBackup, type BackupManifest } from '../../ledger/backup';
import { inTransaction, openDatabase, type Database } from '../../ledger/database';
import { deployMigrations } from '../../ledger/migrations';
import { recordRestoration } from '../../ledger/restorations';
import { verifyLedger } from '../../ledger/verify';
import { instant } from '../../domain/time';
import { readConfig } from '../../platform/config';
import { withDatabase } from '../../platform/embedded';
import { packageRoot } from '../../platform/package-root';
import { nowOf } from '../now';
import { dataDirOption, jsonOption } from '../options';
import { print, printJson } from '../output';
import { countOf } from './backup';

export const restoreCommand = (): Command =>
  new Command('restore')
    .description('把备份恢复到一个新的数据目录，并校验；备份以后可能已发的通知先扣下，待人确认')
    .argument('<目录>', 'zhenggai backup 建立的目录')
    .addOption(dataDirOption())
    .addOption(jsonOption())
    .action(async (source: string, options: { dataDir?: string; json?: true }) => {
      const folder = path.resolve(source);
      const manifest = await openBackup(folder);
      const config = readConfig(process.env, options.dataDir === undefined ? {} : { dataDir: options.dataDir });
      const report = (line: string): void => {
        process.stderr.write(`${line}\n`);
      };
      const held = await withDatabase({ config, dataDir: config.dataDir, kind: manifest.kind, report }, async ({ ownerUrl, appUrl }) => {
        const migrations = path.join(packageRoot(), 'prisma/migrations');
        await deployMigrations(ownerUrl, migrations, manifest.migrations);
        await loadBackup(ownerUrl, folder, manifest);
        await deployMigrations(ownerUrl, migrations);
        const database = openDatabase(appUrl);
        try {
          return await settle(database, manifest);
        } finally {
          await database.$disconnect();
        }
      });
      if (options.json) printJson({ schema: 'zhenggai.restore/1', dataDir: config.dataDir, takenAt: manifest.takenAt, withheld: held });
      else
        print(
          `已恢复到 ${config.dataDir}：${countOf(manifest)}，校验通过。`,
          ...(held > 0 ? [`有${held}条通知不知道是否已发，已扣下；启动后用 zhenggai notices withheld 查看并确认。`] : []),
          `备份（${manifest.takenAt}）以后的办理不在其中，需要补录。现在可以 zhenggai start --data-dir ${config.dataDir}。`,
        );
    });

/** Withholds what may have been sent, and sees that the ledger holds. Returns how many notices were withheld. */
async function settle(database: Database, { takenAt }: BackupManifest): Promise<number> {
  const restoredAt = await nowOf(database);
  const held = await inTransaction(database, (tx) => recordRestoration(tx, { backupAt: instant(takenAt), restoredAt }), 60_000);
  const [problem] = (await verifyLedger(database)).problems;
  if (problem)
    throw new ZhenggaiError('doesNotHold', {
      code: `ledger.${problem.code}`,
      what: `恢复的总账${problem.stream}第${problem.version ?? '-'}条不符：${problem.what}。`,
      todo: '请不要使用这个数据目录，改用另一份备份。',
    });
  return held;
}
