import { createHash } from 'node:crypto';
import path from 'node:path';
import { Command } from 'commander';
import { commandLabels } from '../../domain/issue/command-words';
import { dateOf } from '../../domain/time';
import { editsOf, type SheetNote } from '../../intake/ledger-edits';
import { headingOf, readLedgerSheet, writeLedgerSheet } from '../../intake/ledger-sheet';
import { proposalOf, type SheetProposal } from '../../intake/sheet-proposals';
import { acceptedProposals } from '../../ledger/draft-round';
import {
  acceptedResult,
  acceptProposals,
  chooseProposals,
  concludeAccepted,
  tellAccepted,
  type ChoiceOptions,
  type Chosen,
} from '../accept-proposals';
import { actingAs, type ActingOptions } from '../acting';
import { withInstance, type Connected } from '../connect';
import { readInputFile, writeOutputFile } from '../files';
import { ledgerOfRound } from '../ledger-of-round';
import { nowOf } from '../now';
import { asOption, dataDirOf, dataDirOption, jsonOption, listArgument, tokenOption } from '../options';
import { print, printJson, printTable } from '../output';
import { readRecorded, withRecordedOptions, type RecordedOptions } from '../recorded';
import { shorten } from '../table';
import { acceptHelp } from './draft-accept';

/** 整改台账 as a workbook: out, changed by whoever is used to spreadsheets, and back as proposals. */
export const ledgerCommand = (): Command =>
  new Command('ledger')
    .description('整改台账：导出为 xlsx，改后读回；只有改动的格成为待采纳的更新')
    .addCommand(exportCommand())
    .addCommand(proposeCommand())
    .addCommand(acceptCommand());

interface ExportOptions {
  readonly round: string;
  readonly out: string;
  readonly force?: true;
  readonly dataDir?: string;
}

const exportCommand = (): Command =>
  new Command('export')
    .description('导出一个轮次的整改台账（xlsx），可改后读回')
    .requiredOption('--round <轮次>', '如 R1')
    .requiredOption('--out <文件>', '写到哪个文件')
    .option('--force', '文件已存在时覆盖')
    .addOption(dataDirOption())
    .action(async ({ round, out, force, ...options }: ExportOptions) => {
      await withInstance(dataDirOf(options), async ({ database }) => {
        const now = await nowOf(database);
        const { name, rows } = await ledgerOfRound(database, round, now);
        const bytes = await writeLedgerSheet({ roundId: round, name, asOf: dateOf(now) }, rows);
        await writeOutputFile(out, bytes, { overwrite: force === true });
        print(`已导出轮次${round}的整改台账：${rows.length}个问题，${out}。`);
      });
    });

interface ProposeOptions {
  readonly dataDir?: string;
  readonly json?: true;
}

const proposeCommand = (): Command =>
  new Command('propose')
    .description('读回改过的台账，列出改动了哪些格、可采纳哪些；不改动台账')
    .argument('<文件>', '导出后改过的台账，xlsx 或由它另存的 CSV')
    .addOption(dataDirOption())
    .addOption(jsonOption())
    .action(async (file: string, options: ProposeOptions) => {
      await withInstance(dataDirOf(options), async ({ database }) => {
        const returned = await proposalsIn(database, file);
        if (options.json) printJson({ schema: 'zhenggai.ledgerEdits/1', ...returned });
        else show(file, returned);
      });
    });

interface AcceptOptions extends ActingOptions, RecordedOptions, ChoiceOptions {
  readonly dataDir?: string;
  readonly json?: true;
}

const acceptCommand = (): Command =>
  withRecordedOptions(
    new Command('accept')
      .description('采纳台账中的改动：逐项办理相应命令，从不销号；再次采纳不会重复记入')
      .argument('<文件>', '导出后改过的台账')
      .option('--only <编号>', '只采纳这些：一个问题的（R1-003）、一项（R1-004/title）或一类（title）；用顿号分开', listArgument)
      .option('--all', '采纳全部（与台账新近改动相冲突的须用 --only 写明）')
      .addOption(asOption())
      .addOption(tokenOption()),
  )
    .addOption(dataDirOption())
    .addOption(jsonOption())
    .addHelpText('after', acceptHelp)
    .action(async (file: string, options: AcceptOptions) => {
      await withInstance(dataDirOf(options), async (connected) => {
        const actor = await actingAs(connected, options, { wanted: ['rectificationOffice', 'inspectionOffice'], what: '采纳改动' });
        const { source, proposals } = await proposalsIn(connected.database, file);
        const offered = options.all ? proposals.filter(({ conflict }) => !conflict) : proposals;
        const chosen = chooseProposals(offered, options, `zhenggai ledger propose ${file}`);
        const recorded = await readRecorded(connected.database, options);
        const answers = await acceptProposals(connected, chosen, { source, actor, recorded });
        if (options.json) printJson({ schema: 'zhenggai.ledgerAccepted/1', answers: answers.map(acceptedResult) });
        else tellAccepted(answers);
        concludeAccepted(answers);
      });
    });

type Offered = Chosen & Extract<SheetProposal, { readonly command: unknown }>;

interface Returned {
  readonly roundId: string;
  /** Names the file's contents in the keys of the commands that take its edits over. */
  readonly source: string;
  readonly proposals: readonly Offered[];
  /** Edits that no command takes over. */
  readonly told: readonly Extract<SheetProposal, { readonly why: string }>[];
  readonly notes: readonly SheetNote[];
}

/** What a person changed in the file, beside the ledger as it is now. */
async function proposalsIn(database: Connected['database'], file: string): Promise<Returned> {
  const bytes = await readInputFile(file);
  const sheet = await readLedgerSheet(bytes);
  const now = await nowOf(database);
  const { rows, issues } = await ledgerOfRound(database, sheet.roundId, now);
  const source = `sheet/${createHash('sha256').update(bytes).digest('hex').slice(0, 16)}`;
  const accepted = await acceptedProposals(database, source);
  const { edits, notes } = editsOf(sheet, rows);
  const judged = edits
    .filter(({ issueId, field }) => !accepted.has(`${issueId}/${field}`))
    .flatMap((edit) => {
      const issue = issues.get(edit.issueId);
      if (issue === undefined) return [];
      return [{ ...proposalOf(edit, { ...issue, file: path.basename(file), today: dateOf(now) }), version: issue.version }];
    });
  return {
    roundId: sheet.roundId,
    source,
    proposals: judged.filter((one): one is typeof one & Offered => 'command' in one),
    told: judged.filter((one) => 'why' in one),
    notes,
  };
}

const LONGEST = 40;
const short = (text: string): string => shorten(text.replace(/\s+/g, ' '), LONGEST);

function show(file: string, { roundId, proposals, told, notes }: Returned): void {
  print(`${file}（轮次${roundId}）：可采纳的改动${proposals.length}处，须由人办理的${told.length}处。`);
  const columns = [
    { title: '编号', whole: true },
    { title: '', whole: true },
    { title: '现为' },
    { title: '改为' },
    { title: '行', align: 'right' as const, whole: true },
  ];
  if (proposals.length > 0) {
    print('');
    printTable(
      [...columns, { title: '办理', whole: true }, { title: '', whole: true }],
      proposals.map(({ issueId, field, from, to, row, command, conflict }) => [
        ...[`${issueId}/${field}`, headingOf(field), short(from), short(to), row, commandLabels[command.type]],
        conflict ? { text: '台账已有新改动', tone: 'yellow' } : null,
      ]),
    );
  }
  if (told.length > 0) {
    print('');
    printTable(
      [...columns, { title: '说明' }],
      told.map(({ issueId, field, from, to, row, why }) => [issueId, headingOf(field), short(from), short(to), row, why]),
    );
  }
  if (notes.length > 0) print('', ...notes.map(({ message }) => message));
  if (proposals.length > 0) print('', `采纳用 ledger accept ${file} --only 编号 或 --all。`);
}
