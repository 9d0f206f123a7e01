import { Command, Option } from 'commander';
import { badInput, ZhenggaiError } from '../../domain/failure';
import { commandLabels } from '../../domain/issue/command-words';
import type { CommandType } from '../../domain/issue/commands';
import { phaseLabels, type Phase } from '../../domain/issue/types';
import { roles, type Role } from '../../domain/roles';
import { dateOf, type Instant } from '../../domain/time';
import { issueDetail, issueList, roundList } from '../../ledger/queries';
import { worldInstant } from '../../ledger/world';
import { wallClock } from '../../platform/clock';
import { actingPerson, onePerson, oneUnit, type ActingOptions } from '../acting';
import { commandFields, readCommand, readFields } from '../command-input';
import { withInstance, type Connected } from '../connect';
import { asOption, dataDirOf, dataDirOption, jsonOption, tokenOption } from '../options';
import { print, printJson, printTable } from '../output';
import { submit } from '../submit';
import { showIssue } from '../show-issue';
import { formatTable, shorten } from '../table';

/** Columns of a round's name, so that its line fits 80. */
const LONGEST_NAME = 40;

export const issueCommand = (): Command =>
  new Command('issue')
    .description('台账：列出、查看、办理问题')
    .addCommand(listCommand())
    .addCommand(showCommand())
    .addCommand(doCommand())
    .addCommand(paperCommand());

const listCommand = (): Command =>
  new Command('list')
    .description('列出问题')
    .option('--round <轮次>', '只列一个轮次')
    .addOption(new Option('--phase <阶段>', '只列一个阶段').choices(Object.keys(phaseLabels)))
    .option('--people', '改为列出人员和职务')
    .addOption(dataDirOption())
    .addOption(jsonOption())
    .action(async (options: { round?: string; phase?: Phase; people?: true; dataDir?: string; json?: true }) => {
      await withInstance(dataDirOf(options), async (connected) => {
        if (options.people) return listPeople(connected, options.json === true);
        const rows = await issueList(connected.database, {
          limit: 10_000,
          ...(options.round === undefined ? {} : { roundId: options.round }),
          ...(options.phase === undefined ? {} : { phase: options.phase }),
        });
        if (options.json) {
          printJson({ schema: 'zhenggai.issues/1', issues: rows });
          return;
        }
        for (const round of await roundList(connected.database))
          if (options.round === undefined || options.round === round.id)
            print(`${round.id}  ${shorten(round.name, LONGEST_NAME)}：${round.issues}个问题，已销号${round.closed}，逾期${round.red}`);
        printTable(
          [
            { title: '编号', whole: true },
            { title: '问题' },
            { title: '阶段', whole: true },
            { title: '主办单位' },
            { title: '整改期限', whole: true },
            { title: '最近应办', whole: true },
          ],
          rows.map((row) => [
            row.id,
            row.title,
            { text: row.phaseLabel, tone: row.tone === 'none' ? 'none' : row.tone },
            row.leadUnit?.name ?? null,
            row.dueOn,
            row.nextDueOn,
          ]),
        );
      });
    });

async function listPeople({ database }: Connected, json: boolean): Promise<void> {
  const [persons, posts, units] = [await database.person.findMany(), await database.post.findMany(), await database.unit.findMany()];
  const rows = posts.map((post) => ({
    id: post.personId,
    name: persons.find(({ id }) => id === post.personId)?.name ?? post.personId,
    unit: units.find(({ id }) => id === post.unitId)?.name ?? post.unitId,
    unitId: post.unitId,
    role: post.role,
    roleLabel: roles[post.role as Role],
    title: post.title,
  }));
  if (json) printJson({ schema: 'zhenggai.people/1', posts: rows });
  else
    printTable(
      [
        { title: '编号', whole: true },
        { title: '姓名', whole: true },
        { title: '单位' },
        { title: '单位编号', whole: true },
        { title: '职务' },
        { title: '角色', whole: true },
      ],
      rows.map((row) => [row.id, row.name, row.unit, row.unitId, row.title, row.roleLabel]),
    );
}

const nowOf = async ({ database }: Connected): Promise<Instant> => (await worldInstant(database)) ?? (await wallClock.now());

const showCommand = (): Command =>
  new Command('show')
    .description('查看一个问题：应办、措施、文书、经过')
    .argument('<编号>', '如 R1-001')
    .addOption(dataDirOption())
    .addOption(jsonOption())
    .action(async (id: string, options: { dataDir?: string; json?: true }) => {
      await withInstance(dataDirOf(options), async (connected) => {
        const now = await nowOf(connected);
        const issue = await issueDetail(connected.database, id, now);
        if (!issue) throw unknownIssue(id);
        if (options.json) printJson({ schema: 'zhenggai.issue/1', ...issue });
        else showIssue(issue, dateOf(now));
      });
    });

const paperCommand = (): Command =>
  new Command('paper')
    .description('查看一份已签发的文书')
    .argument('<编号>', '如 R1-001')
    .argument('<文书>', 'issue show 所列的文书编号，如 reminderLetter-1')
    .addOption(dataDirOption())
    .addOption(jsonOption())
    .action(async (id: string, paperId: string, options: { dataDir?: string; json?: true }) => {
      await withInstance(dataDirOf(options), async (connected) => {
        const issue = await issueDetail(connected.database, id, await nowOf(connected));
        if (!issue) throw unknownIssue(id);
        const signed = issue.history.find(({ type, payload }) => type === 'paperSigned' && payload['paperId'] === paperId);
        if (!signed) throw badInput('paper.notSigned', `没有已签发的文书${paperId}。`, '请用 zhenggai issue show 查看文书及其状态。');
        const text = signed.texts['text'] ?? '';
        if (options.json) printJson({ schema: 'zhenggai.paper/1', issueId: id, paperId, number: signed.payload['number'], text });
        else print(text);
      });
    });

interface DoOptions extends ActingOptions {
  readonly expect?: string;
  readonly key?: string;
  readonly dataDir?: string;
  readonly json?: true;
}

const doCommand = (): Command =>
  new Command('do')
    .description('办理一个问题')
    .argument('<编号>', '如 R1-001')
    .argument('<命令>', '见下表')
    .argument('[字段=值...]', '人员和单位可写姓名、名称或编号；多个人员或单位用顿号分开；以 [ 或 { 开头的值是 JSON')
    .addOption(asOption())
    .addOption(tokenOption())
    .option('--expect <版本>', '只在问题仍是这个版本时办理（issue show 所示）')
    .option('--key <键>', '命令的键：同一个键只办理一次，可放心重发')
    .addOption(dataDirOption())
    .addOption(jsonOption())
    .addHelpText('after', commandTable)
    .action(async (id: string, type: string, words: string[], options: DoOptions) => {
      await withInstance(dataDirOf(options), async (connected) => {
        const actor = await actingPerson(connected, options);
        const command = readCommand(type, await byId(connected, readFields(words)));
        if (!(await connected.database.issue.findUnique({ where: { id }, select: { id: true } }))) throw unknownIssue(id);
        const { key, answer } = await submit(connected.database, await connected.lives(), {
          streamId: id,
          actor,
          via: 'cli',
          command,
          ...(options.key === undefined ? {} : { key: options.key }),
          ...(options.expect === undefined ? {} : { expectedVersion: versionOf(options.expect) }),
        });
        if (options.json) printJson({ schema: 'zhenggai.answer/1', key, pending: answer === null, ...answer });
        if (answer?.accepted === false) throw new ZhenggaiError('badInput', answer.rejection);
        if (options.json) return;
        if (answer === null) print(`命令已保存，尚未办结：${key}。`);
        else {
          const next = command.type === 'approvePlan' && answer.phase === 'planned' ? '，还需整改办批准' : '';
          print(`已${commandLabels[command.type]}：${id}现为“${phaseLabels[answer.phase as Phase]}”（版本${answer.version}）${next}。`);
        }
      });
    });

/** Every command with its fields, for the help. */
function commandTable(): string {
  const columns = [{ title: '命令' }, { title: '做什么' }, { title: '字段（方括号内可省）' }];
  const rows = Object.entries(commandFields()).map(([type, fields]) => [
    type,
    commandLabels[type as CommandType],
    fields.map(({ name, optional }) => (optional ? `[${name}]` : name)).join(' '),
  ]);
  const example = `measures=[{"unitId":"医政医管科","text":"修订制度","dueOn":"2026-12-31"}]`;
  return `\n${formatTable(columns, rows, { width: Infinity, colour: false })}\n\n例：zhenggai issue do R1-001 acknowledge --as 霍明哲\n    报送措施时 ${example}\n`;
}

const unknownIssue = (id: string): ZhenggaiError => badInput('issue.unknown', `没有问题${id}。`, '请用 zhenggai issue list 查看编号。');

function versionOf(text: string): number {
  const version = Number(text);
  if (!Number.isSafeInteger(version) || version < 0)
    throw badInput('version.invalid', `版本“${text}”不是整数。`, '请填 issue show 所示的版本。');
  return version;
}

/** Names of persons and units become their ids, so that nobody has to copy an id. */
async function byId({ database }: Connected, fields: Record<string, unknown>): Promise<Record<string, unknown>> {
  const person = async (name: unknown): Promise<unknown> => (typeof name === 'string' ? (await onePerson(database, name)).id : name);
  const unit = (name: unknown): Promise<unknown> => (typeof name === 'string' ? oneUnit(database, name) : Promise.resolve(name));
  const each = async (value: unknown, one: (name: unknown) => Promise<unknown>): Promise<unknown> => {
    const names: unknown = typeof value === 'string' ? value.split(/[、,，]/) : value;
    return Array.isArray(names) ? await Promise.all(names.map(one)) : names;
  };
  const resolved = await Promise.all(
    Object.entries(fields).map(async ([field, value]): Promise<[string, unknown]> => {
      if (field === 'checkers') return [field, await each(value, person)];
      if (field === 'coUnitIds') return [field, await each(value, unit)];
      if (field === 'measures' && Array.isArray(value))
        return [
          field,
          await Promise.all(value.map(async (one: Record<string, unknown>) => ({ ...one, unitId: await unit(one['unitId']) }))),
        ];
      if (field === 'leadUnitId') return [field, await unit(value)];
      if (['leadLeaderId', 'leaderInChargeId', 'handlerId'].includes(field)) return [field, await person(value)];
      return [field, value];
    }),
  );
  return Object.fromEntries(resolved);
}
