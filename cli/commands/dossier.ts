import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { Command } from 'commander';
import { eventWords } from '../../api/event-words';
import { badInput } from '../../domain/failure';
import { dossierOf } from '../../ledger/dossier';
import { checkDossier } from '../../papers/dossier-check';
import { dossierPage } from '../../papers/dossier-page';
import { sha256Hex } from '../check-dossier';
import { withInstance } from '../connect';
import { writeOutputFile } from '../files';
import { nowOf } from '../now';
import { dataDirOf, dataDirOption, jsonOption } from '../options';
import { print, printJson } from '../output';

export const dossierCommand = (): Command =>
  new Command('dossier')
    .description('卷宗：把一个问题的全部记录、内容、文书和锚写成一个网页，离线也能自行校验；文书放在旁边')
    .argument('<编号>', '如 R1-001')
    .requiredOption('--out <目录>', '写入哪个目录（没有就建立）')
    .option('--force', '文件已经存在时覆盖')
    .addOption(dataDirOption())
    .addOption(jsonOption())
    .action(async (id: string, options: { out: string; force?: true; dataDir?: string; json?: true }) => {
      const made = await withInstance(dataDirOf(options), async ({ database }) =>
        dossierOf(database, id, { now: await nowOf(database), caption: eventWords }),
      );
      if (made === null) throw badInput('issue.unknown', `没有问题${id}。`, '请用 zhenggai issue list 查看编号。');
      const { dossier, documents } = made;
      const overwrite = { overwrite: options.force === true };
      await mkdir(options.out, { recursive: true });
      const file = path.join(options.out, `${id}.html`);
      await writeOutputFile(file, dossierPage(dossier), overwrite);
      for (const { name, bytes } of documents) await writeOutputFile(path.join(options.out, name), bytes, overwrite);
      const { holds, steps } = await checkDossier(dossier, sha256Hex);
      if (options.json) printJson({ schema: 'zhenggai.dossierFile/1', file, attachments: documents.map(({ name }) => name), holds, steps });
      else print(`已写出${file}${documents.length > 0 ? `，附件${documents.length}件` : ''}。`, ...steps.map(({ what }) => `  ${what}`));
    });
