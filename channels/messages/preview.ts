import { LIST_TYPE, digestList } from '../digest-list';
import { renderDigest, type DigestMessage, type RenderedDigest } from '../digest-message';
import { MOST_LISTED } from '../digest-select';
import type { MailAttachment } from '../mail';
import type { Messages } from './messages';
import { sampleDigest } from './preview-sample';

export interface PreviewOptions {
  /** How many invented items; more than 30 shows the attached list. */
  readonly items: number;
  readonly detail: DigestMessage['detail'];
}

export interface Preview extends RenderedDigest {
  readonly attachments: readonly MailAttachment[];
}

/** A sample digest in a given wording, just as a mail would tell it. Everything in it is invented. */
export async function previewDigest(messages: Messages, { items, detail }: PreviewOptions): Promise<Preview> {
  const message = sampleDigest(items, detail);
  const attachments =
    items > MOST_LISTED ? [{ filename: messages.listFile, content: await digestList(message, messages), contentType: LIST_TYPE }] : [];
  return { ...renderDigest(message, messages), attachments };
}
