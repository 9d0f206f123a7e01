import { Command } from 'commander';
import { badInput } from '../../domain/failure';
import { roundStreamId } from '../../domain/round/types';
import { readCollectionSheet, writeCollectionSheet, type CollectionRow } from '../../intake/collection-sheet';
import { roundLists } from '../../ledger/lists';
import { roundDetail } from '../../ledger/round-detail';
import { actingPerson, oneUnit, type ActingOptions } from '../acting';
import { tellAnswer } from '../answer';
import { withInstance, type Connected } from '../connect';
import { readInputFile, writeOutputFile } from '../files';
import { nowOf } from '../now';
import { asOption, dataDirOf, dataDirOption, jsonOption, tokenOption } from '../options';
import { print } from '../output';
import { submit } from '../submit';
import { unknownRound } from '../unknown';

interface SheetOptions {
  readonly unit: string;
  readonly out: string;
  readonly force?: true;
  readonly dataDir?: string;
}

/** 收报: one prefilled sheet a unit, to be sent out by the office's own ways. */
export const roundSheetCommand = (): Command =>
  new Command('sheet')
    .description('生成一个单位的收报表（xlsx，已填好未完成的措施）')
    .argument('<轮次>', '如 R1')
    .argument('<收报>', 'round show 所列的收报编号，如 1')
    .requiredOption('--unit <单位>', '单位名称或编号')
    .requiredOption('--out <文件>', '写到哪个文件')
    .option('--force', '文件已存在时覆盖')
    .addOption(dataDirOption())
    .action(async (roundId: string, collectionId: string, options: SheetOptions) => {
      await withInstance(dataDirOf(options), async ({ database }) => {
        const now = await nowOf(database);
        const round = await roundDetail(database, roundId, now);
        const lists = await roundLists(database, roundId, now);
        if (!round || !lists) throw unknownRound(roundId);
        const unitId = await oneUnit(database, options.unit);
        const collection = round.collections.find(({ id }) => id === collectionId);
        const asked = collection?.units.find(({ unit }) => unit.id === unitId);
        if (!collection || !asked)
          throw badInput('collection.unknown', `该单位没有收报${collectionId}。`, '请用 zhenggai round show 查看收报编号和单位。');
        const reported = new Map(lists.ledger.map(({ issueId, progress }) => [issueId, progress?.text ?? '']));
        const open = lists.tasks.find(({ unit }) => unit.id === unitId)?.tasks.filter(({ completedOn }) => completedOn === null) ?? [];
        const rows = open.map((task): CollectionRow => ({
          issueId: task.issueId,
          title: task.title,
          measureId: task.measureId,
          measure: task.text,
          dueOn: task.dueOn,
          lastProgress: reported.get(task.issueId) ?? '',
        }));
        const { period, dueOn } = collection;
        const head = { roundId, collectionId, unitId, unitName: asked.unit.name, period, dueOn };
        await writeOutputFile(options.out, await writeCollectionSheet(head, rows), { overwrite: options.force === true });
        print(`已生成${asked.unit.name}的收报表：${rows.length}项未完成的措施，${options.out}。`);
      });
    });

interface AnswerOptions extends ActingOptions {
  readonly dataDir?: string;
  readonly json?: true;
}

/** A filled-in sheet becomes the unit's answer; its rows are proposals until the office takes them over. */
export const roundAnswerCommand = (): Command =>
  new Command('answer')
    .description('交回填好的收报表；各行待整改办采纳（round proposals）')
    .argument('<文件>', '收报表，xlsx 或由它另存的 CSV')
    .addOption(asOption())
    .addOption(tokenOption())
    .addOption(dataDirOption())
    .addOption(jsonOption())
    .action(async (file: string, options: AnswerOptions) => {
      await withInstance(dataDirOf(options), (connected) => answer(connected, file, options));
    });

async function answer(connected: Connected, file: string, options: AnswerOptions): Promise<void> {
  const { database } = connected;
  const { roundId, collectionId, unitId, rows } = await readCollectionSheet(await readInputFile(file));
  if (!(await database.round.findUnique({ where: { id: roundId }, select: { id: true } }))) throw unknownRound(roundId);
  const actor = await actingPerson(connected, options);
  const command = { type: 'answerCollection', collectionId, unitId, rows };
  const submitted = await submit(database, await connected.lives(), { streamId: roundStreamId(roundId), actor, via: 'cli', command });
  tellAnswer(submitted, options.json === true, () => `已交回收报${collectionId}：${rows.length}项有变化，待整改办采纳。`);
}
