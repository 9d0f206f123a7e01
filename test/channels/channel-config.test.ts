import { inspect } from 'node:util';
import { PassingFault } from '../../channels/channel';
import { openChannel, readChannels } from '../../channels/channel-config';
import { ZhenggaiError } from '../../domain/failure';
import { instant, millis } from '../../domain/time';
import { lineOf, messageOf } from './support/robot-message';
import { dingtalkStandIn } from './support/robot-stand-ins';

const whsec = `whsec_${Buffer.alloc(32, 9).toString('base64')}`;
const wecom = { name: '局工作群', type: 'wecom', url: 'https://qyapi.example/cgi-bin/webhook/send?key=topsecret-key' };
const all = [
  wecom,
  { name: '乡镇群', type: 'dingtalk', url: 'https://oapi.example/robot/send?access_token=topsecret-token', secret: 'SECtopsecret' },
  { name: '专班群', type: 'feishu', url: 'https://open.example/open-apis/bot/v2/hook/topsecret-hook', secret: 'topsecret-sign' },
  { name: '市级平台', type: 'webhook', url: 'https://receiver.example/hook', secrets: [whsec] },
];

function failureOf(list: unknown): { code: string; what: string; all: string } {
  try {
    readChannels(typeof list === 'string' ? list : JSON.stringify(list));
  } catch (error) {
    if (error instanceof ZhenggaiError) return { ...error.failure, all: inspect(error, { depth: 9 }) };
    throw error;
  }
  throw new Error('was accepted');
}

test('the four kinds are read and opened under their names', () => {
  const configs = readChannels(JSON.stringify(all));
  expect(configs.map(({ name, type }) => [name, type])).toEqual([
    ['局工作群', 'wecom'],
    ['乡镇群', 'dingtalk'],
    ['专班群', 'feishu'],
    ['市级平台', 'webhook'],
  ]);
  expect(configs.map((config) => openChannel(config).name)).toEqual(['局工作群', '乡镇群', '专班群', '市级平台']);
});

test('no channels are a valid list', () => {
  expect(readChannels('[]')).toEqual([]);
});

test('what was configured is what is used: a signed message arrives', async () => {
  const now = instant('2026-10-21T08:40:00+08:00');
  const robot = await dingtalkStandIn({ ms: millis(now) }, { secret: 'SECtopsecret' });
  const [config] = readChannels(JSON.stringify([{ ...all[1], url: robot.url.reveal() }]));
  if (config === undefined) throw new Error('no channel');
  expect(await openChannel(config).send(messageOf([lineOf(1)]), { now })).toMatchObject({ outcome: 'sent' });
  await robot.close();
});

describe('a mistake names the entry and the field', () => {
  test.each([
    ['text', 'topsecret', 'channels.json', '不是一个 JSON 列表'],
    ['an object', wecom, 'channels.json', '不是一个 JSON 列表'],
    ['a list of texts', ['topsecret'], 'channels.json', '不是一个 JSON 列表'],
    ['an unknown type', [{ ...wecom, type: 'topsecret' }], 'channels.type', '第1项“局工作群”的 type'],
    ['a type of every object', [{ ...wecom, type: 'constructor' }], 'channels.type', '第1项“局工作群”的 type'],
    ['no type', [...all, { name: '新群', url: wecom.url }], 'channels.type', '第5项“新群”的 type'],
    ['no name', [{ ...wecom, name: ' ' }], 'channels.name', '第1项的 name'],
    ['no address', [{ name: '局工作群', type: 'wecom' }], 'channels.url', '第1项“局工作群”的 url'],
    ['an address that is none', [{ ...wecom, url: 'topsecret' }], 'channels.url', '第1项“局工作群”的 url'],
    ['an address of another kind', [{ ...wecom, url: 'ftp://x.example/topsecret' }], 'channels.url', '第1项“局工作群”的 url'],
    ['http to somewhere', [{ ...wecom, url: 'http://qyapi.example/?key=topsecret' }], 'channels.url', '第1项“局工作群”的 url'],
    ['http to a host that only sounds local', [{ ...wecom, url: 'http://127.evil.example/' }], 'channels.url', '的 url'],
    ['a short secret', [{ ...all[3], secrets: ['whsec_topsecret'] }], 'channels.secrets', '第1项“市级平台”的 secrets'],
    ['no secret', [{ ...all[3], secrets: [] }], 'channels.secrets', '第1项“市级平台”的 secrets'],
    ['a field too many', [{ ...wecom, topsecret: 1 }], 'channels.field', '第1项“局工作群”有多余的字段'],
    ['a field of another kind', [{ ...wecom, secret: 'topsecret' }], 'channels.field', '第1项“局工作群”有多余的字段'],
    ['a doubled name', [...all, { ...wecom, name: '专班群' }], 'channels.doubled', '第5项与第3项同名：专班群'],
  ])('%s', (_what, list, code, what) => {
    const failure = failureOf(list);
    expect(failure.code).toBe(code);
    expect(failure.what).toContain(what);
    expect(failure.all).not.toMatch(/topsecret|whsec_[A-Za-z0-9+/]{8}/);
  });
});

describe('http without encryption', () => {
  test.each(['http://127.0.0.1:8080/x', 'http://[::1]:8080/x', 'http://localhost/x'])('is fine on this machine: %s', (url) => {
    expect(readChannels(JSON.stringify([{ ...wecom, url }]))).toHaveLength(1);
  });

  test('is fine where the configuration says that it is the office network', () => {
    expect(readChannels(JSON.stringify([{ ...wecom, url: 'http://10.1.2.3/send', allowHttp: true }]))).toHaveLength(1);
  });
});

test('neither a configuration nor a channel nor a fault shows a secret', async () => {
  const configs = readChannels(JSON.stringify(all));
  const channels = configs.map((config) => openChannel(config));
  const unreachable = readChannels(JSON.stringify(all.map((entry) => ({ ...entry, url: 'http://127.0.0.1:1/topsecret?k=topsecret' }))));
  const faults = await Promise.all(
    unreachable.map((config) =>
      openChannel(config)
        .send(messageOf([lineOf(1)]), { now: instant('2026-10-21T08:40:00+08:00') })
        .catch((error: unknown) => error),
    ),
  );
  expect(faults.filter((fault) => fault instanceof PassingFault)).toHaveLength(4);
  const shown = [...configs, ...channels, ...faults].flatMap((one) => [
    inspect(one, { depth: 9, showHidden: true }),
    JSON.stringify(one),
    String(one),
    ...(one instanceof Error ? [one.stack] : []),
  ]);
  shown.push(...configs.map(({ url }) => String(url)));
  expect(shown.join('\n')).not.toMatch(/topsecret|whsec_/);
  expect(shown.join('\n')).toContain('***');
});
