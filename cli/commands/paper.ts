import { Command } from 'commander';
import { badInput } from '../../domain/failure';
import { paperLabels, type PaperKind } from '../../domain/policy/policy';
import { dateOf } from '../../domain/time';
import { inTransaction, type Transaction } from '../../ledger/database';
import { draftLetter, papersOfKind, type PaperRow } from '../../ledger/paper-views';
import { documentOf, lettersFor, type StoredLetter } from '../../ledger/letters';
import { composeDraft, composeLetter } from '../../papers/compose-letter';
import { withInstance, type Connected } from '../connect';
import { writeOutputFile } from '../files';
import { nowOf } from '../now';
import { dataDirOf, dataDirOption, jsonOption } from '../options';
import { print, printJson, printTable } from '../output';
import { paperStates } from '../words';

interface PaperOptions {
  readonly list?: true;
  readonly issue?: string;
  readonly paper?: string;
  readonly out?: string;
  readonly force?: true;
  readonly dataDir?: string;
  readonly json?: true;
}

export const paperCommand = (): Command =>
  new Command('paper')
    .description('列出文书种类，或把一份文书写成 docx 文件')
    .argument('[文种]', '如 督办通知单 或 supervisionOrder')
    .option('--list', '列出文书种类')
    .option('--issue <编号>', '哪个问题的文书，如 R1-001；接任提醒函写 base')
    .option('--paper <文书>', 'issue show 所列的文书编号，如 reminderLetter-1；不写则为该文种最近的一份')
    .option('--out <文件>', '写入这个 docx 文件')
    .option('--force', '文件已经存在时覆盖')
    .addOption(dataDirOption())
    .addOption(jsonOption())
    .addHelpText('after', help)
    .action(async (word: string | undefined, options: PaperOptions) => {
      if (options.list) {
        list(options.json === true);
        return;
      }
      const { issue, out } = options;
      if (word === undefined || issue === undefined || out === undefined)
        throw badInput(
          'paper.usage',
          '没有写全文种、--issue 和 --out。',
          '例：zhenggai paper 督办通知单 --issue R1-001 --out 督办.docx；文种用 --list 查看。',
        );
      const kind = kindOf(word);
      const written = await withInstance(dataDirOf(options), (connected) => document(connected, { kind, issue, paper: options.paper }));
      await writeOutputFile(out, written.bytes, { overwrite: options.force === true });
      if (options.json) printJson({ schema: 'zhenggai.paperFile/1', ...written.about, out });
      else print(`已写出${out}：${written.said}。`);
    });

function list(json: boolean): void {
  const kinds = Object.entries(paperLabels).map(([kind, label]) => ({ kind, label }));
  if (json) printJson({ schema: 'zhenggai.papers/1', papers: kinds });
  else
    printTable(
      [
        { title: '文种', whole: true },
        { title: '代码', whole: true },
      ],
      kinds.map(({ kind, label }) => [label, kind]),
    );
}

function kindOf(word: string): PaperKind {
  const kind = (Object.keys(paperLabels) as PaperKind[]).find((one) => one === word || paperLabels[one] === word);
  if (kind === undefined) throw badInput('paper.unknownKind', `没有文种“${word}”。`, '请用 zhenggai paper --list 查看。');
  return kind;
}

interface Written {
  readonly bytes: Uint8Array;
  readonly said: string;
  readonly about: object;
}

interface Asked {
  readonly kind: PaperKind;
  readonly issue: string;
  readonly paper: string | undefined;
}

/** The bytes of a paper: of a signed one those that are kept, composed and kept when this is the first time; of a draft marked ones. */
async function document({ database }: Connected, asked: Asked): Promise<Written> {
  const today = dateOf(await nowOf(database));
  return inTransaction(database, async (tx) => {
    const paper = await chosen(tx, asked);
    const about = { issueId: asked.issue, paperId: paper.id, kind: paper.kind };
    const [letter] = await lettersFor(tx, [{ streamId: asked.issue, paperId: paper.id }]);
    if (letter) return signed(tx, letter, about);
    if (paper.state !== 'draft' && paper.state !== 'held')
      throw badInput(
        'paper.notIssued',
        `文书${paper.id}的状态是“${paperStates[paper.state] ?? paper.state}”，没有发出。`,
        '请另选一份文书。',
      );
    const draft = await draftLetter(tx, database, { issueId: asked.issue, paperId: paper.id, on: today });
    if (!draft) throw badInput('paper.unsigned', `文书${paper.id}尚未签发。`, '请在签发后导出。');
    return { bytes: await composeDraft(draft), said: `${paperLabels[paper.kind]}草稿（未签发）`, about: { ...about, draft: true } };
  });
}

async function chosen(tx: Transaction, { kind, issue, paper }: Asked): Promise<PaperRow> {
  const papers = await papersOfKind(tx, issue, kind);
  const found = paper === undefined ? papers.at(-1) : papers.find(({ id }) => id === paper);
  if (!found)
    throw badInput(
      'paper.unknown',
      `${issue}没有${paperLabels[kind]}${paper ?? ''}。`,
      papers.length > 0 ? `现有：${papers.map(({ id }) => id).join('、')}。` : '请用 zhenggai issue show 查看文书。',
    );
  return found;
}

async function signed(tx: Transaction, letter: StoredLetter, about: object): Promise<Written> {
  const kept = await documentOf(tx, letter, composeLetter);
  if (!kept) throw badInput('letter.erased', `文书${letter.filename.replace(/\.docx$/, '')}的内容已按决定清除。`, '不能再导出。');
  const { filename, bytes, sha256 } = kept;
  const issues = letter.papers.map(({ streamId }) => streamId);
  const said = `${filename.replace(/\.docx$/, '')}${issues.length > 1 ? `（含${issues.join('、')}）` : ''}，SHA-256 ${sha256}`;
  return { bytes, said, about: { ...about, draft: false, filename, sha256, letterId: letter.id, issues } };
}

const help = (): string =>
  ['', '例：zhenggai paper --list', '    zhenggai paper 督办通知单 --issue R1-001 --out 督办通知单.docx', ''].join('\n');
