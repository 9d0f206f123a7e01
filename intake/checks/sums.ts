import { moneyMentions } from '../extract/money';
import { narrow } from '../extract/width';
import { sentences, type Prose } from '../prose';
import { finding, type Check } from './context';

interface Term {
  readonly value: number;
  /** One unit in the last place written. */
  readonly step: number;
  readonly at: number;
  readonly end: number;
}

const totalWord =
  /^(?:[)）]|[（(][^（()）]{0,16}[)）])?[，,；;、]?(?:以上|[两三四五六]项)?(?:共计|合计|总计)(?:金额|资金|收入|支出|人数)?(?:为|达|[:：])?\s?$/u;
const between = /^[^。；;]{0,28}$/u;

/** A list whose stated total is not its sum: 食堂5万元、车棚3万元，共计9万元. Lists of rounded or approximate numbers are left alone. */
export const sums: Check = ({ paragraphs }) =>
  paragraphs.flatMap((prose) =>
    sentences(prose.text).flatMap(({ start, end }) => {
      const part = prose.slice(start, end);
      if (part.text.length > 2000 || !/共计|合计|总计/u.test(part.text)) return [];
      return [...moneyOf(part), ...countsOf(part)].flatMap((terms) => wrongTotals(part, terms));
    }),
  );

function moneyOf(part: Prose): Term[][] {
  const mentions = moneyMentions(part);
  // an approximate number breaks the list
  const lists: Term[][] = [[]];
  for (const { amountYuan, step, at, end, about } of mentions) {
    if (about) lists.push([]);
    else lists.at(-1)?.push({ value: amountYuan, step, at, end });
  }
  return lists;
}

const counted = /(?<![\d.第])(?<n>\d{1,7})\s?(?<u>人次|[人名]|[个项条件起])(?!月)/gu;

function countsOf(part: Prose): Term[][] {
  const lists = new Map<string, Term[]>();
  for (const { 0: words, index, groups = {} } of narrow(part.text).matchAll(counted)) {
    const unit = groups['u'] === '名' ? '人' : (groups['u'] ?? '');
    lists.set(unit, [...(lists.get(unit) ?? []), { value: Number(groups['n']), step: 1, at: index, end: index + words.length }]);
  }
  return [...lists.values()];
}

function wrongTotals(part: Prose, terms: readonly Term[]): ReturnType<Check> {
  let from = 0;
  return terms.flatMap((total, index) => {
    const last = terms[index - 1];
    if (last === undefined || !totalWord.test(part.text.slice(last.end, total.at))) return [];
    const list = listBefore(part.text, terms.slice(from, index));
    from = index + 1;
    if (list.length < 2 || addsUp(list, total)) return [];
    const sum = Math.round(list.reduce((all, { value }) => all + value, 0) * 100) / 100;
    const message = `文中称合计 ${part.text.slice(total.at, total.end).trim()}，所列各项相加为 ${sum}。`;
    return [finding('warning', 'sumMismatch', message, [part.lineAt(list[0]?.at ?? total.at), part.lineAt(total.at)])];
  });
}

/** The terms that stand in a row right before the total. */
function listBefore(text: string, terms: readonly Term[]): Term[] {
  const list: Term[] = [];
  for (const term of terms.toReversed()) {
    const next = list[0];
    const gap = next === undefined ? '' : text.slice(term.end, next.at);
    if (next !== undefined && (!between.test(gap) || !/[、，,和及]/u.test(gap) || /其中|余|剩|扣除|减|超|低于|高于/u.test(gap))) break;
    list.unshift(term);
  }
  return list;
}

/** The whole list or its last terms may be what is summed up. */
function addsUp(list: readonly Term[], total: Term): boolean {
  let sum = 0;
  let slack = total.step;
  return list.toReversed().some((term, index) => {
    sum += term.value;
    slack += term.step > total.step ? term.step / 2 : 0;
    return index >= 1 && Math.abs(sum - total.value) < slack - 1e-6;
  });
}
