import { createHash } from 'node:crypto';
import { renderDigest } from '../channels/digest-message';
import { composeMail, messageIdOf } from '../channels/mail';
import type { DigestContent, SealedMessage } from '../domain/digest';

/** How mails are worded and signed. */
export interface MailSettings {
  /** `整改办 <zgb@example.gov.cn>` or a bare address. */
  readonly from: string;
  readonly linkBase: string;
  readonly detail: 'reference' | 'full';
}

/** The bare address of a sender. */
export const addressOf = (from: string): string => /<([^<>]+)>\s*$/.exec(from)?.[1] ?? from;

/** Renders a digest into the bytes that are stored and sent. The header lists its notices by hash, for audits of what went out. */
export const renderMail =
  ({ from, linkBase, detail }: MailSettings) =>
  async (content: DigestContent): Promise<SealedMessage> => {
    const { person, opening, claimedAt } = content;
    const lines = detail === 'full' ? content.lines : content.lines.map((line) => ({ ...line, title: null }));
    const { subject, text, html } = renderDigest({ person, opening, claimedAt, detail, lines, linkBase });
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
        'X-Zhenggai-Notices': content.notices.map(noticeMark).join(' '),
      },
    });
    return { messageId, subject, bytes: new Uint8Array(bytes) };
  };

/** A short mark of a notice, the same in every message that carries it. */
export const noticeMark = (key: string): string => createHash('sha256').update(key).digest('hex').slice(0, 16);
