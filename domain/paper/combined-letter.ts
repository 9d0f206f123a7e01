import { badInput } from '../failure';
import type { Letter } from './letter';
import { factsOf, letterTitles, requirementOf } from './letter-words';
import type { SheetField } from './sheet-fields';

/**
 * Joins letters into one with a list: one paper per addressee, kind and day (design.md, section 3).
 *
 * What an office would do, and why:
 * - One paper is answered once, so it names one day, and that is the latest: nobody's term becomes shorter by being put together with
 *   others. Of drafts likewise the longest term.
 * - Facts are summed up, the list tells each matter; it runs by reference, as the ledger does.
 * - Copies and bases are united: whoever would have got a copy of one gets the one paper there is. A copy to the addressee is dropped.
 * - A letter that has its number already has gone out by itself; only what has one number, or none, is one paper.
 * - The cells of a sheet must be the same but for the facts: two talks at two times are two notices.
 *
 * Throws badInput: no letter; letters of different kind, addressee, issuer, day or number; a matter twice; cells that differ.
 */
export function combinedLetter(letters: readonly Letter[]): Letter {
  const [first, ...others] = letters;
  if (!first) throw badInput('letter.none', '没有可以合并的文书。', '请至少选择一份文书。');
  if (others.length === 0) return first;
  for (const { same, what } of likeness)
    if (others.some((other) => same(other) !== same(first)))
      throw badInput(`letter.${what.code}`, `${letterTitles[first.kind]}的${what.words}不一致，不能合并为一份。`, what.todo);

  const matters = letters
    .flatMap((letter) => letter.matters)
    .sort((a, b) => (a.reference < b.reference ? -1 : a.reference > b.reference ? 1 : 0));
  const twice = matters.find(
    ({ reference, title }, index) => matters[index + 1]?.reference === reference && matters[index + 1]?.title === title,
  );
  if (twice) throw badInput('letter.sameMatter', `事项${twice.reference}在要合并的文书中出现两次。`, '请去掉重复的一份。');

  const replyBy = latest(letters.map((letter) => letter.replyBy));
  const replyWorkdays = latest(letters.map((letter) => letter.replyWorkdays));
  const facts = factsOf(matters, first.asOf);
  const contacts = unique(letters.flatMap(({ contact }) => (contact === null ? [] : [contact])));
  return {
    ...first,
    copies: unique(letters.flatMap(({ copies }) => copies)).filter((copy) => copy !== first.addressee),
    basis: unique(letters.flatMap(({ basis }) => basis)),
    facts,
    matters,
    requirement: requirementOf(first.kind, { replyBy, replyWorkdays }, matters.length),
    replyBy,
    replyWorkdays,
    contact: contacts.length > 0 ? contacts.join('；') : null,
    fields: commonFields(letters, facts),
  };
}

interface Likeness {
  readonly same: (letter: Letter) => string | null;
  readonly what: { readonly code: string; readonly words: string; readonly todo: string };
}

const likeness: readonly Likeness[] = [
  { same: ({ kind }) => kind, what: { code: 'kindsDiffer', words: '文种', todo: '请按文种分别合并。' } },
  { same: ({ addressee }) => addressee, what: { code: 'addresseesDiffer', words: '主送', todo: '请按收文对象分别合并。' } },
  { same: ({ issuer }) => issuer, what: { code: 'issuersDiffer', words: '署名', todo: '请按发文单位分别合并。' } },
  { same: ({ office }) => office, what: { code: 'issuersDiffer', words: '发文机关', todo: '请按发文单位分别合并。' } },
  { same: ({ asOf }) => asOf, what: { code: 'daysDiffer', words: '日期', todo: '请只合并同一天的文书。' } },
  { same: ({ signedOn }) => signedOn, what: { code: 'daysDiffer', words: '成文日期', todo: '已签发的与草稿不能合并，请分别处理。' } },
  { same: ({ number }) => number, what: { code: 'numbersDiffer', words: '文号', todo: '请在编号之前合并；已编号的文书各自成文。' } },
];

/** Cells that say the letter's own facts say those of the joined letter; all others must agree. */
function commonFields(letters: readonly Letter[], facts: string): SheetField[] {
  const sheets = letters.map((letter) =>
    letter.fields.map(({ label, value }) => ({ label, value: value === letter.facts ? facts : value })),
  );
  const [first = [], ...others] = sheets;
  const odd = first.find(({ value }, index) => others.some((fields) => fields[index]?.value !== value));
  if (odd) throw badInput('letter.fieldsDiffer', `各份文书的“${odd.label}”不一致，不能合并为一份。`, '请分别成文，或先改为一致。');
  return first;
}

/** The greatest of what is named; null when one names nothing. */
function latest<T extends string | number>(values: readonly (T | null)[]): T | null {
  const named = values.filter((value) => value !== null);
  return named.length < values.length
    ? null
    : named.reduce<T | null>((last, value) => (last === null || value > last ? value : last), null);
}

const unique = (texts: readonly string[]): string[] => [...new Set(texts)];
