import { request } from 'node:http';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { createTransport, type Transporter } from 'nodemailer';
import { startMailInbox, type MailInbox } from '../../platform/mail-inbox';
import { freePort } from '../../platform/ports';
import { removeTemporaryDirs, temporaryDir } from '../support/servers';

jest.setTimeout(60_000); // real processes; a project's testTimeout is not heard when jest runs several projects

let dir: string;
let inbox: MailInbox;
let transport: Transporter;

async function open(refuse?: Parameters<typeof startMailInbox>[0]['refuse']): Promise<void> {
  const ports = { smtpPort: await freePort(), pagePort: await freePort() };
  inbox = await startMailInbox({ dataDir: dir, ...ports, ...(refuse === undefined ? {} : { refuse }) });
  transport = createTransport({ url: inbox.smtpUrl, pool: true } as never);
}
async function close(): Promise<void> {
  transport.close();
  await inbox.close();
}
afterAll(removeTemporaryDirs);
beforeEach(() => {
  dir = temporaryDir();
});
afterEach(close);

const send = (to: string | string[], subject: string, more: object = {}) =>
  transport.sendMail({ from: '整改办 <zgb@example.cn>', to, subject, text: '请于期限内办理。', ...more });
const get = async (at: string) => {
  const answer = await fetch(inbox.url + at);
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
};
const list = async (
  query = '',
): Promise<{ total: number; messages: { id: string; subject: string; recipients: string[]; tone: string | null }[] }> =>
  JSON.parse((await get(`/api/messages${query}`)).text) as never;

test('a message is on disk, as received, before it is answered with 250', async () => {
  await open();
  await send(['zhang@example.cn', '李四 <Li@Example.cn>'], '督办通知', { headers: { 'X-Zhenggai-Tone': 'red' }, messageId: '<m1@zg>' });
  const files = readdirSync(path.join(dir, 'mail'));
  expect(files).toHaveLength(1);
  const raw = readFileSync(path.join(dir, 'mail', files[0] ?? ''), 'utf8');
  expect(raw).toMatch(
    /^Return-Path: <zgb@example.cn>\r\nDelivered-To: zhang@example.cn\r\nDelivered-To: li@example.cn\r\nX-Zhenggai-Tone: red\r\n/,
  );
  const { total, messages } = await list();
  expect(total).toBe(1);
  expect(messages[0]).toMatchObject({
    subject: '督办通知',
    tone: 'red',
    recipients: ['zhang@example.cn', 'li@example.cn'],
    messageId: '<m1@zg>',
  });
  expect((await get(`/api/messages/${messages[0]?.id}/raw`)).text).toBe(raw);
});

test('what it holds survives a restart, newest first, found by recipient and time', async () => {
  await open();
  for (const n of [1, 2, 3]) await send(n === 2 ? 'two@example.cn' : 'one@example.cn', `第 ${n} 封`);
  await close();
  const between = new Date(Date.now() + 1).toISOString();
  await open();
  expect((await list()).messages.map(({ subject }) => subject)).toEqual(['第 3 封', '第 2 封', '第 1 封']);
  expect((await list('?to=TWO@')).messages.map(({ subject }) => subject)).toEqual(['第 2 封']);
  expect((await list('?limit=1&offset=1')).messages.map(({ subject }) => subject)).toEqual(['第 2 封']);
  expect((await list(`?since=${between}`)).total).toBe(0);
  expect((await get('/api/messages?since=yesterday')).status).toBe(400);
});

test('a recipient can be refused as a real server would', async () => {
  await open((address) => (address.startsWith('gone@') ? { code: 550, message: 'no such user' } : undefined));
  await expect(send('gone@example.cn', 'x')).rejects.toMatchObject({ responseCode: 550 });
  await send(['gone@example.cn', 'here@example.cn'], 'y');
  expect((await list()).messages.map(({ recipients }) => recipients)).toEqual([['here@example.cn']]);
});

test('the pages show everything escaped, and the HTML part without scripts', async () => {
  await open();
  await send('zhang@example.cn', '<script>alert(1)</script>', {
    html: '<h1>整改</h1><script>alert(2)</script>',
    attachments: [{ filename: '<i>.txt', content: 'x' }],
  });
  const id = (await list()).messages[0]?.id ?? '';
  const listPage = await get('/?to=%22%3E%3Cb%3E');
  expect(listPage.text).toContain('没有邮件');
  expect(listPage.text).not.toContain('"><b>');
  expect((await get('/')).text).toContain('&#60;script&#62;alert(1)');
  const view = await get(`/messages/${id}`);
  expect(view.text).not.toMatch(/<script|<i>\.txt/);
  expect(view.text).toContain('sandbox="allow-popups allow-popups-to-escape-sandbox"');
  expect(view.headers.get('content-security-policy')).toContain("default-src 'none'");
  const body = await get(`/messages/${id}/html`);
  expect(body.text).toContain('<h1>整改</h1>');
  expect(body.headers.get('content-security-policy')).toMatch(/^sandbox allow-popups/);
  expect((await get('/messages/..%2f..%2fsecrets')).status).toBe(404);
});

test('a page of another name that points here is refused', async () => {
  await open();
  const status = await new Promise((resolve, reject) => {
    request(inbox.url, { headers: { host: 'evil.example' } }, (answer) => { resolve(answer.statusCode); }).on('error', reject).end(); // prettier-ignore
  });
  expect(status).toBe(403);
});

test('thousands of messages: opening and the first page stay quick', async () => {
  await open();
  const raw = (n: number) => Buffer.from(`Subject: n${n}\r\nFrom: a@b.cn\r\n\r\nx`);
  await Promise.all(
    Array.from({ length: 3_000 }, (_, n) => inbox.store.add(raw(n), { from: 'a@b.cn', recipients: [`p${n % 50}@example.cn`] })),
  );
  await close();
  const begun = Date.now();
  await open();
  expect((await get('/')).text).toContain('共 3000 封');
  expect(await list('?to=p7@')).toMatchObject({ total: 60 });
  expect(Date.now() - begun).toBeLessThan(5_000);
});
