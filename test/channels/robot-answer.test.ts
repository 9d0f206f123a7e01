import { PassingFault, Secret } from '../../channels/channel';
import { createDingtalkRobot } from '../../channels/robot-dingtalk';
import { createFeishuRobot } from '../../channels/robot-feishu';
import { createWecomRobot } from '../../channels/robot-wecom';
import { instant } from '../../domain/time';
import type { Answering, Receiver } from './support/receiver';
import { closedOrigin, openReceiver } from './support/receiver';
import { lineOf, messageOf } from './support/robot-message';

const now = instant('2026-10-21T08:40:00+08:00');
const message = messageOf([lineOf(12)]);
const robots = { wecom: createWecomRobot, dingtalk: createDingtalkRobot, feishu: createFeishuRobot };
const KEY = 'k3y-0123456789';
const open: Receiver[] = [];

afterEach(async () => {
  for (const receiver of open.splice(0)) await receiver.close();
});

/** What comes of one message to a robot that answers so: the handover, or the passing fault. */
async function answered(robot: keyof typeof robots, answer: Answering): Promise<unknown> {
  const receiver = await openReceiver(answer);
  open.push(receiver);
  const channel = robots[robot]({ name: '局工作群', url: new Secret(`${receiver.origin}/send?key=${KEY}`), timeoutMs: 2_000 });
  return channel.send(message, { now }).catch((error: unknown) => error);
}
const saying = (body: object | string, status = 200) => ({ status, body: typeof body === 'string' ? body : JSON.stringify(body) });

describe('200 with an error in the body', () => {
  test.each([
    ['wecom', { errcode: 93000, errmsg: 'invalid webhook url' }],
    ['wecom', { errcode: 60020, errmsg: 'not allow to access from your ip' }],
    ['wecom', { errcode: 777, errmsg: 'nobody knows' }],
    ['dingtalk', { errcode: 310000, errmsg: 'keywords not in content' }],
    ['dingtalk', { errcode: 310000, errmsg: 'sign not match' }],
    ['dingtalk', { errcode: 310000, errmsg: 'ip 10.0.0.7 not in whitelist' }],
    ['dingtalk', { errcode: 400102, errmsg: 'bot is stopped' }],
    ['feishu', { code: 19021, msg: 'sign match fail' }],
    ['feishu', { code: 19022, msg: 'Ip Not Allowed' }],
    ['feishu', { code: 19024, msg: 'Key Words Not Found' }],
    ['feishu', { code: 9499, msg: 'Bad Request' }],
  ] as const)('%s %o is a refusal for ever', async (robot, body) => {
    const code = 'code' in body ? body.code : body.errcode;
    expect(await answered(robot, () => saying(body))).toMatchObject({ outcome: 'refused', code });
  });

  test.each([
    ['wecom', { errcode: -1, errmsg: 'system busy' }, undefined],
    ['wecom', { errcode: 45009, errmsg: 'api freq out of limit' }, 60_000],
    ['wecom', { errcode: 777, errmsg: 'send too fast' }, 60_000],
    ['dingtalk', { errcode: 310000, errmsg: 'invalid timestamp' }, undefined],
    ['dingtalk', { status: 1111, wait: 5, punish: 'deny', errcode: 130101, errmsg: 'send too fast' }, 600_000],
    ['dingtalk', { errcode: 660026, errmsg: '' }, 600_000],
    ['feishu', { code: 9499, msg: 'too many request' }, 60_000],
    ['feishu', { code: 11232, msg: 'frequency limited psm' }, 60_000],
  ] as const)('%s %o may pass', async (robot, body, retryAfterMs) => {
    const fault = await answered(robot, () => saying(body));
    expect(fault).toBeInstanceOf(PassingFault);
    expect((fault as PassingFault).retryAfterMs).toBe(retryAfterMs);
  });

  test('the older success of 飞书 is one', async () => {
    expect(await answered('feishu', () => saying({ StatusCode: 0, StatusMessage: 'success' }))).toMatchObject({ outcome: 'sent' });
  });
});

describe('what is no answer of a robot passes', () => {
  test.each<[string, Answering]>([
    ['a page of a gateway', () => saying('<html><title>请登录</title></html>')],
    ['a gateway that forbids', () => saying('<html>403</html>', 403)],
    ['JSON of something else', () => saying({ ok: true })],
    ['a list', () => saying('[0]')],
    ['nothing', () => saying('')],
    ['a server that is down', () => saying({ errcode: 0, errmsg: 'ok' }, 502)],
    ['half an answer', () => 'cut'],
  ])('%s', async (_what, answer) => {
    expect(await answered('wecom', answer)).toBeInstanceOf(PassingFault);
  });

  test('a redirect to a login page, which is not followed', async () => {
    const away = await openReceiver(() => saying({ errcode: 0, errmsg: 'ok' }));
    open.push(away);
    expect(await answered('wecom', () => ({ status: 302, headers: { location: away.origin } }))).toBeInstanceOf(PassingFault);
    expect(away.heard).toEqual([]);
  });

  test('nobody there', async () => {
    const channel = createWecomRobot({ name: '局工作群', url: new Secret(`${await closedOrigin()}/send?key=${KEY}`) });
    const fault: unknown = await channel.send(message, { now }).catch((error: unknown) => error);
    expect(fault).toBeInstanceOf(PassingFault);
    expect(String(fault)).toContain('企业微信机器人“局工作群”（ECONNREFUSED）');
    expect(String(fault)).not.toContain(KEY);
  });
});

describe('being told to wait', () => {
  test.each([
    ['飞书, in its own header', 400, { 'x-ogw-ratelimit-reset': '52' }, 52_000],
    ['in seconds', 429, { 'retry-after': '7' }, 7_000],
    ['until a date', 429, { 'retry-after': 'Wed, 21 Oct 2026 00:42:00 GMT' }, 120_000],
    ['for a month: an hour at most', 429, { 'retry-after': '2592000' }, 3_600_000],
    ['in words: our own default', 429, { 'retry-after': 'soon' }, 60_000],
  ])('%s', async (_what, status, headers, retryAfterMs) => {
    const answer = () => ({ ...saying({ code: 99991400, msg: 'request trigger frequency limit' }, status), headers });
    expect(await answered('feishu', answer)).toMatchObject({ name: 'PassingFault', retryAfterMs });
  });
});

describe('the record of an answer', () => {
  test('is one line of at most 500 characters, without our key', async () => {
    const errmsg = `no such robot ${KEY}\r\n${'长𬭎'.repeat(2_000)}`;
    const handed = (await answered('wecom', () => saying({ errcode: 93000, errmsg }))) as { response: string };
    expect(Array.from(handed.response)).toHaveLength(500);
    expect(handed.response).toContain('no such robot *** 长');
    expect(handed.response).not.toContain(KEY);
  });

  test('an endless answer is read no further than it is of use', async () => {
    expect(await answered('wecom', () => saying(' '.repeat(5_000_000)))).toBeInstanceOf(PassingFault);
  });
});
