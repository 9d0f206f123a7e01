import type { ParsedMail } from 'mailparser';
import { DateTime } from 'luxon';
import { ZONE, type Instant } from '../domain/time';
import type { MailSummary, Tone } from './mail-store';

export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);

const TONES: Readonly<Record<Tone, string>> = { green: '提醒', yellow: '预警', red: '督办' };

const STYLE = `
body{font:15px/1.6 "Noto Sans CJK SC","Microsoft YaHei",sans-serif;color:#1f2329;margin:0;background:#f5f6f7}
main{max-width:1080px;margin:0 auto;padding:16px}
h1{font-size:20px;margin:8px 0 16px} a{color:#1456a8;text-decoration:none} a:hover{text-decoration:underline}
table{width:100%;border-collapse:collapse;background:#fff} td,th{padding:8px 10px;border-bottom:1px solid #e5e6eb;text-align:left;vertical-align:top}
th{color:#646a73;font-weight:normal;white-space:nowrap} td.time{white-space:nowrap}
.tone{display:inline-block;padding:0 8px;border-radius:3px;color:#fff;font-size:13px;white-space:nowrap}
.green{background:#2b7a3d}.yellow{background:#9a6700}.red{background:#b3261e}
form{margin-bottom:12px} input{font:inherit;padding:4px 8px;width:260px} button{font:inherit;padding:4px 14px}
iframe{width:100%;height:640px;border:1px solid #e5e6eb;background:#fff} pre{white-space:pre-wrap;background:#fff;padding:12px;border:1px solid #e5e6eb;overflow-wrap:anywhere}
`;

const page = (title: string, body: string): string =>
  `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(title)}</title><style>${STYLE}</style></head><body><main>${body}</main></body></html>`;

const time = (at: Instant): string => DateTime.fromISO(at, { zone: ZONE }).toFormat('yyyy-MM-dd HH:mm:ss');
const toneMark = (tone: Tone | null): string => (tone === null ? '' : `<span class="tone ${tone}">${TONES[tone]}</span>`);

export interface ListView {
  readonly lines: readonly MailSummary[];
  readonly total: number;
  readonly to: string;
  /** From 1. */
  readonly page: number;
  readonly pages: number;
}

/** The list, newest first. */
export function listPage({ lines, total, to, page: at, pages }: ListView): string {
  const rows = lines.map(
    (mail) =>
      `<tr><td class="time">${time(mail.sentAt ?? mail.receivedAt)}</td><td>${toneMark(mail.tone)}</td><td>${escapeHtml(mail.recipients.join('、'))}</td><td><a href="/messages/${encodeURIComponent(mail.id)}">${escapeHtml(mail.subject === '' ? '（无主题）' : mail.subject)}</a></td></tr>`,
  );
  const link = (target: number, label: string) =>
    target < 1 || target > pages || target === at ? '' : `<a href="/?to=${encodeURIComponent(to)}&amp;page=${target}">${label}</a> `;
  return page(
    '邮件收件箱',
    `<h1>邮件收件箱</h1><p>本页只收存本机发出的邮件，不向外投递。</p>
<form method="get" action="/"><label>收件人 <input name="to" value="${escapeHtml(to)}" placeholder="邮箱地址或其中一部分"></label> <button>查询</button></form>
<p>共 ${total} 封，第 ${at}/${pages} 页 ${link(at - 1, '上一页')}${link(at + 1, '下一页')}</p>
<table><thead><tr><th>时间</th><th>类别</th><th>收件人</th><th>主题</th></tr></thead><tbody>${rows.join('')}</tbody></table>
${rows.length === 0 ? '<p>没有邮件。</p>' : ''}`,
  );
}

/** One message: its HTML in a sandboxed frame, its text, its headers. */
export function messagePage(summary: MailSummary, mail: ParsedMail): string {
  const id = encodeURIComponent(summary.id);
  const facts: [string, string][] = [
    ['发件人', summary.from],
    ['收件人', summary.recipients.join('、')],
    ['发出时间', summary.sentAt === null ? '未注明' : time(summary.sentAt)],
    ['收到时间', time(summary.receivedAt)],
    ['Message-ID', summary.messageId ?? ''],
  ];
  const rows = facts.map(([name, value]) => `<tr><th>${name}</th><td>${escapeHtml(value)}</td></tr>`);
  const files = mail.attachments.map((file) => `<li>${escapeHtml(file.filename ?? '（无文件名）')}，${file.size} 字节</li>`);
  // allow-popups: a link of the message opens in a new tab; scripts and forms do not work
  const frame =
    mail.html === undefined || mail.html === false
      ? ''
      : `<h2>正文</h2><iframe title="正文" sandbox="allow-popups allow-popups-to-escape-sandbox" referrerpolicy="no-referrer" src="/messages/${id}/html"></iframe>`;
  return page(
    summary.subject,
    `<p><a href="/">返回列表</a></p><h1>${toneMark(summary.tone)} ${escapeHtml(summary.subject)}</h1><table>${rows.join('')}</table>
${frame}<h2>纯文本</h2><pre>${escapeHtml(mail.text ?? '')}</pre>
${files.length === 0 ? '' : `<h2>附件</h2><ul>${files.join('')}</ul>`}
<h2>邮件头</h2><pre>${escapeHtml(mail.headerLines.map(({ line }) => line).join('\n'))}</pre><p><a href="/api/messages/${id}/raw">原始邮件</a></p>`,
  );
}
