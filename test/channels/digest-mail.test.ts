import { createHash } from 'node:crypto';
import { simpleParser, type ParsedMail } from 'mailparser';
import readWorkbook from 'read-excel-file/node';
import type { DigestMessage } from '../../channels/digest-message';
import { locales, messagesOf } from '../../channels/messages';
import { renderMail, type MailSettings } from '../../worker/render-mail';
import { contentOf, htmlItems, large, line, message, textItems } from './sample-digest';

const settings = { from: '整改办 <zgb@example.cn>', linkBase: 'https://zg.example.gov.cn', detail: 'full' } as const;

async function received(of: DigestMessage, over: Partial<MailSettings> = {}, more: Parameters<typeof contentOf>[1] = {}) {
  const sealed = await renderMail({ ...settings, ...over })(contentOf(of, more));
  const parsed: ParsedMail = await simpleParser(Buffer.from(sealed.bytes));
  return { ...sealed, parsed, text: parsed.text ?? '', html: typeof parsed.html === 'string' ? parsed.html : '' };
}

const cases = locales.flatMap((locale) => [0, 1, 30, 31, 40, 200, 1_000].map((count) => [locale, count] as const));

describe.each(cases)('a mail in %s of %i items', (locale, count) => {
  const messages = messagesOf(locale);

  test('tells the same items in both parts, at most thirty, totals first, and has the whole list when it does not', async () => {
    const { parsed, text, html, bytes } = await received(large(count), { messages });
    const items = htmlItems(html);
    expect(items).toHaveLength(Math.min(count, 30));
    expect(textItems(text)).toEqual(items);
    const list = parsed.attachments.find(({ filename }) => filename === messages.listFile);
    if (count <= 30) expect(parsed.attachments).toEqual([]);
    else {
      const [sheet] = await readWorkbook(list?.content ?? Buffer.alloc(0));
      expect(sheet?.data).toHaveLength(count + 1);
      for (const part of [text, html]) expect(part).toContain(messages.listFile);
    }
    expect(text).toContain(count === 0 ? messages.sentences.greetingNothing : messages.items(count));
    expect(text.split('\n').length).toBeLessThan(240);
    expect(Buffer.byteLength(html)).toBeLessThan(60_000);
    expect(bytes.length).toBeLessThan(400_000);
  });

  test('loads nothing from anywhere and follows nobody', async () => {
    const { html, parsed } = await received(large(count), { messages });
    expect(html).not.toMatch(
      /<(img|link|style|script|iframe|object|video|form|base)\b|\ssrc=|url\(|@import|background=|http-equiv="refresh"/i,
    );
    for (const [, href] of html.matchAll(/href="([^"]*)"/g)) expect(href).toMatch(/^https:\/\/zg\.example\.gov\.cn\//);
    expect(parsed.headers.get('auto-submitted')).toBe('auto-generated');
    expect(parsed.headers.has('disposition-notification-to')).toBe(false);
  });
});

test('what is new today is told even on a morning with two hundred overdue items', async () => {
  const overdue = Array.from({ length: 200 }, (_, n) => line(n));
  const fresh = large(40).lines.filter(({ tone }) => tone === 'none');
  const { text } = await received(message([...overdue, ...fresh]));
  expect(text).toContain('另有173项未在正文列出：整改173项。');
  expect(text.match(/2026-01-\d+ (?:基本药物|公务接待|违规发放|固定资产|“三重)[^\n]*\n/g)).toHaveLength(30);
  expect(text).toContain('另有7项未在正文列出：签收7项。');
});

test('a title goes out without the private matter in it', async () => {
  const { text, html } = await received(message([{ ...line(1), title: '村民李大山（电话13800138000）反映问题未答复' }]));
  for (const part of [text, html]) expect(part).toContain('村民李某某（电话1****8000）反映问题未答复');
});

test('more notices than a header may hold are marked in a file, all of them', async () => {
  const few = await received(large(40), {}, { notices: keys(1_000) });
  const header = few.parsed.headers.get('x-zhenggai-notices');
  expect(typeof header === 'string' ? header.split(' ') : []).toHaveLength(1_000);
  const { parsed } = await received(large(40), {}, { notices: keys(5_000) });
  expect(parsed.headers.get('x-zhenggai-notices')).toBe('notices.txt');
  const file = parsed.attachments.find(({ filename }) => filename === 'notices.txt');
  const marks = file?.content.toString('ascii').trimEnd().split('\n') ?? [];
  expect(marks).toEqual(keys(5_000).map((key) => createHash('sha256').update(key).digest('hex').slice(0, 16)));
});
const keys = (count: number): string[] => Array.from({ length: count }, (_, n) => `R1-001/receipt/overdue@${n}`);

test('the same content gives the same mail but for the bytes of the list; subject and Message-ID are derived', async () => {
  const [one, two] = [await received(large(30)), await received(large(30))];
  expect(Buffer.from(one.bytes).equals(Buffer.from(two.bytes))).toBe(true);
  const [first, second] = [await received(large(40)), await received(large(40))];
  expect(second.messageId).toBe(first.messageId);
  expect(second.text).toBe(first.text);
  expect(second.html).toBe(first.html);
});

describe('papers', () => {
  const paperOf = (filename: string, size: number) => {
    const bytes = new Uint8Array(size).fill(65);
    return { filename, bytes, sha256: createHash('sha256').update(bytes).digest('hex') };
  };

  test('go with an internal mail and are named in it', async () => {
    const { parsed, text } = await received(large(40), {}, { papers: [paperOf('提醒函〔2026〕3号.docx', 2_000)] });
    expect(parsed.attachments.map(({ filename, size }) => [filename, size])).toEqual([
      ['应办事项.xlsx', expect.any(Number)],
      ['提醒函〔2026〕3号.docx', 2_000],
    ]);
    expect(text).toContain('随信附文书：提醒函〔2026〕3号.docx。');
  });

  test('that do not fit are told with the link, and the mail keeps its size', async () => {
    const papers = [paperOf('甲.docx', 60_000), paperOf('乙.docx', 300_000), paperOf('丙.docx', 5_000)];
    const { parsed, text, html, bytes } = await received(large(40), { maxBytes: 250_000 }, { papers });
    expect(parsed.attachments.map(({ filename }) => filename)).toEqual(['应办事项.xlsx', '甲.docx', '丙.docx']);
    for (const part of [text, html]) expect(part).toContain('没有附上文书乙.docx，请到系统查看：https://zg.example.gov.cn/');
    expect(bytes.length).toBeLessThanOrEqual(250_000);
  });

  test.each([70, 110, 150, 190, 230, 270].map((kilobytes) => kilobytes * 1_000))(
    'a limit of %i bytes is kept, and no paper goes unsaid',
    async (maxBytes) => {
      const papers = [30_000, 45_000, 20_000, 30_000].map((size, n) => paperOf(`文书${n}.docx`, size));
      const { parsed, text, bytes } = await received(large(12), { maxBytes }, { papers });
      expect(bytes.length).toBeLessThanOrEqual(maxBytes);
      expect(bytes.length).toBeGreaterThan(Math.min(maxBytes, 210_000) - 80_000);
      for (const { filename } of papers) expect(text).toContain(filename);
      expect(parsed.attachments.length).toBeGreaterThan(0);
    },
  );

  test('nor does a list that is too large', async () => {
    const { parsed, text, bytes } = await received(large(1_000), { maxBytes: 80_000 });
    expect(parsed.attachments).toEqual([]);
    expect(text).toContain('全部1000项请到系统查看：https://zg.example.gov.cn/');
    expect(bytes.length).toBeLessThanOrEqual(80_000);
  });

  test('never leave the office by a mail of detail reference, nor with other bytes than were signed', async () => {
    const papers = [paperOf('提醒函.docx', 100)];
    const outside = await received(large(3), { detail: 'reference' }, { papers });
    const forged = await received(large(3), {}, { papers: papers.map((paper) => ({ ...paper, sha256: '0'.repeat(64) })) });
    for (const { parsed, text } of [outside, forged]) {
      expect(parsed.attachments).toEqual([]);
      expect(text).toContain('文书提醒函.docx不随信发送，请到系统查看：https://zg.example.gov.cn/');
    }
  });
});

test('hostile names and titles of ten thousand characters stay one line of one mail', async () => {
  const hostile = 'x\r\nBcc: a@evil.example\r\n\r\n<script>alert(1)</script>\u202e';
  const one = line(1, { title: hostile + '查'.repeat(10_000), unit: hostile, reference: hostile, rung: hostile });
  const person = { name: hostile, email: 'zhou@example.cn' };
  const { parsed, html, text, bytes } = await received(message([one, line(2, { unit: '水务局' })], { person }));
  expect(parsed.headers.has('bcc')).toBe(false);
  expect(html).not.toMatch(/<script/);
  expect(text).not.toMatch(/\u202e|^Bcc/m);
  expect(bytes.length).toBeLessThan(30_000);
});
