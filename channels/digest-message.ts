import type { DigestLine } from '../domain/digest';
import type { Instant } from '../domain/time';
import { digestHtml } from './digest-html';
import { digestText } from './digest-text';
import { viewOf } from './digest-view';
import { zhCN, type Messages } from './messages';

export type { DigestLine };

/** What goes with the mail, as its body tells it. */
export interface Enclosures {
  /** `tooLarge`: the whole list would have gone with the mail but for the limit of its size. */
  readonly list: 'attached' | 'tooLarge';
  /** File names of papers that are attached; that are too large to be; that may not leave the office by mail. */
  readonly attached: readonly string[];
  readonly tooLarge: readonly string[];
  readonly kept: readonly string[];
}

/** Everything one mail says. It is true as of `claimedAt`, which it prints. */
export interface DigestMessage {
  person: { name: string; email: string };
  opening: Instant;
  claimedAt: Instant;
  /**
   * 'reference' is for mail that leaves the office network (design.md, section 7): numbers, dates, kinds of paper and roles,
   * never titles, names or sums. 'full' is for an internal mail server.
   */
  detail: 'reference' | 'full';
  lines: readonly DigestLine[];
  linkBase: string;
  /** Unless it is told otherwise, a body that does not hold every line says that `digestList` is attached, and no paper is. */
  enclosures?: Enclosures;
}

export interface RenderedDigest {
  subject: string;
  text: string;
  html: string;
}

/**
 * The mail of a digest: totals first, red first, at most 30 lines singly (digest-select.ts). Pure, so the same message always gives
 * the same characters. `messages` is the language, or an office's own wording of it.
 */
export function renderDigest(message: DigestMessage, messages: Messages = zhCN): RenderedDigest {
  const view = viewOf(message, messages);
  return { subject: view.subject, text: digestText(view), html: digestHtml(view) };
}
