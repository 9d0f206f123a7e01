import { Command } from 'commander';
import { badInput, ZhenggaiError } from '../../domain/failure';
import { dateOf } from '../../domain/time';
import { storeCommand, type NewCommand } from '../../ledger/commands';
import type { Outcome } from '../../ledger/step';
import { roundDetail, type CollectionView } from '../../ledger/round-detail';
import { actingAs, type ActingOptions } from '../acting';
import { withInstance, type Connected } from '../connect';
import { nowOf } from '../now';
import { asOption, dataDirOf, dataDirOption, jsonOption, tokenOption } from '../options';
import { print, printJson, printTable } from '../output';
import { startProgress } from '../progress';
import { submitAll, type Stored } from '../submit';
import type { Cell } from '../table';
import { unknownRound } from '../unknown';

interface ProposalOptions extends ActingOptions {
  readonly accept?: true;
  readonly dataDir?: string;
  readonly json?: true;
}

export const roundProposalsCommand = (): Command =>
  new Command('proposals')
    .description('查看各单位收报上来的进展；整改办采纳后逐项记入台账')
    .argument('<轮次>', '如 R1')
    .argument('<收报>', 'round show 所列的收报编号，如 1')
    .option('--accept', '采纳：以填报人的名义补录填报进展或完成措施；再次采纳不会重复记入')
    .addOption(asOption())
    .addOption(tokenOption())
    .addOption(dataDirOption())
    .addOption(jsonOption())
    .action(async (roundId: string, collectionId: string, options: ProposalOptions) => {
      await withInstance(dataDirOf(options), async (connected) => {
        const round = await roundDetail(connected.database, roundId, await nowOf(connected.database));
        if (!round) throw unknownRound(roundId);
        const collection = round.collections.find(({ id }) => id === collectionId);
        if (!collection)
          throw badInput('collection.unknown', `轮次${roundId}没有收报${collectionId}。`, '请用 zhenggai round show 查看收报编号。');
        const answers = options.accept ? await accept(connected, { roundId, collection }, options) : null;
        if (options.json)
          printJson({ schema: 'zhenggai.proposals/1', round: roundId, ...collection, accepted: answers?.map(resultOf) ?? null });
        else show(collection, answers);
        conclude(answers ?? []);
      });
    });

type Proposed = CollectionView['units'][number]['rows'][number];
type Answered = Stored & { readonly answer: Outcome | null };

/** Records every row in the name of who reported it, on the day of the report. The key names the row, so that again is not twice. */
async function accept(
  connected: Connected,
  { roundId, collection }: { readonly roundId: string; readonly collection: CollectionView },
  options: ProposalOptions,
): Promise<Answered[]> {
  const { database } = connected;
  const actor = await actingAs(connected, options, { wanted: ['rectificationOffice'], what: '采纳收报' });
  const lives = await connected.lives();
  const commands = collection.units.flatMap(({ unit, answeredAt, by, rows }) =>
    rows.map((row, index): NewCommand => ({
      key: `${roundId}/collection/${collection.id}/${unit.id}/${index + 1}`,
      streamId: row.issueId,
      actor,
      via: 'cli',
      command: commandOf(row),
      recorded: {
        decider: { personId: by?.id ?? '' },
        paperOn: answeredAt === null ? null : dateOf(answeredAt),
        document: `${collection.period}收报（${unit.name}）`,
      },
    })),
  );
  if (commands.length === 0) throw badInput('collection.empty', `收报${collection.id}还没有填报。`, '请等待各单位填报后再采纳。');
  const stored: Stored[] = [];
  for (const command of commands) stored.push({ streamId: command.streamId, key: await storeCommand(database, command) });
  return submitAll(database, lives, stored, startProgress());
}

const commandOf = ({ measureId, completed, progress }: Proposed): object =>
  completed && measureId !== null ? { type: 'completeMeasure', measureId, evidence: progress } : { type: 'reportProgress', progress };

function show(collection: CollectionView, answers: readonly Answered[] | null): void {
  const { period, dueOn, units } = collection;
  print(
    `${period}收报，期限${dueOn}，应报${units.length}个单位，已报${units.filter(({ answeredAt }) => answeredAt !== null).length}个`,
    '',
  );
  let at = 0;
  printTable(
    [
      { title: '单位' },
      { title: '问题', whole: true },
      { title: '措施', whole: true },
      { title: '完成', whole: true },
      { title: '进展' },
      ...(answers === null ? [] : [{ title: '结果' }]),
    ],
    units.flatMap(({ unit, answeredAt, rows }): Cell[][] => {
      if (answeredAt === null) return [[unit.name, null, null, null, { text: '未报', tone: 'yellow' }]];
      if (rows.length === 0) return [[unit.name, null, null, null, '无变化']];
      return rows.map((row) => [
        unit.name,
        row.issueId,
        row.measureId,
        row.completed ? '是' : null,
        row.progress,
        ...(answers === null ? [] : [resultCell(answers[at++])]),
      ]);
    }),
  );
}

function resultCell(answered: Answered | undefined): Cell {
  const answer = answered?.answer ?? null;
  if (answer === null) return { text: '未办结', tone: 'yellow' };
  return answer.accepted ? { text: '已记入', tone: 'green' } : { text: `${answer.rejection.what}${answer.rejection.todo}`, tone: 'red' };
}

const resultOf = ({ streamId, key, answer }: Answered): object => ({ issueId: streamId, key, pending: answer === null, ...answer });

function conclude(answers: readonly Answered[]): void {
  const refused = answers.filter(({ answer }) => answer?.accepted === false);
  if (refused.length > 0)
    throw new ZhenggaiError('doesNotHold', {
      code: 'collection.refused',
      what: `${answers.length}项中有${refused.length}项未能记入：${[...new Set(refused.map(({ streamId }) => streamId))].join('、')}。`,
      todo: '请按所列原因办理；已记入的不受影响。',
    });
}
