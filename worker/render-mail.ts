import { createHash } from 'node:crypto';
import { LIST_TYPE, digestList } from '../channels/digest-list';
import { renderDigest, type DigestMessage, type Enclosures } from '../channels/digest-message';
import { MOST_LISTED } from '../channels/digest-select';
import { composeMail, encodedSize, fileName, messageIdOf, type MailAttachment } from '../channels/mail';
import { zhCN, type Messages } from '../channels/messages';
import { shortMessageOf } from '../channels/short-message';
import { publicTitle } from '../intake/privacy';
import type { DigestContent, DigestPaper, SealedMessage } from '../domain/digest';

/** How mails are worded and signed. */
export interface MailSettings {
  /** `整改办 <zgb@example.gov.cn>` or a bare address. */
  readonly from: string;
  readonly linkBase: string;
  readonly detail: 'reference' | 'full';
  /** The language, or the office's own wording of it; Chinese unless told. */
  readonly messages?: Messages;
  /** The most bytes of a mail; 10 MB unless told. What does not fit is told with a link instead. */
  readonly maxBytes?: number;
}

const MAX_BYTES = 10 * 1024 * 1024;
const PAPER_TYPE = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

/** The bare address of a sender. */
export const addressOf = (from: string): string => /<([^<>]+)>\s*$/.exec(from)?.[1] ?? from;

/** Mail servers bound the headers of a message (32 KiB in the strictest that are common); what carries more has its marks in a file. */
const MOST_MARKS = 1_000;
const MARKS_FILE = 'notices.txt';
const marksFile = (marks: readonly string[]): MailAttachment => ({
  filename: MARKS_FILE,
  content: Buffer.from(`${marks.join('\n')}\n`),
  contentType: 'text/plain; charset=us-ascii',
});

/** Renders a digest into the bytes that are stored and sent. A header lists its notices by hash, or names the file that does, for audits. */
export const renderMail =
  ({ from, linkBase, detail, messages = zhCN, maxBytes = MAX_BYTES }: MailSettings) =>
  async (content: DigestContent): Promise<SealedMessage> => {
    const { person, opening, claimedAt } = content;
    const lines = content.lines.map((line) => ({
      ...line,
      title: detail === 'full' && line.title !== null ? publicTitle(line.title) : null,
    }));
    const message: DigestMessage = { person, opening, claimedAt, detail, lines, linkBase };
    const { attachments, enclosures } = await enclose(content, message, { messages, maxBytes });
    const { subject, text, html } = renderDigest({ ...message, enclosures }, messages);
    const marks = content.notices.map(noticeMark);
    const messageId = messageIdOf(`digest/${person.id}/${opening}`, addressOf(from).split('@')[1] ?? 'localhost');
    const bytes = await composeMail({
      from,
      to: { name: person.name, address: person.email },
      subject,
      text,
      html,
      messageId,
      date: claimedAt,
      headers: {
        'X-Zhenggai-Tone': (['red', 'yellow', 'green'] as const).find((tone) => lines.some((line) => line.tone === tone)) ?? 'none',
        'X-Zhenggai-Person': person.id,
        'X-Zhenggai-Notices': marks.length > MOST_MARKS ? MARKS_FILE : marks.join(' '),
      },
      attachments: marks.length > MOST_MARKS ? [...attachments, marksFile(marks)] : attachments,
    });
    return { messageId, subject, bytes: new Uint8Array(bytes), summary: shortMessageOf(content, messageId, linkBase) };
  };

/** A short mark of a notice, the same in every message that carries it. */
export const noticeMark = (key: string): string => sha256(key).slice(0, 16);

const sha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex');

/** Room for the headers of a mail: addresses and subject are bounded, each notice has its mark. */
const HEADER_BYTES = 8 * 1024;
const NOTICE_BYTES = 24;

/** What goes with a mail, the list first and papers as they come, as far as the limit reaches. */
async function enclose(
  { papers = [], notices }: DigestContent,
  message: DigestMessage,
  { messages, maxBytes }: { messages: Messages; maxBytes: number },
): Promise<{ attachments: MailAttachment[]; enclosures: Enclosures }> {
  const named = papers.map((paper) => ({ paper, filename: fileName(paper.filename) }));
  const leaves = ({ paper }: { paper: DigestPaper }): boolean => message.detail === 'full' && sha256(paper.bytes) === paper.sha256;
  const leaving = named.filter(leaves);
  const kept = named.filter((one) => !leaves(one)).map(({ filename }) => filename);
  // told twice, as attached and as too large: no real body is longer
  const names = leaving.map(({ filename }) => filename);
  const worst = renderDigest({ ...message, enclosures: { list: 'tooLarge', attached: names, tooLarge: names, kept } }, messages);
  let room = maxBytes - HEADER_BYTES - NOTICE_BYTES * notices.length - encodedSize(worst.text) - encodedSize(worst.html);
  const fits = (attachment: MailAttachment): boolean => {
    const size = encodedSize(attachment.content) + 1_024;
    if (size > room) return false;
    room -= size;
    return true;
  };
  const list = message.lines.length > MOST_LISTED ? [await listOf(message, messages)].filter(fits) : [];
  const offered = leaving.map(({ paper, filename }) => ({ filename, content: paper.bytes, contentType: PAPER_TYPE }));
  const attached = offered.filter(fits);
  const namesOf = (files: readonly MailAttachment[]): string[] => files.map(({ filename }) => filename);
  return {
    attachments: [...list, ...attached],
    enclosures: {
      list: list.length > 0 ? 'attached' : 'tooLarge',
      attached: namesOf(attached),
      tooLarge: namesOf(offered.filter((one) => !attached.includes(one))),
      kept,
    },
  };
}

const listOf = async (message: DigestMessage, messages: Messages): Promise<MailAttachment> => ({
  filename: messages.listFile,
  content: await digestList(message, messages),
  contentType: LIST_TYPE,
});
