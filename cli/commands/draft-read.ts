import { Command } from 'commander';
import { dateOf } from '../../domain/time';
import { readDocument } from '../../intake';
import type { DraftLedger } from '../../intake/draft';
import type { Database } from '../../ledger/database';
import { knownFile, readAlready, type KnownFile } from '../../ledger/draft-known';
import { issuesOfRound } from '../../ledger/draft-round';
import { saveDraft } from '../../ledger/drafts';
import type { ActingOptions } from '../acting';
import { withInstance } from '../connect';
import { nowOf } from '../now';
import { asOption, dataDirOf, dataDirOption, jsonOption, tokenOption } from '../options';
import { print, printJson } from '../output';
import { showDraft } from '../show-draft';
import { differencesOf, showDifferences, sideOfDraft, sideOfRound, type DraftDifference } from '../show-draft-difference';
import { draftActor, draftObject, openDraft } from './draft-open';

interface ReadOptions extends ActingOptions {
  readonly again?: true;
  readonly dataDir?: string;
  readonly json?: true;
}

export const draftReadCommand = (): Command =>
  new Command('read')
    .description('读取文件并存为草稿，供改动、确认；不建账。读取过的文件不再存，只列出与原有的不同')
    .argument('<文件>', '整改报告、反馈意见或问题台账')
    .option('--again', '读取过或登记过的文件也另存一份草稿')
    .addOption(asOption())
    .addOption(tokenOption())
    .addOption(dataDirOption())
    .addOption(jsonOption())
    .action(async (file: string, options: ReadOptions) => {
      const draft = await readDocument(file);
      await withInstance(dataDirOf(options), async (connected) => {
        const { database } = connected;
        const actor = await draftActor(connected, options, '读取草稿');
        const { file: name, sha256 } = draft.source;
        const known = await knownFile(database, sha256);
        const refused = options.again ? null : readAlready(known, name);
        if (refused !== null) {
          await tellKnown(database, known, draft, options.json === true);
          throw refused;
        }
        const now = await nowOf(database);
        const { id } = await saveDraft(
          database,
          { source: { file: name, sha256 }, original: draft, again: options.again === true },
          { actor, now },
        );
        const opened = await openDraft(database, id);
        if (options.json) printJson(draftObject(opened));
        else {
          showDraft(opened);
          print('', `已存为草稿${id}。改动用 draft edit，确认建账用 draft confirm，放弃用 draft discard。`);
        }
      });
    });

/** Where the file is known from, and what the program reads otherwise today than what is kept. */
async function tellKnown(database: Database, known: KnownFile, draft: DraftLedger, json: boolean): Promise<void> {
  const { differences, kept } = await differencesToKept(database, known, draft);
  if (json) {
    printJson({ schema: 'zhenggai.draftKnown/1', source: draft.source, known, differences });
    return;
  }
  for (const { id, name, at } of known.rounds) print(`已登记：轮次${id}（${name}），${dateOf(at)}。`);
  for (const { id, state, at } of known.drafts) print(`已读取：草稿${id}（${state === 'open' ? '待确认' : '已确认'}），${dateOf(at)}。`);
  showDifferences(differences, { before: kept, now: '此次读取' });
}

async function differencesToKept(
  database: Database,
  { drafts, rounds }: KnownFile,
  draft: DraftLedger,
): Promise<{ readonly differences: DraftDifference[]; readonly kept: string }> {
  const now = sideOfDraft(draft);
  const last = drafts.at(-1);
  if (last !== undefined)
    return { differences: differencesOf(sideOfDraft((await openDraft(database, last.id)).draft), now), kept: `草稿${last.id}` };
  const round = rounds.at(-1)?.id ?? '';
  return { differences: differencesOf(sideOfRound(await issuesOfRound(database, round)), now), kept: `轮次${round}` };
}
