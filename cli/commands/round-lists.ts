import { Command, InvalidArgumentError } from 'commander';
import { standingLabels, type Standing } from '../../domain/lists/counts';
import { deadlineClassLabels } from '../../domain/deadline-class';
import type { Tone } from '../../domain/policy/policy';
import { dateOf, type LocalDate } from '../../domain/time';
import type { Database } from '../../ledger/database';
import { roundLists, type RoundLists } from '../../ledger/lists';
import { listsWorkbook } from '../../papers/lists-workbook';
import { withInstance } from '../connect';
import { writeOutputFile } from '../files';
import { nowOf } from '../now';
import { dataDirOf, dataDirOption, jsonOption } from '../options';
import { print, printJson, printTable } from '../output';
import { shorten } from '../table';
import { unknownRound } from '../unknown';

const LONGEST_TEXT = 24;

type Kind = '问题' | '任务' | '责任' | '台账';

function kindArgument(text: string): Kind {
  if (!Object.hasOwn(show, text)) throw new InvalidArgumentError(`应为${Object.keys(show).join('、')}之一。`);
  return text as Kind;
}

interface ListsOptions {
  readonly out?: string;
  readonly force?: true;
  readonly dataDir?: string;
  readonly json?: true;
}

/** 三清单一台账: views of the same issues. */
export const roundListsCommand = (): Command =>
  new Command('lists')
    .description('问题清单、任务清单、责任清单和整改台账')
    .argument('<轮次>', '如 R1')
    .argument('[清单]', '问题、任务、责任或台账（不写为台账）', kindArgument)
    .option('--out <文件>', '四张表写入一个 xlsx 文件（可打印，台账为 A3 横向）')
    .option('--force', '文件已存在时覆盖')
    .addOption(dataDirOption())
    .addOption(jsonOption())
    .action(async (id: string, kind: Kind | undefined, options: ListsOptions) => {
      await withInstance(dataDirOf(options), async ({ database }) => {
        const now = await nowOf(database);
        const lists = await roundLists(database, id, now);
        if (!lists) throw unknownRound(id);
        if (options.out !== undefined) {
          await writeLists(database, { id, lists, asOf: dateOf(now), out: options.out, overwrite: options.force === true });
          return;
        }
        if (options.json) printJson({ schema: 'zhenggai.lists/1', round: id, ...asJson(lists) });
        else show[kind ?? '台账'](lists);
      });
    });

interface ToWrite {
  readonly id: string;
  readonly lists: RoundLists;
  readonly asOf: LocalDate;
  readonly out: string;
  readonly overwrite: boolean;
}

async function writeLists(database: Database, { id, lists, asOf, out, overwrite }: ToWrite): Promise<void> {
  const { name, inspectedBody } = await database.round.findUniqueOrThrow({ where: { id }, select: { name: true, inspectedBody: true } });
  const tones = new Map(
    (await database.issue.findMany({ where: { roundId: id }, select: { id: true, tone: true } })).map((row) => [row.id, row.tone]),
  );
  const workbook = await listsWorkbook({
    round: { name, organisation: inspectedBody },
    asOf,
    ...lists,
    toneOf: (issueId) => toneNamed(tones.get(issueId)),
  });
  await writeOutputFile(out, workbook, { overwrite });
  print(`已写入问题清单、任务清单、责任清单和整改台账：${lists.issues.length}个问题，${out}。`);
}

const toneNamed = (tone: string | undefined): Tone => (tone === 'green' || tone === 'yellow' || tone === 'red' ? tone : 'none');

const asJson = ({ counts, ...lists }: RoundLists): object => ({
  ...lists,
  counts: { ...counts, byPhase: Object.fromEntries(counts.byPhase) },
});

const names = (persons: readonly { readonly name: string }[]): string => persons.map(({ name }) => name).join('、');

const show: Readonly<Record<Kind, (lists: RoundLists) => void>> = {
  问题: ({ issues }) => {
    printTable(
      [{ title: '编号', whole: true }, { title: '问题' }, { title: '时限类别', whole: true }, { title: '原因分析' }],
      issues.map(({ issueId, title, classLabel, rootCause }) => [
        issueId,
        shorten(title, LONGEST_TEXT),
        classLabel,
        shorten(rootCause, LONGEST_TEXT),
      ]),
    );
  },
  任务: ({ tasks }) => {
    for (const { unit, tasks: rows } of tasks) {
      print('', `${unit.name}：${rows.length}项`);
      printTable(
        [{ title: '编号', whole: true }, { title: '措施' }, { title: '责任人' }, { title: '时限', whole: true }],
        rows.map(({ issueId, measureId, text, holders, dueOn }) => [
          `${issueId} ${measureId}`,
          shorten(text, LONGEST_TEXT),
          names(holders),
          dueOn ?? deadlineClassLabels.sustained,
        ]),
      );
    }
  },
  责任: ({ responsibilities }) => {
    printTable(
      [{ title: '编号', whole: true }, { title: '问题' }, { title: '牵头领导' }, { title: '主办单位' }, { title: '责任人' }],
      responsibilities.map(({ issueId, title, leadLeader, leadUnit, handler }) => [
        issueId,
        shorten(title, LONGEST_TEXT),
        names(leadLeader),
        leadUnit?.name ?? '',
        names(handler),
      ]),
    );
  },
  台账: ({ ledger, counts }) => {
    printTable(
      [{ title: '编号', whole: true }, { title: '问题' }, { title: '时限类别', whole: true }, { title: '状态', whole: true }],
      ledger.map(({ issueId, title, classLabel, standing }) => [
        issueId,
        shorten(title, LONGEST_TEXT),
        classLabel,
        standing === null ? '（拆分出的部分）' : standingLabels[standing],
      ]),
    );
    const standings = (Object.entries(counts.byStanding) as [Standing, number][]).filter(([, count]) => count > 0);
    print(
      '',
      `反馈问题${counts.fedBack}个：${standings.map(([standing, count]) => `${standingLabels[standing]}${count}`).join('，')}${
        counts.closedSustained > 0 ? `；已销号中长期坚持${counts.closedSustained}` : ''
      }。`,
    );
  },
};
