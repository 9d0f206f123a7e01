import { Webhook, WebhookVerificationError } from 'standardwebhooks';
import { PassingFault, Secret } from '../../channels/channel';
import type { WebhookOptions } from '../../channels/webhook';
import { createWebhookChannel, isWebhookSecret } from '../../channels/webhook';
import type { Instant } from '../../domain/time';
import { addMillis, fromMillis, instant } from '../../domain/time';
import type { Answering, Heard, Receiver } from './support/receiver';
import { closedOrigin, openReceiver, selfSigned } from './support/receiver';
import { lineOf, many, messageOf } from './support/robot-message';

const secretOf = (seed: number): string => `whsec_${Buffer.alloc(32, seed).toString('base64')}`;
const [fresh, old, foreign] = [secretOf(1), secretOf(2), secretOf(3)];
const message = messageOf([lineOf(12)]);
const tls = selfSigned();
const open: Receiver[] = [];

const receiverOf = async (...options: Parameters<typeof openReceiver>): Promise<Receiver> => {
  const receiver = await openReceiver(...options);
  open.push(receiver);
  return receiver;
};
const channelTo = (origin: string, over: Partial<WebhookOptions> = {}) =>
  createWebhookChannel({ name: '市级平台', url: new Secret(`${origin}/hook`), secrets: [new Secret(fresh)], timeoutMs: 2_000, ...over });
/** The standard's own verifier measures against the wall clock. */
const wallNow = (): Instant => fromMillis(Date.now());
const verify = (secret: string, { headers, body }: Heard): unknown => new Webhook(secret).verify(body, headers as Record<string, string>);
const first = ({ heard }: Receiver): Heard => {
  const [one] = heard;
  if (one === undefined) throw new Error('nothing was heard');
  return one;
};

afterEach(async () => {
  for (const receiver of open.splice(0)) await receiver.close();
});

describe('a signed message', () => {
  test('passes the verifier of Standard Webhooks, names its schema and is the message', async () => {
    const receiver = await receiverOf(() => ({ status: 204 }));
    expect(await channelTo(receiver.origin).send(message, { now: wallNow() })).toMatchObject({ outcome: 'sent', response: '204' });
    const heard = first(receiver);
    expect(verify(fresh, heard)).toEqual({ schema: 'zhenggai.notice/1', ...message });
    expect(heard).toMatchObject({ method: 'POST', headers: { 'content-type': 'application/json', 'webhook-id': message.id } });
  });

  test('fails it with another secret, another body, another id or another time', async () => {
    const receiver = await receiverOf(() => ({}));
    await channelTo(receiver.origin).send(message, { now: wallNow() });
    const heard = first(receiver);
    const stamp = Number(heard.headers['webhook-timestamp']);
    const changed = (headers: Record<string, string>): Heard => ({ ...heard, headers: { ...heard.headers, ...headers } });
    expect(() => verify(foreign, heard)).toThrow(WebhookVerificationError);
    expect(() => verify(fresh, { ...heard, body: heard.body.replace('整改', '整治') })).toThrow(WebhookVerificationError);
    expect(() => verify(fresh, changed({ 'webhook-id': 'x' }))).toThrow(WebhookVerificationError);
    expect(() => verify(fresh, changed({ 'webhook-timestamp': String(stamp + 1) }))).toThrow(WebhookVerificationError);
  });

  test('replayed after five minutes, or from a clock that is ahead, it is turned away by its timestamp', async () => {
    const receiver = await receiverOf(() => ({}));
    await channelTo(receiver.origin).send(message, { now: addMillis(wallNow(), -360_000) });
    expect(() => verify(fresh, first(receiver))).toThrow('too old');
    await channelTo(receiver.origin).send(message, { now: addMillis(wallNow(), 360_000) });
    expect(() => verify(fresh, receiver.heard[1] ?? first(receiver))).toThrow('too new');
  });

  test('while a secret is changed, receivers with the new and with the old one both accept it', async () => {
    const receiver = await receiverOf(() => ({}));
    await channelTo(receiver.origin, { secrets: [new Secret(fresh), new Secret(old)] }).send(message, { now: wallNow() });
    for (const secret of [fresh, old]) expect(verify(secret, first(receiver))).toMatchObject({ id: message.id });
    expect(() => verify(foreign, first(receiver))).toThrow(WebhookVerificationError);
    expect(first(receiver).headers['webhook-signature']).toMatch(/^v1,\S+ v1,\S+$/);
  });

  test('a second attempt has the same id and body, so a receiver knows it', async () => {
    const receiver = await receiverOf(() => ({}));
    const channel = channelTo(receiver.origin);
    const now = wallNow();
    await channel.send(many(200), { now: addMillis(now, -60_000) });
    await channel.send(many(200), { now });
    const [one, two] = receiver.heard;
    expect(two?.body).toBe(one?.body);
    expect(two?.headers['webhook-id']).toBe(one?.headers['webhook-id']);
    expect(two?.headers['webhook-timestamp']).not.toBe(one?.headers['webhook-timestamp']);
  });

  test('an id that no header could carry is sent in ASCII and signed as sent', async () => {
    const receiver = await receiverOf(() => ({}));
    await channelTo(receiver.origin).send({ ...message, id: 'digest/林知秋 7' }, { now: wallNow() });
    expect(first(receiver).headers['webhook-id']).toBe('digest/%E6%9E%97%E7%9F%A5%E7%A7%8B%207');
    expect(verify(fresh, first(receiver))).toMatchObject({ id: 'digest/林知秋 7' });
  });
});

describe('an answer', () => {
  const now = instant('2026-10-21T08:40:00+08:00');
  const answered = async (answer: Answering): Promise<unknown> => {
    const receiver = await receiverOf(answer);
    return channelTo(receiver.origin)
      .send(message, { now })
      .catch((error: unknown) => error);
  };

  test.each([200, 201, 202, 204])('%i is sent', async (status) => {
    expect(await answered(() => ({ status }))).toMatchObject({ outcome: 'sent' });
  });

  test.each([400, 401, 403, 404, 410, 413, 422])('%i is a refusal for ever', async (status) => {
    expect(await answered(() => ({ status, body: 'no' }))).toEqual({ outcome: 'refused', code: status, response: 'no' });
  });

  test.each([408, 409, 425, 429, 500, 502, 503, 504])('%i may pass', async (status) => {
    expect(await answered(() => ({ status }))).toBeInstanceOf(PassingFault);
  });

  test.each([
    ['120', 120_000],
    ['Wed, 21 Oct 2026 00:45:00 GMT', 300_000],
    ['Wed, 21 Oct 2020 00:45:00 GMT', 0],
    ['-5', 0],
    ['99999999', 3_600_000],
    ['later', undefined],
  ])('with Retry-After %s waits %s', async (after, retryAfterMs) => {
    const fault = await answered(() => ({ status: 503, headers: { 'retry-after': after } }));
    expect(fault).toBeInstanceOf(PassingFault);
    expect((fault as PassingFault).retryAfterMs).toBe(retryAfterMs);
  });

  test.each([301, 302, 307, 308])('%i is not followed: signature and body stay with the address that is configured', async (status) => {
    const away = await receiverOf(() => ({}));
    const told = await answered(() => ({ status, headers: { location: `${away.origin}/hook` } }));
    expect(told).toMatchObject({ outcome: 'refused', code: status });
    expect(away.heard).toEqual([]);
  });

  test('is recorded in 500 characters of one line', async () => {
    const told = (await answered(() => ({ status: 400, body: `坏\n${'长'.repeat(70_000)}` }))) as { response: string };
    expect(Array.from(told.response)).toHaveLength(500);
    expect(told.response.startsWith('坏 长')).toBe(true);
  });
});

describe('no answer is a passing fault', () => {
  const sendTo = (origin: string, timeoutMs = 2_000): Promise<unknown> =>
    channelTo(origin, { timeoutMs })
      .send(message, { now: wallNow() })
      .catch((error: unknown) => error);

  test('nobody there', async () => {
    expect(String(await sendTo(await closedOrigin()))).toContain('连不上推送地址“市级平台”（ECONNREFUSED）');
  });

  test('no such host', async () => {
    expect(await sendTo('http://nobody.invalid')).toBeInstanceOf(PassingFault);
  });

  test('silence', async () => {
    const fault = await sendTo((await receiverOf(() => 'hang')).origin, 100);
    expect(fault).toBeInstanceOf(PassingFault);
    expect(String(fault)).toContain('没有按时答复');
  });

  test('half an answer', async () => {
    expect(await sendTo((await receiverOf(() => 'cut')).origin)).toBeInstanceOf(PassingFault);
  });

  (tls === null ? test.skip : test)('a certificate that nobody signed: nothing is sent (needs openssl)', async () => {
    const receiver = await receiverOf(() => ({}), tls ?? undefined);
    expect(receiver.origin).toMatch(/^https:/);
    const fault = await sendTo(receiver.origin);
    expect(fault).toBeInstanceOf(PassingFault);
    expect(String(fault)).toContain('DEPTH_ZERO_SELF_SIGNED_CERT');
    expect(receiver.heard).toEqual([]);
  });
});

describe('a secret', () => {
  const of = (bytes: number) => `whsec_${Buffer.alloc(bytes, 7).toString('base64')}`;

  test.each([
    [of(24), true],
    [of(64), true],
    [of(23), false],
    [of(65), false],
    [of(32).slice('whsec_'.length), false],
    [of(32).replace('whsec_', 'whsk_'), false],
    ['whsec_', false],
    ['whsec_not base64', false],
    ['whsec_长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长', false],
  ])('%s is one: %s', (text, is) => {
    expect(isWebhookSecret(text)).toBe(is);
  });

  test('that is none stops the channel from opening, and is not repeated', () => {
    const opening = () => channelTo('https://receiver.example', { secrets: [new Secret(fresh), new Secret('hunter2')] });
    expect(opening).toThrow('channels.secret');
    expect(opening).not.toThrow('hunter2');
    expect(() => channelTo('https://receiver.example', { secrets: [] })).toThrow('channels.secret');
  });
});
