import type { MarkupGrammar } from './markup';

const setOf = (names: string): ReadonlySet<string> => new Set(names.split(' '));

/** Elements that begin and end a line. */
export const lineElements = setOf(
  'address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr legend li main nav ol p pre section summary table tbody td tfoot th thead tr ul br',
);

/** Elements that may hold a part of the page. */
export const partElements = setOf(
  'article aside blockquote body center dd details div dl fieldset figure footer form header li main nav ol section table td th tr ul',
);

/** Elements whose text is not for readers, or no text. */
export const unreadElements = setOf(
  'applet audio button canvas datalist embed iframe map math noframes noscript object option rp rt script select style svg template textarea video',
);

const cells = setOf('td th p');
const rows = setOf('td th tr p');
const sections = setOf('td th tr tbody thead tfoot p');
const paragraph = setOf('p');
const item = setOf('li p');
const term = setOf('dd dt p');
const option = setOf('option');

/** Which open elements the start of another ends, as far as pages leave end tags out (HTML Standard, 13.1.2.4). */
const endedBy: Readonly<Record<string, ReadonlySet<string>>> = {
  ...{ td: cells, th: cells, tr: rows, tbody: sections, thead: sections, tfoot: sections },
  ...{ li: item, dd: term, dt: term, option, body: setOf('head') },
};
const endingParagraph = setOf(
  'address article aside blockquote center details div dl fieldset figure footer form h1 h2 h3 h4 h5 h6 header hr main nav ol p pre section table ul',
);

export const htmlGrammar: MarkupGrammar = {
  xml: false,
  void: setOf('area base basefont br col embed frame hr img input keygen link meta param source track wbr'),
  ends: (name) => endedBy[name] ?? (endingParagraph.has(name) ? paragraph : null),
  stray: () => undefined,
};
