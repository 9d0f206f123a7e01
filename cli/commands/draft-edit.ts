import { Command } from 'commander';
import { badInput } from '../../domain/failure';
import { applyEdits, readEdits, type DraftEdit, type RecordedEdit } from '../../intake/draft-edit';
import { endedAlready } from '../../ledger/draft-head';
import { addEdits } from '../../ledger/drafts';
import type { ActingOptions } from '../acting';
import { withInstance } from '../connect';
import { readJsonFile } from '../files';
import { nowOf } from '../now';
import { asOption, collect, dataDirOf, dataDirOption, jsonOption, tokenOption } from '../options';
import { print, printJson } from '../output';
import { editsOfFlags, roundFields, type EditFlags } from './draft-edit-flags';
import { comparisonOf } from './draft-comparison';
import { draftActor, draftObject, openDraft, versionArgument } from './draft-open';

interface EditOptions extends ActingOptions, EditFlags {
  readonly file?: string;
  readonly expect?: number;
  readonly dataDir?: string;
  readonly json?: true;
}

export const draftEditCommand = (): Command =>
  new Command('edit')
    .description('改动草稿：逐项记录由谁改动，读取的内容不变；一次的改动全部保存或全不保存')
    .argument('<草稿>', '如 D1')
    .option('--title <序号=标题>', '问题的标题', collect)
    .option('--status <序号=状态>', '报告所称的状态，如 3=已完成', collect)
    .option('--deadline <序号=时限>', '时限，如 3=2026-10-31 或 3=10月底前并长期坚持', collect)
    .option('--unit <序号=单位>', '责任单位', collect)
    .option('--leader <序号=人员>', '牵头领导', collect)
    .option('--handler <序号=人员>', '责任人', collect)
    .option('--place <序号=方面.项>', '移到另一方面、项，如 3=2.1', collect)
    .option('--aspect <方面=标题>', '方面的标题，如 2=群众身边不正之风', collect)
    .option('--category <方面.项=标题>', '项的标题，如 2.1=收费管理不规范', collect)
    .option('--move <序号=位置>', '移到清单的另一位置，如 5=2', collect)
    .option('--merge <序号=序号>', '并入另一问题，如 5=4', collect)
    .option('--split <序号=标题；标题>', '拆成几个问题，标题用分号分开', collect)
    .option('--drop <序号=理由>', '删除一行', collect)
    .option('--set <字段=值>', `轮次的${Object.keys(roundFields).join('、')}`, collect)
    .option('--on-site <起至止>', '进驻时间，如 2026-03-02至2026-03-20；分几段的写几次', collect)
    .option('--match <序号=编号>', '更新报告：指定对应台账的哪个问题，如 3=R1-005；3= 为都不是', collect)
    .option('--file <文件>', '改动的 JSON 列表，可作上述各项，并可增加问题、方面和项')
    .option('--expect <版本>', '只在仍是这个版本时改动（draft show 所示）', versionArgument)
    .addOption(asOption())
    .addOption(tokenOption())
    .addOption(dataDirOption())
    .addOption(jsonOption())
    .addHelpText('after', help)
    .action(async (id: string, options: EditOptions) => {
      const ofFile = options.file === undefined ? [] : readEdits(await readJsonFile(options.file));
      await withInstance(dataDirOf(options), async (connected) => {
        const { database } = connected;
        const actor = await draftActor(connected, options, '改动草稿');
        const { head, draft, original, edits: before } = await openDraft(database, id);
        const ended = endedAlready(head);
        if (ended !== null) throw ended;
        const edits = [...editsOfFlags(draft, options), ...ofFile];
        if (edits.length === 0) throw badInput('draft.noEdit', '没有写明改动什么。', '请用选项或 --file 写明，用 draft edit --help 查看。');
        const now = await nowOf(database);
        const edited = applyEdits(original, [...before, ...recorded(edits, { version: head.version, by: actor, at: now })]);
        if (edits.some(({ type }) => type === 'matchIssue')) await comparisonOf(database, { head, ...edited });
        const version = await addEdits(database, id, { edits, expected: options.expect ?? head.version }, { actor, now });
        if (options.json) printJson(draftObject(await openDraft(database, id)));
        else print(`草稿${id}已改动${edits.length}处，现为版本${version}。`);
      });
    });

/** The edits as they will be recorded, so that what cannot be is refused before anything is kept. */
const recorded = (edits: readonly DraftEdit[], { version, by, at }: Omit<RecordedEdit, 'edit'>): RecordedEdit[] =>
  edits.map((edit, index) => ({ version: version + index + 1, edit, by, at }));

const help = (): string =>
  [
    '',
    '序号为 draft show 所示，也可写编号（issue-3）；同时改动几处时都按改动前的序号。“=”后不写值为去掉该值。',
    '例：zhenggai draft edit D1 --title 3=采购程序不规范 --drop 5=与第4个重复 --set 反馈日期=2026-06-10',
    '    --file 的一项：{"type":"addIssue","after":"issue-3","title":"合同未归档","line":58}',
    '',
  ].join('\n');
