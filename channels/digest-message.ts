import type { DigestLine } from '../domain/digest';
import type { Instant } from '../domain/time';
import { digestHtml } from './digest-html';
import { digestText } from './digest-text';
import { viewOf } from './digest-view';

export type { DigestLine };

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
}

export interface RenderedDigest {
  subject: string;
  text: string;
  html: string;
}

/** The mail of a digest: totals first, red first. Pure, so the same message always gives the same characters. */
export function renderDigest(message: DigestMessage): RenderedDigest {
  const view = viewOf(message);
  return { subject: view.subject, text: digestText(view), html: digestHtml(view) };
}
