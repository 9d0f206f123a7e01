import { isShortField, labelsIn } from './labels';
import { closingStart, signature } from './lexicon';
import type { Prose } from './prose';

const date = '(?:\\d{4}|[〇○零一二三四五六七八九]{4})\\s?年.{1,8}日';
const dateAlone = new RegExp(`^[（(]?${date}[)）]?$`);
const signedDate = new RegExp(`^(?<body>[一-鿿（()）]{4,34}?)[\\s\u3000]*${date}$`, 'u');

/** The report's last words, or its signature: a body's name above or before a date, or the date alone. */
export function closes(paragraphs: readonly Prose[], at: number): boolean {
  const text = paragraphs[at]?.text ?? '';
  if (closingStart.test(text)) return true;
  if (dateAlone.test(text)) return !isFieldValue(paragraphs[at - 1]);
  const body = signedDate.exec(text)?.groups?.['body'];
  if (body !== undefined) return signature.test(body);
  return signature.test(text) && dateAlone.test(paragraphs[at + 1]?.text ?? '');
}

/** 整改时限 on a line of its own: the date below it is the limit. */
function isFieldValue(before: Prose | undefined): boolean {
  if (before === undefined) return false;
  const last = labelsIn(before.text.replace(/^[^一-鿿]*(?:[一二三四五六七八九十]{1,3}[、)）.．])?/u, '')).at(-1);
  return last !== undefined && isShortField(last.kind);
}
