import { randomBytes } from 'node:crypto';
import { Command, InvalidArgumentError } from 'commander';
import { feedPath, hashFeedSecret, newFeedSecret } from '../../channels/feed-secret';
import { badInput } from '../../domain/failure';
import { dateOf } from '../../domain/time';
import { createFeed, feedList, revokeFeed } from '../../ledger/calendar-feed';
import { readConfig } from '../../platform/config';
import type { Instance } from '../../platform/instance';
import { onePerson } from '../acting';
import { withInstance } from '../connect';
import { nowOf } from '../now';
import { dataDirOf, dataDirOption, jsonOption } from '../options';
import { print, printJson, printTable } from '../output';

export const feedCommand = (): Command =>
  new Command('feed')
    .description('日历订阅：给每人一个地址，手机和电脑的日历从那里取应办事项的期限（只能在能读数据目录的本机执行）')
    .addCommand(createCommand())
    .addCommand(listCommand())
    .addCommand(revokeCommand());

interface Options {
  readonly dataDir?: string;
  readonly json?: true;
}

/** Who made or revoked a feed here: whoever can read the data dir, and no person by name. */
const BY = 'cli';

const createCommand = (): Command =>
  new Command('create')
    .description('开通一个日历地址，只显示这一次；知道地址的人都能看到，请只交本人')
    .argument('<人员>', '姓名或编号')
    .addOption(dataDirOption())
    .addOption(jsonOption())
    .action(async (who: string, options: Options) => {
      await withInstance(dataDirOf(options), async ({ database, instance }) => {
        const person = await onePerson(database, who);
        const secret = newFeedSecret(randomBytes);
        const now = await nowOf(database);
        const id = await createFeed(database, { personId: person.id, secretHash: hashFeedSecret(secret), by: BY, now });
        const url = `${baseOf(instance)}${feedPath(secret)}`;
        if (options.json) printJson({ schema: 'zhenggai.feed/1', id, personId: person.id, url });
        else print(url, `${person.name}的日历，编号${id}；停用：zhenggai feed revoke ${id}。`);
      });
    });

/** What links in mails begin with: as configured, else where the running instance has its page. */
const baseOf = ({ pageUrl }: Instance): string =>
  (process.env['ZHENGGAI_BASE_URL'] ?? '') === '' && pageUrl !== null ? pageUrl.replace(/\/+$/, '') : readConfig(process.env).baseUrl;

const listCommand = (): Command =>
  new Command('list')
    .description('列出日历地址（不含地址本身）')
    .addOption(dataDirOption())
    .addOption(jsonOption())
    .action(async (options: Options) => {
      await withInstance(dataDirOf(options), async ({ database }) => {
        const feeds = await feedList(database);
        if (options.json) printJson({ schema: 'zhenggai.feeds/1', feeds });
        else
          printTable(
            [{ title: '编号', whole: true }, { title: '人员' }, { title: '开通', whole: true }, { title: '停用', whole: true }],
            feeds.map((one) => [
              one.id,
              one.personName ?? one.personId,
              dateOf(one.createdAt),
              one.revokedAt === null ? null : dateOf(one.revokedAt),
            ]),
          );
      });
    });

const revokeCommand = (): Command =>
  new Command('revoke')
    .description('停用一个日历地址')
    .argument('<编号>', '开通时显示的编号，也可用 feed list 查看', numberArgument)
    .addOption(dataDirOption())
    .action(async (id: number, options: Options) => {
      await withInstance(dataDirOf(options), async ({ database }) => {
        if (!(await revokeFeed(database, id, { by: BY, now: await nowOf(database) })))
          throw badInput('feed.unknown', `没有编号为${id}的日历，或已停用。`, '请用 zhenggai feed list 查看编号。');
        print('已停用。');
      });
    });

function numberArgument(text: string): number {
  const id = Number(text);
  if (!/^\d+$/.test(text) || id > 2_147_483_647) throw new InvalidArgumentError('应为编号，如 3。');
  return id;
}
