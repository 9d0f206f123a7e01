import type { LocalDate } from '../time';
import type { Letter } from './letter';
import { openingOf, type LetterKind } from './letter-words';

const COPIES = '抄送：';
const CONTACT = '联系人：';

/**
 * The letter that a signed text says, for papers signed before letters were kept as values: the paragraphs stand as they were signed,
 * nothing is worded anew. Reads the frame of `letterLines`: title, number, blank, addressee, paragraphs, blank, issuer, day, copies.
 * Null for a text that has another frame.
 */
export function letterOfText(text: string, { kind, signedOn }: { readonly kind: LetterKind; readonly signedOn: LocalDate }): Letter | null {
  const lines = text.split('\n');
  const [title, number, , addressee] = lines;
  const end = lines.lastIndexOf('');
  const [issuer, , copies] = lines.slice(end + 1);
  if (end < 5 || lines[2] !== '' || title === undefined || number === undefined || issuer === undefined) return null;
  if (addressee?.endsWith('：') !== true) return null;
  const body = lines.slice(4, end);
  const contact = body.find((line) => line.startsWith(CONTACT));
  // the kinds whose opening does not depend on a basis write it themselves
  const prose = body.filter((line) => line !== contact && line !== openingOf({ kind, basis: [] }));
  return {
    kind,
    title,
    number,
    addressee: addressee.slice(0, -1),
    copies: copies?.startsWith(COPIES) === true ? copies.slice(COPIES.length).split('、') : [],
    basis: [],
    facts: prose.slice(0, -1).join('\n'),
    matters: [],
    requirement: prose.at(-1) ?? '',
    replyBy: null,
    replyWorkdays: null,
    consequence: null,
    contact: contact?.slice(CONTACT.length) ?? null,
    issuer,
    office: issuer,
    asOf: signedOn,
    signedOn,
    fields: [],
  };
}
