import type { DraftIssue } from '../draft';
import type { Prose } from '../prose';

type Money = DraftIssue['money'][number];

const amounts =
  /(?<![\d.])(\d{1,12}(?:[,，]\d{3}){0,4}(?:\.\d{1,6})?)\s?(?:余|多)?\s?(亿|千万|百万|万|千)?(?:余|多)?\s?(元(?![旦素件月老])|(?<=[万亿])(?=[。，,；;）)(（、\s]|上缴|退|缴|未|已|罚|用于|资金|$))/gu;
const moneyWords = /元|资金|账户|收费|违规|罚|补助|费|退|缴|债|款|投资|收入|工资|绩效/;
const scales: Readonly<Record<string, number>> = { 亿: 10, 千万: 9, 百万: 8, 万: 6, 千: 5 };

/** Every sum that the text mentions, in yuan, in text order: summary and detail both, so never add them up. */
export function moneyIn(prose: Prose): Money[] {
  const found: Money[] = [];
  for (const match of prose.text.matchAll(amounts)) {
    const [raw, number, scale, unit] = match;
    const clause = clauseAround(prose.text, match.index, match.index + raw.length);
    // 12.3万 without 元 is money only where its sentence speaks of money just before
    if (unit === '' && !moneyWords.test(clause.sentence)) continue;
    const fen = fenOf(number ?? '', scale);
    if (fen !== null) found.push({ amountYuan: Number(fen) / 100, raw: raw.trim(), role: roleOf(clause), line: prose.lineAt(match.index) });
  }
  return found;
}

/** Exact decimal arithmetic: 12.3456万 is 12345600 fen. Null when it has parts of a fen. */
function fenOf(number: string, scale: string | undefined): bigint | null {
  const [whole, fraction = ''] = number.replace(/[,，]/g, '').split('.');
  const places = scale === undefined ? 2 : (scales[scale] ?? 2);
  const digits = fraction.padEnd(places, '0');
  if (/[1-9]/.test(digits.slice(places))) return null;
  return BigInt(`${whole ?? '0'}${digits.slice(0, places)}`);
}

interface Clause {
  /** What stands before it in its sentence, and the clause itself. */
  readonly sentence: string;
  readonly text: string;
  readonly after: string;
}

function clauseAround(text: string, start: number, end: number): Clause {
  const before = /[^，,。；;：:\n]*$/u.exec(text.slice(Math.max(start - 60, 0), start))?.[0] ?? '';
  const after = /^[^，,。；;\n]*/u.exec(text.slice(end, end + 30))?.[0] ?? '';
  const sentence = /[^。！？\n]*$/u.exec(text.slice(Math.max(start - 60, 0), start))?.[0] ?? '';
  return { sentence: sentence + text.slice(start, end) + after, text: before + text.slice(start, end) + after, after };
}

/** What became of the sum (design.md, MoneyItem), when its own clause says so. */
const roles: readonly (readonly [string, RegExp])[] = [
  ['未到位', /(?:无法|尚未|未能|未|待)(?:退|追缴|上缴|收缴|到位|收回|清退|缴)|未到位/],
  ['上缴廉政账户', /廉政账户/],
  ['上缴国库', /(?:缴|汇|退还).{0,14}(?:国库|财政)|(?:国库|财政).{0,8}(?:缴|汇)/],
  ['调账核销', /调账|核销/],
  ['应追缴', /应(?:予)?(?:追缴|追回|收缴|上缴)/],
  ['应退', /应(?:予)?(?:退|清退)/],
  ['已追缴', /(?<!处以|责令|要求|应当|需)(?:追缴|追回|收缴|收回)(?!.{0,6}(?:应|计划|将))/],
  ['已退还', /(?<!处以|责令|要求|应当|需)(?:退还|退回|清退|退费|退款|退缴)(?!.{0,4}(?:应|计划|将))/],
];

/** What stands behind the sum tells of it first: 无法退还的…元退还财政 has gone to the treasury. */
function roleOf({ text, after }: Clause): string | null {
  const first = roles.find(([, pattern]) => pattern.test(after)) ?? roles.find(([, pattern]) => pattern.test(text));
  return first?.[0] ?? null;
}
