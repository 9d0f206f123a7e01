import type { ShortChannel } from '../../channels/channel';
import { PassingFault, Secret } from '../../channels/channel';
import { createDingtalkRobot, signDingtalk } from '../../channels/robot-dingtalk';
import { createFeishuRobot, signFeishu } from '../../channels/robot-feishu';
import { addMillis, fromMillis, instant, millis } from '../../domain/time';
import { lineOf, many, messageOf } from './support/robot-message';
import type { Clock, StandIn } from './support/robot-stand-ins';
import { dingtalkStandIn, feishuStandIn } from './support/robot-stand-ins';

const HOUR_MS = 3_600_000;
const message = messageOf([lineOf(12)]);
const clock: Clock = { ms: 0 };
const now = () => fromMillis(clock.ms);
const later = (ms: number): void => {
  clock.ms += ms;
};
const open: StandIn[] = [];
const opened = async (robot: Promise<StandIn>): Promise<StandIn> => {
  open.push(await robot);
  return robot;
};
/** How long the channel asks to wait; undefined when it names no time. */
const waitOf = async (channel: ShortChannel): Promise<number | undefined> => {
  const fault: unknown = await channel.send(message, { now: now() }).catch((error: unknown) => error);
  if (!(fault instanceof PassingFault)) throw new Error(`no passing fault: ${String(fault)}`);
  return fault.retryAfterMs;
};
const readdressed = (path: Secret, from: string, to: string): Secret => new Secret(path.reveal().replace(from, to));

beforeEach(() => {
  clock.ms = millis(instant('2026-10-21T08:40:00+08:00'));
});
afterEach(async () => {
  for (const robot of open.splice(0)) await robot.close();
});

describe('signatures by the published way', () => {
  test('钉钉: the secret is the key', () => {
    expect(encodeURIComponent(signDingtalk('SECtest', 1599360473000))).toBe('9uMBwWNha8Pcr4QQCL9YQitwL0E0g2JIxycWz23gAkE%3D');
  });

  test('飞书: seconds and secret are the key, the message is empty', () => {
    expect(signFeishu('test-secret', 1599360473)).toBe('wSds2BzzFIIGf/WrhUO+NI1q/9j+FRJd3JNHKAq0NZY=');
  });
});

describe('钉钉', () => {
  const secret = 'SECa/b+c=d';
  const robotOf = async (over: { secret?: string; keyword?: string } = {}) => {
    const robot = await opened(dingtalkStandIn(clock, { secret, ...over }));
    return { robot, channel: createDingtalkRobot({ name: '局工作群', url: robot.url, secret: new Secret(secret) }) };
  };

  test('takes a signed message, at any second', async () => {
    const { robot, channel } = await robotOf();
    for (let second = 0; second < 15; second += 1) {
      expect(await channel.send(message, { now: now() })).toMatchObject({ outcome: 'sent', response: '0 ok' });
      later(1_009);
    }
    expect(robot.taken).toHaveLength(15);
    expect(new Set(robot.taken).size).toBe(1);
  });

  test('takes two hundred items in one message', async () => {
    const { channel } = await robotOf();
    expect(await channel.send(many(200), { now: now() })).toMatchObject({ outcome: 'sent' });
  });

  test('refuses another secret, for good, and says what to correct', async () => {
    const { channel } = await robotOf({ secret: 'SECother' });
    expect(await channel.send(message, { now: now() })).toEqual({
      outcome: 'refused',
      code: 310000,
      response: '加签不符，请核对机器人的加签密钥（310000）sign not match',
    });
  });

  test('refuses an unknown token and an unmet keyword; takes the keyword 整改', async () => {
    const { robot } = await robotOf();
    const stranger = createDingtalkRobot({ name: '局工作群', url: readdressed(robot.url, 'f00dfeedc0ffee', 'deadbeefdead') });
    expect(await stranger.send(message, { now: now() })).toMatchObject({ outcome: 'refused', code: 300005 });
    const unmet = await robotOf({ keyword: '值班' });
    expect(await unmet.channel.send(message, { now: now() })).toMatchObject({ outcome: 'refused', code: 310000 });
    const met = await robotOf({ keyword: '整改' });
    expect(await met.channel.send(message, { now: now() })).toMatchObject({ outcome: 'sent' });
  });

  test('a clock that is off by more than an hour passes once it is right', async () => {
    const { channel } = await robotOf();
    expect(await channel.send(message, { now: addMillis(now(), -HOUR_MS) })).toMatchObject({ outcome: 'sent' });
    await expect(channel.send(message, { now: addMillis(now(), HOUR_MS + 1) })).rejects.toThrow('请校准');
    expect(await channel.send(message, { now: now() })).toMatchObject({ outcome: 'sent' });
  });

  test('never gets more than it takes in a minute: the 19th waits and asks nobody', async () => {
    const { robot, channel } = await robotOf();
    for (let n = 0; n < 18; n += 1) await channel.send(message, { now: now() });
    expect(await waitOf(channel)).toBe(61_000);
    expect(robot.heard).toHaveLength(18);
    later(61_000);
    expect(await channel.send(message, { now: now() })).toMatchObject({ outcome: 'sent' });
  });

  test('sent too much by somebody else beside us, it is left in peace for ten minutes', async () => {
    const { robot, channel } = await robotOf();
    const other = createDingtalkRobot({ name: '另一程序', url: robot.url, secret: new Secret(secret) });
    for (let n = 0; n < 18; n += 1) await other.send(message, { now: now() });
    for (let n = 0; n < 2; n += 1) await channel.send(message, { now: now() });
    expect(await waitOf(channel)).toBe(600_000);
    const heard = robot.heard.length;
    later(599_999);
    expect(await waitOf(channel)).toBe(1);
    expect(robot.heard).toHaveLength(heard);
    later(1);
    expect(await channel.send(message, { now: now() })).toMatchObject({ outcome: 'sent' });
  });

  test('without a secret nothing is signed', async () => {
    const { robot } = await robotOf();
    const channel = createDingtalkRobot({ name: '局工作群', url: robot.url });
    expect(await channel.send(message, { now: now() }).catch((error: unknown) => error)).toBeInstanceOf(PassingFault);
    expect([...(robot.heard[0]?.url.searchParams.keys() ?? [])]).toEqual(['access_token']);
  });
});

describe('飞书', () => {
  const secret = 'mFq7';
  const robotOf = async (over: { secret?: string } = {}) => {
    const robot = await opened(feishuStandIn(clock, { secret, ...over }));
    return { robot, channel: createFeishuRobot({ name: '专班群', url: robot.url, secret: new Secret(secret) }) };
  };

  test('takes signed messages, of two hundred items too', async () => {
    const { channel } = await robotOf();
    expect(await channel.send(message, { now: now() })).toMatchObject({ outcome: 'sent', response: '0 success' });
    expect(await channel.send(many(200), { now: now() })).toMatchObject({ outcome: 'sent' });
  });

  test('refuses another secret and another address', async () => {
    const { robot, channel } = await robotOf({ secret: 'other' });
    expect(await channel.send(message, { now: now() })).toMatchObject({ outcome: 'refused', code: 19021 });
    const stranger = createFeishuRobot({ name: '专班群', url: readdressed(robot.url, '0d2e-4b1a-9c', 'ffff-ffff-ff') });
    expect(await stranger.send(message, { now: now() })).toMatchObject({ outcome: 'refused', code: 19001 });
  });

  test('accepts what is signed within the hour, no later', async () => {
    const { channel } = await robotOf();
    expect(await channel.send(message, { now: addMillis(now(), HOUR_MS) })).toMatchObject({ outcome: 'sent' });
    expect(await channel.send(message, { now: addMillis(now(), -HOUR_MS - 1_000) })).toMatchObject({ outcome: 'refused', code: 19021 });
  });

  test('gets five a second and a hundred a minute, and no refusal ever', async () => {
    const { robot, channel } = await robotOf();
    for (let n = 0; n < 5; n += 1) await channel.send(message, { now: now() });
    expect(await waitOf(channel)).toBe(1_200);
    for (let sent = 5; sent < 100; sent += 1) {
      if (sent % 5 === 0) later(1_200);
      await channel.send(message, { now: now() });
    }
    later(1_200);
    expect(await waitOf(channel)).toBe(61_000 - 20 * 1_200);
    expect(robot.taken).toHaveLength(100);
    expect(robot.heard).toHaveLength(100);
  });

  test('is not asked in the first minute of an hour or half hour, when its makers ask for quiet', async () => {
    const { robot, channel } = await robotOf();
    clock.ms = millis(instant('2026-10-21T08:30:10+08:00'));
    expect(await waitOf(channel)).toBe(50_000);
    expect(robot.heard).toHaveLength(0);
    later(50_000);
    expect(await channel.send(message, { now: now() })).toMatchObject({ outcome: 'sent' });
  });
});
