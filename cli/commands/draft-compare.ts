import { Command } from 'commander';
import { badInput } from '../../domain/failure';
import { dateOf } from '../../domain/time';
import { readDocument } from '../../intake';
import type { DraftLedger } from '../../intake/draft';
import { plain } from '../../intake/match-issues';
import type { Database } from '../../ledger/database';
import { knownFile, registeredAlready } from '../../ledger/draft-known';
import { saveDraft } from '../../ledger/drafts';
import type { ActingOptions } from '../acting';
import { withInstance } from '../connect';
import { nowOf } from '../now';
import { asOption, dataDirOf, dataDirOption, jsonOption, tokenOption } from '../options';
import { print, printJson } from '../output';
import { showComparison } from '../show-draft-comparison';
import { unknownRound } from '../unknown';
import { comparisonOf } from './draft-comparison';
import { draftActor, draftObject, openDraft } from './draft-open';

interface CompareOptions extends ActingOptions {
  readonly round?: string;
  readonly dataDir?: string;
  readonly json?: true;
}

export const draftCompareCommand = (): Command =>
  new Command('compare')
    .description('读取一个轮次的更新报告，与台账逐个问题比对，列出可采纳的更新；不改动台账')
    .argument('<文件>', '同一轮次更新的报告')
    .option('--round <轮次>', '轮次编号，如 R1（不写则按被巡察单位查找）')
    .addOption(asOption())
    .addOption(tokenOption())
    .addOption(dataDirOption())
    .addOption(jsonOption())
    .action(async (file: string, options: CompareOptions) => {
      const draft = await readDocument(file);
      await withInstance(dataDirOf(options), async (connected) => {
        const { database } = connected;
        const actor = await draftActor(connected, options, '比对报告');
        const roundId = await roundFor(database, draft, options.round);
        const { file: name, sha256 } = draft.source;
        const known = await knownFile(database, sha256);
        const refused = registeredAlready(known, name);
        if (refused !== null) throw refused;
        const before = known.drafts.find(({ aboutRoundId }) => aboutRoundId === roundId);
        const source = { file: name, sha256 };
        const id =
          before?.id ??
          (
            await saveDraft(
              database,
              { source, original: draft, aboutRoundId: roundId, again: true },
              { actor, now: await nowOf(database) },
            )
          ).id;
        const opened = await openDraft(database, id);
        const comparison = await comparisonOf(database, opened);
        if (options.json) {
          printJson({ ...draftObject(opened), known: before !== undefined, comparison });
          return;
        }
        print(
          before === undefined
            ? `已存为草稿${id}（轮次${roundId}的更新报告）。`
            : `该文件已于${dateOf(before.at)}读取为草稿${id}，以下按该草稿列出。`,
        );
        showComparison(comparison, opened.draft);
      });
    });

/** The round that a report is about: the one that was named, or the only one of its inspected body. */
async function roundFor(database: Database, { round }: DraftLedger, named: string | undefined): Promise<string> {
  if (named !== undefined) {
    if ((await database.round.findUnique({ where: { id: named }, select: { id: true } })) === null) throw unknownRound(named);
    return named;
  }
  const body = round.inspectedBody?.value ?? '';
  const rounds = await database.round.findMany({ select: { id: true, name: true, inspectedBody: true }, orderBy: { openedAt: 'asc' } });
  const [only, ...others] = rounds.filter(
    ({ inspectedBody }) => body !== '' && inspectedBody !== null && plain(inspectedBody) === plain(body),
  );
  if (only !== undefined && others.length === 0) return only.id;
  throw badInput(
    'round.missing',
    only === undefined ? '不能从报告看出属于哪个轮次。' : `“${body}”有${others.length + 1}个轮次。`,
    `请用 --round 写明，现有轮次：${rounds.map(({ id, name }) => `${id}（${name}）`).join('、') || '无'}。`,
  );
}
