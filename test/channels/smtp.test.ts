import { simpleParser } from 'mailparser';
import { renderDigest } from '../../channels/digest-message';
import type { Mail, SmtpChannel, SmtpChannelOptions } from '../../channels/smtp';
import { composeMail, createSmtpChannel, messageIdOf } from '../../channels/smtp';
import { instant } from '../../domain/time';
import { large, ordinary } from './sample-digest';
import type { Inbox } from './smtp-fixture';
import { openInbox } from './smtp-fixture';

const from = 'zhenggai@example.gov.cn';
const mail = (over: Partial<Mail> = {}): Mail => ({
  from: { name: '整改办', address: from },
  to: { name: '张某某', address: 'zhang@example.gov.cn' },
  ...renderDigest(ordinary()),
  messageId: messageIdOf('digest/p1/2026-10-21', 'example.gov.cn'),
  date: instant('2026-10-21T08:30:12+08:00'),
  ...over,
});

describe('a mail as bytes', () => {
  test('the same mail gives the same bytes', async () => {
    const [first, second] = await Promise.all([composeMail(mail()), composeMail(mail())]);
    expect(second.equals(first)).toBe(true);
  });

  test('every line ends in CRLF and fits SMTP', async () => {
    const source = (await composeMail(mail(renderDigest(large())))).toString('latin1');
    expect(source.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(Math.max(...source.split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(998);
    expect(source).toContain(`\r\nMessage-ID: ${mail().messageId}\r\n`);
    expect(source).toMatch(/^[\r\n\t\x20-\x7e]*$/);
  });

  test('says that a machine wrote it, with the date and headers given', async () => {
    const parsed = await simpleParser(await composeMail(mail({ headers: { 'X-Zhenggai-Delivery': 'd-1' } })));
    expect(parsed.headers.get('auto-submitted')).toBe('auto-generated');
    expect(parsed.headers.get('x-zhenggai-delivery')).toBe('d-1');
    expect(parsed.date?.toISOString()).toBe('2026-10-21T00:30:12.000Z');
  });

  test('a line break in a name or subject adds no header', async () => {
    const hostile = 'x\r\nBcc: evil@example.com';
    const parsed = await simpleParser(
      await composeMail(mail({ subject: hostile, to: { name: hostile, address: 'zhang@example.gov.cn' } })),
    );
    expect(parsed.bcc).toBeUndefined();
    expect(parsed.headers.has('bcc')).toBe(false);
  });
});

describe('a Message-ID', () => {
  test('is derived from the delivery key', () => {
    expect(messageIdOf('a', 'example.cn')).toBe(messageIdOf('a', 'example.cn'));
    expect(messageIdOf('a', 'example.cn')).not.toBe(messageIdOf('b', 'example.cn'));
    expect(messageIdOf('a', '整改.中国')).toMatch(/^<[0-9a-f]{32}@xn--[a-z0-9-]+\.xn--[a-z0-9-]+>$/);
  });

  test('needs a domain', () => {
    expect(() => messageIdOf('a', 'no domain')).toThrow('mail.domain');
  });
});

describe('the SMTP channel', () => {
  const open: { close(): unknown }[] = [];
  afterEach(async () => {
    for (const one of open.splice(0).reverse()) await one.close();
  });

  const inboxOf = async (...options: Parameters<typeof openInbox>): Promise<Inbox> => {
    const inbox = await openInbox(...options);
    open.push(inbox);
    return inbox;
  };
  const channelTo = (url: string, options: Partial<SmtpChannelOptions> = {}): SmtpChannel => {
    const channel = createSmtpChannel({ url, timeoutMs: 2_000, ...options });
    open.push(channel);
    return channel;
  };

  test('delivers: Chinese subject and names, both parts and the Message-ID arrive intact', async () => {
    const inbox = await inboxOf();
    const message = mail();
    const result = await channelTo(inbox.url).send({ bytes: await composeMail(message), from, to: 'zhang@example.gov.cn' });
    expect(result).toMatchObject({ outcome: 'sent', response: expect.stringContaining('250') as string });
    const parsed = await simpleParser(inbox.received[0] ?? '');
    expect(parsed.subject).toBe('【整改】逾期2项、临期1项、新任务3项（10月21日）');
    expect(parsed.from?.value[0]).toMatchObject({ name: '整改办', address: from });
    expect(parsed.messageId).toBe(message.messageId);
    expect(parsed.text?.trim()).toBe(message.text.trim());
    expect(typeof parsed.html === 'string' && parsed.html.trim()).toBe(message.html.trim());
  });

  test('asks for a report when a mail that was accepted fails or is late, and sends without where the server knows none', async () => {
    for (const hideDSN of [false, true]) {
      const asked: unknown[] = [];
      const reporting = await openInbox({
        hideDSN,
        onRcptTo(_, session, callback) {
          asked.push({ ...session.envelope.dsn });
          callback();
        },
      });
      const sender = createSmtpChannel({ url: reporting.url });
      expect(await sender.send({ bytes: await composeMail(mail()), from, to: 'zhang@example.gov.cn' })).toMatchObject({ outcome: 'sent' });
      sender.close();
      await reporting.close();
      expect(asked).toMatchObject([hideDSN ? {} : { ret: 'HDRS', envid: expect.stringMatching(/^[0-9a-f]{32}$/) as string }]);
      expect(reporting.received).toHaveLength(1);
    }
  });

  test('a resend brings identical bytes', async () => {
    const inbox = await inboxOf();
    const channel = channelTo(inbox.url);
    const bytes = await composeMail(mail(renderDigest(large())));
    await channel.send({ bytes, from, to: 'zhang@example.gov.cn' });
    await channel.send({ bytes: new Uint8Array(bytes), from, to: 'zhang@example.gov.cn' });
    expect(inbox.received).toHaveLength(2);
    expect(inbox.received.map((received) => received.equals(bytes))).toEqual([true, true]);
    expect(inbox.connections()).toBe(1);
  });

  test.each([
    ['an unknown mailbox', 'gone@example.gov.cn', 550],
    ['a mail refused for its content', 'spam@example.gov.cn', 554],
    ['no address', 'not an address', 0],
    ['two addresses', 'a@example.cn, b@example.cn', 0],
    ['nothing', '', 0],
  ])('%s is refused for good, and the next mail goes out', async (_name, to, code) => {
    const inbox = await inboxOf();
    const channel = channelTo(inbox.url);
    const bytes = await composeMail(mail());
    expect(await channel.send({ bytes, from, to })).toMatchObject({ outcome: 'refused', code });
    expect(await channel.send({ bytes, from, to: 'zhang@example.gov.cn' })).toMatchObject({ outcome: 'sent' });
    expect(inbox.received).toHaveLength(1);
  });

  test('a busy mailbox throws, so that it is tried again', async () => {
    const inbox = await inboxOf();
    await expect(channelTo(inbox.url).send({ bytes: await composeMail(mail()), from, to: 'busy@example.gov.cn' })).rejects.toMatchObject({
      kind: 'unavailable',
      failure: { code: 'mail.deferred', what: expect.stringContaining('451') as string },
    });
  });

  test('a connection cut in the middle of a mail throws; the channel recovers', async () => {
    const inbox = await inboxOf();
    const channel = channelTo(inbox.url);
    const bytes = await composeMail(mail());
    await expect(channel.send({ bytes, from, to: 'cut@example.gov.cn' })).rejects.toMatchObject({ kind: 'unavailable' });
    expect(await channel.send({ bytes, from, to: 'zhang@example.gov.cn' })).toMatchObject({ outcome: 'sent' });
  });

  test('no server throws, and so does verify', async () => {
    const inbox = await openInbox();
    await inbox.close();
    const channel = channelTo(inbox.url);
    const unreachable = { kind: 'unavailable', failure: { code: 'mail.unreachable' } };
    await expect(channel.send({ bytes: await composeMail(mail()), from, to: 'zhang@example.gov.cn' })).rejects.toMatchObject(unreachable);
    await expect(channel.verify()).rejects.toMatchObject(unreachable);
  });

  test('a sender that the server does not allow concerns all mail: it throws instead of giving the mail up', async () => {
    const inbox = await inboxOf();
    await expect(
      channelTo(inbox.url).send({ bytes: await composeMail(mail()), from: 'stranger@example.com', to: 'zhang@example.gov.cn' }),
    ).rejects.toMatchObject({ kind: 'unavailable', failure: { code: 'mail.sender' } });
  });

  test('login comes from the URL; a wrong password throws and is never told', async () => {
    const inbox = await inboxOf({
      authOptional: false,
      allowInsecureAuth: true,
      onAuth({ username, password }, _session, callback) {
        if (username === 'office@example.cn' && password === 'p@ss:word') callback(null, { user: username });
        else callback(Object.assign(new Error('Authentication failed'), { responseCode: 535 }));
      },
    });
    const withLogin = (password: string) => inbox.url.replace('smtp://', `smtp://office%40example.cn:${encodeURIComponent(password)}@`);
    const bytes = await composeMail(mail());
    await channelTo(withLogin('p@ss:word')).verify();
    expect(await channelTo(withLogin('p@ss:word')).send({ bytes, from, to: 'zhang@example.gov.cn' })).toMatchObject({ outcome: 'sent' });
    const wrong = channelTo(withLogin('secret-x')).send({ bytes, from, to: 'zhang@example.gov.cn' });
    await expect(wrong).rejects.toMatchObject({ failure: { code: 'mail.login' } });
    await expect(wrong).rejects.not.toThrow('secret-x');
    await expect(channelTo(inbox.url).send({ bytes, from, to: 'zhang@example.gov.cn' })).rejects.toMatchObject({
      failure: { code: 'mail.login' },
    });
  });

  test('takes STARTTLS where it is offered and can be trusted or is told to be', async () => {
    const warned = jest.spyOn(console, 'error').mockImplementation(); // smtp-server warns of its own test certificate
    const inbox = await inboxOf({ disabledCommands: [] });
    const bytes = await composeMail(mail());
    const envelope = { bytes, from, to: 'zhang@example.gov.cn' };
    await expect(channelTo(inbox.url).send(envelope)).rejects.toMatchObject({ failure: { code: 'mail.tls' } });
    expect(await channelTo(`${inbox.url}?tls.rejectUnauthorized=false`).send(envelope)).toMatchObject({ outcome: 'sent' });
    warned.mockRestore();
  });

  test('requireTLS in the URL refuses to go on in the clear', async () => {
    const inbox = await inboxOf();
    const channel = channelTo(`${inbox.url}?requireTLS=true`);
    await expect(channel.send({ bytes: await composeMail(mail()), from, to: 'zhang@example.gov.cn' })).rejects.toMatchObject({
      kind: 'unavailable',
    });
    expect(inbox.received).toHaveLength(0);
  });

  test.each(['', 'mail.example.cn', 'http://mail.example.cn', 'smtp://'])('%j is no address of a mail server', (url) => {
    expect(() => createSmtpChannel({ url })).toThrow('mail.url');
  });
});
