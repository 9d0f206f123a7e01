import { Command, InvalidArgumentError, Option } from 'commander';
import { badInput } from '../../domain/failure';
import { wayOf, wayWord, type Preference } from '../../domain/reach';
import type { Instant } from '../../domain/time';
import { recordCall, sendAgain } from '../../ledger/by-hand';
import { messageDetail, messages } from '../../ledger/delivery-views';
import type { DigestKey } from '../../ledger/notices';
import { preferenceHistory, setPreference } from '../../ledger/preferences';
import { readConfig } from '../../platform/config';
import { actingAs, actingPerson, offices, onePerson, type ActingOptions } from '../acting';
import { withInstance, type Connected } from '../connect';
import { configuredChannels } from '../notice-files';
import { nowOf } from '../now';
import { asOption, dataDirOf, dataDirOption, instantArgument, jsonOption, listArgument, tokenOption } from '../options';
import { print, printJson } from '../output';
import { callSlip, messageStates, showMessage, showMessages, showPreferences } from '../show-notices';
import { addPreview } from './notices-preview';
import { withheldCommand } from './notices-withheld';

export const noticesCommand = (): Command =>
  addPreview(
    new Command('notices')
      .description('通知：未发出和未送达的、投递记录、重发、电话提醒、个人的渠道和时间、预览')
      .addCommand(listCommand())
      .addCommand(showCommand())
      .addCommand(resendCommand())
      .addCommand(slipCommand())
      .addCommand(calledCommand())
      .addCommand(preferenceCommand())
      .addCommand(withheldCommand()),
  );

interface Options {
  readonly dataDir?: string;
  readonly json?: true;
}

const listCommand = (): Command =>
  new Command('list')
    .description('列出各人的汇总通知；不写状态时只列未发出、未送达和待电话提醒的')
    .addOption(new Option('--state <状态>', '状态').choices([...Object.keys(messageStates), 'all']))
    .option('--person <人员>', '只列一人（姓名或编号）')
    .option('--limit <条数>', '最多列多少条', wholeNumber, 50)
    .addOption(dataDirOption())
    .addOption(jsonOption())
    .action(async (options: Options & { state?: string; person?: string; limit: number }) => {
      await withInstance(dataDirOf(options), async ({ database }) => {
        const { state, person, limit } = options;
        const personId = person === undefined ? undefined : (await onePerson(database, person)).id;
        const found = await messages(database, {
          limit,
          ...(state === undefined ? {} : { state }),
          ...(personId === undefined ? {} : { personId }),
        });
        if (options.json) printJson({ schema: 'zhenggai.notices/1', messages: found });
        else showMessages(found);
      });
    });

const showCommand = (): Command =>
  new Command('show')
    .description('一份通知列了哪些事项、怎样投递、对方服务器怎样答复')
    .argument('<人员>', '姓名或编号')
    .argument('[时间]', '发送时间，如 2026-03-03T08:30；不写为最近一份', instantArgument)
    .addOption(dataDirOption())
    .addOption(jsonOption())
    .action(async (who: string, opening: Instant | undefined, options: Options) => {
      await withInstance(dataDirOf(options), async (connected) => {
        const { key, row } = await oneMessage(connected, who, opening);
        const detail = await messageDetail(connected.database, key);
        if (!detail) return;
        if (options.json) printJson({ schema: 'zhenggai.notice/1', ...row, ...detail });
        else showMessage(row, detail);
      });
    });

const resendCommand = (): Command =>
  new Command('resend')
    .description('把一份通知原样再发一次；留下谁发的')
    .argument('<人员>', '姓名或编号')
    .argument('[时间]', '发送时间；不写为最近一份', instantArgument)
    .option('--channel <渠道>', '邮件，或已配置的机器人、webhook 名称', '邮件')
    .addOption(asOption())
    .addOption(tokenOption())
    .addOption(dataDirOption())
    .addOption(jsonOption())
    .action(async (who: string, opening: Instant | undefined, options: Options & ActingOptions & { channel: string }) => {
      await withInstance(dataDirOf(options), async (connected) => {
        const by = await actingAs(connected, options, { wanted: offices, what: '重发通知' });
        const { key, row } = await oneMessage(connected, who, opening);
        await sendAgain(connected.database, key, { by, way: wayOf(options.channel) });
        await (await connected.lives()).startDelivery(key);
        if (options.json) printJson({ schema: 'zhenggai.resent/1', ...key, channel: options.channel });
        else print(`已交付重发：${row.personName}，${wayWord(wayOf(options.channel))}。用 zhenggai notices show ${who} 查看结果。`);
      });
    });

const slipCommand = (): Command =>
  new Command('slip')
    .description('电话提醒单：打印后照单打电话，结果用 notices called 登记')
    .argument('<人员>', '姓名或编号')
    .argument('[时间]', '发送时间；不写为最近一份', instantArgument)
    .addOption(dataDirOption())
    .action(async (who: string, opening: Instant | undefined, options: Options) => {
      await withInstance(dataDirOf(options), async (connected) => {
        const { key, row } = await oneMessage(connected, who, opening);
        const digest = await connected.database.digest.findUniqueOrThrow({
          where: { personId_opening: { personId: key.personId, opening: new Date(key.opening) } },
        });
        print(...callSlip(row, digest.summary));
      });
    });

const calledCommand = (): Command =>
  new Command('called')
    .description('登记一次电话提醒：谁打的、何时、是否接通、对方怎样答复')
    .argument('<人员>', '姓名或编号')
    .argument('[时间]', '发送时间；不写为最近一份', instantArgument)
    .requiredOption('--answer <答复>', '对方的答复；没有接通的写明情况')
    .option('--at <时间>', '通话时间，如 2026-03-03T10:20（默认现在）', instantArgument)
    .option('--not-reached', '没有接通，通知仍待电话提醒')
    .addOption(asOption())
    .addOption(tokenOption())
    .addOption(dataDirOption())
    .addOption(jsonOption())
    .action(
      async (
        who: string,
        opening: Instant | undefined,
        options: Options & ActingOptions & { answer: string; at?: Instant; notReached?: true },
      ) => {
        await withInstance(dataDirOf(options), async (connected) => {
          const by = await actingAs(connected, options, { wanted: [...offices, 'liaison'], what: '登记电话提醒' });
          const now = await nowOf(connected.database);
          if (options.at !== undefined && options.at > now) throw badInput('call.future', '通话时间在现在之后。', '请填写实际的通话时间。');
          const { key, row } = await oneMessage(connected, who, opening, 'toCall');
          const reached = options.notReached !== true;
          await recordCall(connected.database, key, { by, at: options.at ?? now, reached, answer: options.answer });
          if (options.json) printJson({ schema: 'zhenggai.called/1', ...key, reached });
          else print(reached ? `已登记：${row.personName}已接到电话提醒。` : `已登记：${row.personName}没有接通，仍待电话提醒。`);
        });
      },
    );

const preferenceCommand = (): Command =>
  new Command('preference')
    .description('查看或选择一人的通知渠道和时间；可以选渠道和时间，不能不收')
    .argument('<人员>', '姓名或编号')
    .option('--channels <渠道>', '按先后排列，如 站内、邮件；可用站内、邮件和已配置的机器人、webhook 名称')
    .option('--at <时刻>', '每天的发送时刻，如 09:15', timeOfDay)
    .addOption(asOption())
    .addOption(tokenOption())
    .addOption(dataDirOption())
    .addOption(jsonOption())
    .action(async (who: string, options: Options & ActingOptions & { channels?: string; at?: number }) => {
      await withInstance(dataDirOf(options), async (connected) => {
        const { database } = connected;
        const person = await onePerson(database, who);
        const [last] = await preferenceHistory(database, person.id);
        if (options.channels !== undefined || options.at !== undefined) {
          const by = await ownerOrOffice(connected, options, person.id);
          const chosen: Preference = {
            ways: options.channels === undefined ? (last?.ways ?? []) : listArgument(options.channels).map(wayOf),
            opensAt: options.at ?? last?.opensAt ?? null,
          };
          const configured = (await configuredChannels(readConfig(process.env))).map(({ name }) => name);
          await setPreference(database, person.id, chosen, { by, now: await nowOf(database), configured });
        }
        const history = await preferenceHistory(database, person.id);
        if (options.json) printJson({ schema: 'zhenggai.preference/1', personId: person.id, current: history[0] ?? null, history });
        else showPreferences(person.name, history);
      });
    });

/** Everybody chooses for themselves; an office for those who cannot. */
async function ownerOrOffice(connected: Connected, options: ActingOptions, personId: string): Promise<string> {
  const actor = await actingPerson(connected, options);
  return actor === personId ? actor : actingAs(connected, options, { wanted: offices, what: '替他人选择通知方式' });
}

/** The message of a person at an opening, else the latest one that is sealed; throws `digest.unknown`. */
async function oneMessage({ database }: Connected, who: string, opening: Instant | undefined, state = 'all') {
  const person = await onePerson(database, who);
  const found = await messages(database, { personId: person.id, state, limit: opening === undefined ? 20 : 10_000 });
  const row =
    opening === undefined
      ? (found.find((one) => one.state !== 'open' && one.state !== 'empty') ?? found[0])
      : found.find((one) => one.opening === opening);
  if (!row)
    throw badInput(
      'digest.unknown',
      `没有${person.name}的${state === 'toCall' ? '待电话提醒的' : ''}通知。`,
      '请用 notices list --state all 查看。',
    );
  const key: DigestKey = { personId: row.personId, opening: row.opening };
  return { key, row };
}

function timeOfDay(text: string): number {
  const [, hour, minute] = /^(\d{1,2})[:：](\d{2})$/.exec(text) ?? [];
  if (hour === undefined || minute === undefined || Number(hour) > 23 || Number(minute) > 59)
    throw new InvalidArgumentError('应为时刻，如 09:15。');
  return Number(hour) * 60 + Number(minute);
}

function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError('应为正整数。');
  return value;
}
