import fc from 'fast-check';
import { simpleParser } from 'mailparser';
import { composeMail, encodedSize, fileName, messageIdOf, type Mail } from '../../channels/mail';
import { instant } from '../../domain/time';

const mail = (over: Partial<Mail> = {}): Mail => ({
  from: '整改办 <zgb@example.cn>',
  to: { name: '周晓岚', address: 'zhou@example.cn' },
  subject: '【整改】逾期2项',
  text: '正文\n',
  html: '<p>正文</p>\n',
  messageId: messageIdOf('digest/p-1/2026', 'example.cn'),
  date: instant('2026-11-18T00:30:00Z'),
  ...over,
});
const bytesOfPaper = new Uint8Array([80, 75, 3, 4, 0, 255, 10, 13]);
const paper = (filename: string) => ({ filename, content: bytesOfPaper, contentType: 'application/octet-stream' });

describe('attachments', () => {
  test('arrive byte for byte under their Chinese names, beside the text and the HTML', async () => {
    const names = [
      '应办事项.xlsx',
      '提醒函〔2026〕3号（青禾县水务局）.docx',
      `${'关于整改情况的督办通知单'.repeat(4)}.docx`,
      'a b;c"d.docx',
    ];
    const parsed = await simpleParser(await composeMail(mail({ attachments: names.map(paper) })));
    expect(parsed.attachments.map(({ filename }) => filename)).toEqual(names.map(fileName));
    for (const { content } of parsed.attachments) expect(new Uint8Array(content)).toEqual(bytesOfPaper);
    expect(parsed.text?.trim()).toBe('正文');
    expect(parsed.html).toContain('<p>正文</p>');
  });

  test('carry their names both ways: RFC 2231, and an encoded word for programs that never learned it', async () => {
    const source = (await composeMail(mail({ attachments: [paper('应办事项.xlsx')] }))).toString('latin1').replace(/\r\n\s+/g, ' ');
    expect(source).toMatch(/filename\*0\*=utf-8''%E5%BA%94%E5%8A%9E/i);
    expect(source).toMatch(/name="?=\?UTF-8\?B\?/i);
    expect(source).toMatch(/^[\r\n\t\x20-\x7e]*$/);
  });

  test('the same mail gives the same bytes, boundary and Message-ID included', async () => {
    const [first, second] = await Promise.all([1, 2].map(() => composeMail(mail({ attachments: [paper('应办事项.xlsx')] }))));
    expect(second?.equals(first ?? Buffer.alloc(0))).toBe(true);
  });

  test.each([
    ['../../etc/passwd', '_.._etc_passwd'],
    ['a\r\nContent-Type: text/html.docx', 'a Content-Type_ text_html.docx'],
    ['报告\u202exslx.exe', '报告xslx.exe'],
    ['.docx', '附件.docx'],
    ['', '附件'],
  ])('the name %j is saved as %j', (name, saved) => {
    expect(fileName(name)).toBe(saved);
  });
});

describe('whatever the names', () => {
  test('no text becomes a header, another address or another part', async () => {
    const hostile = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('x\r\nBcc: a@evil.example', 'x\n\n<html>', '"<a@evil.example>,', '=?utf-8?B?eA==?='),
    );
    await fc.assert(
      fc.asyncProperty(hostile, hostile, async (one, other) => {
        const composed = await composeMail(
          mail({
            from: { name: other, address: 'zgb@example.cn' },
            to: { name: one, address: 'zhou@example.cn' },
            subject: other,
            headers: { 'X-Zhenggai-Person': one },
            attachments: [paper(other)],
          }),
        );
        const parsed = await simpleParser(composed);
        expect([...parsed.headers.keys()].filter((key) => !known.includes(key))).toEqual([]);
        const to = Array.isArray(parsed.to) ? [] : (parsed.to?.value ?? []);
        expect(to.map(({ address }) => address)).toEqual(['zhou@example.cn']);
        expect(parsed.attachments).toHaveLength(1);
        expect(parsed.text?.trim()).toBe('正文');
      }),
    );
  });

  test.each(['zhou@example.cn\r\nBcc: a@evil.example', 'zhou@example.cn, a@evil.example', 'zhou@example.cn> <a@evil.example'])(
    '%j holds no second address',
    async (address) => {
      const parsed = await simpleParser(await composeMail(mail({ to: { name: '周', address } })));
      const to = Array.isArray(parsed.to) ? [] : (parsed.to?.value ?? []);
      expect(parsed.headers.has('bcc')).toBe(false);
      expect(to.map((one) => one.address)).not.toContain('a@evil.example');
    },
  );

  test('a subject of ten thousand characters is cut between characters', async () => {
    const { subject } = await simpleParser(await composeMail(mail({ subject: '𬭎'.repeat(10_000) })));
    expect(subject).toBe(`${'𬭎'.repeat(149)}…`);
  });
});

const known = ['from', 'to', 'subject', 'message-id', 'date', 'auto-submitted', 'x-zhenggai-person', 'content-type', 'mime-version'];

test('the size of a part in base64 is told to the byte', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 400 }), (bytes) => {
      const lines =
        Buffer.from(bytes)
          .toString('base64')
          .match(/.{1,76}/g) ?? [];
      expect(encodedSize(bytes)).toBe(lines.map((line) => `${line}\r\n`).join('').length);
    }),
  );
});
