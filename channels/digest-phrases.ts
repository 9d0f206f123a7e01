import type { Block } from './digest-blocks';
import type { DigestView } from './digest-view';
import type { Messages } from './messages';
import { say } from './messages';

/** The first two lines: whom it is for and how much there is, as a list of lines with a blank one between. */
export function greetingOf(view: DigestView): [salutation: string, blank: '', greeting: string] {
  const { sentences } = view.messages;
  const salutation = view.name === '' ? sentences.salutationNameless : say(sentences, 'salutation', { name: view.name });
  return [salutation, '', countOf(view)];
}

/** `您作为牵头领导，有6项整改事项。` */
function countOf({ messages, total, role }: DigestView): string {
  const items = messages.items(total);
  if (total === 0) return messages.sentences.greetingNothing;
  return role === null ? say(messages.sentences, 'greeting', { items }) : say(messages.sentences, 'greetingAs', { role, items });
}

/** Sentences about what goes with the mail, which stand above the items, and the closing ones, the same in both parts. */
export function footerOf(view: DigestView): { opening: string[]; closing: string[] } {
  const { sentences } = view.messages;
  return {
    opening: [...(view.cut ? [listOf(view)] : []), ...papersOf(view)],
    closing: [
      ...(sentences.note === '' ? [] : [sentences.note]),
      say(sentences, 'asOf', { moment: view.asOf }),
      ...(view.meantFor === null ? [] : [say(sentences, 'meantFor', { moment: view.meantFor })]),
      ...(view.provisional ? [sentences.provisionalNote] : []),
      ...(view.referenceOnly ? [sentences.referenceNote] : []),
      sentences.automatic,
    ],
  };
}

function listOf({ messages, total, enclosures, home }: DigestView): string {
  const items = messages.items(total);
  return enclosures.list === 'attached'
    ? say(messages.sentences, 'listAttached', { items, file: messages.listFile })
    : say(messages.sentences, 'listTooLarge', { items, link: home });
}

function papersOf({ messages, enclosures: { attached, tooLarge, kept }, home }: DigestView): string[] {
  const { sentences } = messages;
  const files = (names: readonly string[]): string => filesOf(names, messages);
  return [
    ...(attached.length > 0 ? [say(sentences, 'papersAttached', { files: files(attached) })] : []),
    ...(tooLarge.length > 0 ? [say(sentences, 'papersTooLarge', { files: files(tooLarge), link: home })] : []),
    ...(kept.length > 0 ? [say(sentences, 'papersKept', { files: files(kept), link: home })] : []),
  ];
}

const MOST_FILES = 8;

/** Names of files; of very many the first ones. */
const filesOf = (names: readonly string[], messages: Messages): string =>
  messages.join(names.length > MOST_FILES ? [...names.slice(0, MOST_FILES - 1), '…'] : names);

/** What stands before the matter, and what the way to it is called: to do, or to know. */
export function labelsOf({ informs }: Block, { sentences }: Messages): { label: string; door: string } {
  return informs ? { label: sentences.informs, door: sentences.view } : { label: sentences.owed, door: sentences.doIt };
}

/** `整改，提前10日提醒` */
export const whatOf = ({ kind, facts }: Block, messages: Messages): string => messages.clauses([kind, ...facts]);

/** What comes next as one sentence, or null when nothing more will come of itself. */
export function nextOf({ next, hears }: Block, { sentences }: Messages): string | null {
  if (next === null || hears === null) return next;
  return say(sentences, 'hears', { step: next, people: hears });
}

/** Whether a block is told as a card of its own: one issue in a mail that is read issue by issue. */
export const isCard = ({ count }: Block, compact: boolean): boolean => count === 1 && !compact;
