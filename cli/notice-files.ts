import { readChannels, type ChannelConfig } from '../channels/channel-config';
import { messagesOf, type Messages } from '../channels/messages';
import { parseTemplates, withTemplates } from '../channels/messages/templates';
import type { Config } from '../platform/config';
import { readInputFile, readJsonFile } from './files';

/** The wording of notices: of the language, with the office's own sentences where it has a file of them. Throws what the file has wrong. */
export async function noticeMessages({ noticeLocale, noticeTemplates }: Config): Promise<Messages> {
  if (noticeTemplates === undefined) return messagesOf(noticeLocale);
  return withTemplates(parseTemplates(await readJsonFile(noticeTemplates)));
}

/** The robots and webhooks that the configuration names; none unless told. Throws what the file has wrong. */
export async function configuredChannels({ channels }: Config): Promise<readonly ChannelConfig[]> {
  return channels === undefined ? [] : readChannels((await readInputFile(channels)).toString('utf8'));
}
