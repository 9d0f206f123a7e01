import { withoutOverlaps, type PrivateKind, type PrivateMark } from './marks';
import { namesIn } from './names';
import { privateNumbersIn } from './numbers';
import { startsWithSurname } from './surnames';

/** What is known to be private, wherever it stands. */
export type KnownPrivate = Pick<PrivateMark, 'kind' | 'raw'>;

/**
 * The text with each of the marks masked wherever it stands, also where nothing around it tells what it is: 张某某, 1****5678.
 * Marks of another text of the same document may be given; an empty `raw` marks nothing.
 */
export function redact(text: string, marks: readonly KnownPrivate[]): string {
  const masks = new Map(marks.filter(({ raw }) => raw !== '').map(({ kind, raw }) => [raw, masked(kind, raw)]));
  if (masks.size === 0) return text;
  // longer ones first: 张大山 before 张大
  const any = [...masks.keys()].sort((a, b) => b.length - a.length).map((raw) => raw.replace(/[.*+?^${}()|[\]\\-]/gu, '\\$&'));
  return text.replace(new RegExp(any.join('|'), 'gu'), (raw) => masks.get(raw) ?? raw);
}

/** A title as it may stand in a mail: what is private in it, or known to be from its document, is masked. */
export const publicTitle = (title: string, known: readonly KnownPrivate[] = []): string =>
  redact(title, [...withoutOverlaps([...privateNumbersIn(title), ...namesIn(title)]), ...known]);

function masked(kind: PrivateKind, raw: string): string {
  switch (kind) {
    case 'name': {
      const surname = startsWithSurname(raw) || 1;
      return raw.slice(0, surname) + '某'.repeat(Math.max(raw.length - surname, 1));
    }
    case 'email':
      return `${raw.charAt(0)}****${raw.slice(raw.indexOf('@'))}`;
    case 'idCard':
      return `${raw.charAt(0)}****${raw.slice(-1)}`;
    case 'plate':
      return `${raw.slice(0, 2)}****`;
    case 'phone':
    case 'bankCard':
      return `${raw.charAt(0)}****${raw.slice(-4)}`;
  }
}
