import { narrow } from '../extract/width';
import { sentences, type Prose } from '../prose';
import { finding, type Check } from './context';

const units = '(?<u>[名人]|个|项|件|家|例|户|所|张)';
const share = new RegExp(
  `(?<![\\d.])(?<part>\\d{1,7})\\s?${units}[，,]?(?:仅|只|约)?占(?<base>(?:比|[^\\d%，,。；;]{0,16}?))(?:为|达)?(?<rate>\\d{1,3}(?:\\.\\d{1,2})?)%`,
  'gu',
);
const counts = new RegExp(`(?<![\\d.])(?<n>\\d{1,7})\\s?${units}(?!次)`, 'gu');

interface Share {
  readonly part: number;
  readonly unit: string;
  readonly base: string;
  readonly rate: string;
  readonly at: number;
}

interface Count {
  readonly value: number;
  readonly unit: string;
  readonly at: number;
  readonly end: number;
}

const unitClass = (unit: string): string => (unit === '名' ? '人' : unit);

/** A share that its own numbers do not give: 778人…1人，仅占1.3%. Told only where the whole is beyond doubt. */
export const percentages: Check = ({ paragraphs }) =>
  paragraphs.flatMap((prose) => sentences(prose.text).flatMap((range) => ofSentence(prose, range)));

function ofSentence(prose: Prose, { start, end }: { readonly start: number; readonly end: number }): ReturnType<Check> {
  const text = narrow(prose.text.slice(start, end));
  if (!text.includes('占') || text.length > 2000) return [];
  // 100人、45人，占22%、26.5% shares out in pairs
  const single = [...text.matchAll(share)].filter(
    ({ 0: words, index }) =>
      !/^[、和]\s?\d/u.test(text.slice(index + words.length)) && !/\d\s?[名人个项件家例户所张]?[、和]$/u.test(text.slice(0, index)),
  );
  const shares = single.map(({ groups = {}, index }) => ({
    part: Number(groups['part']),
    unit: unitClass(groups['u'] ?? ''),
    base: groups['base'] ?? '',
    rate: groups['rate'] ?? '',
    at: index,
  }));
  const numbers = [...text.matchAll(counts)].map(({ 0: words, groups = {}, index }) => ({
    value: Number(groups['n']),
    unit: unitClass(groups['u'] ?? ''),
    at: index,
    end: index + words.length,
  }));
  const wholes = new Map(
    shares.map((one) => [one, numbers.filter((whole) => whole.at < one.at && whole.unit === one.unit && whole.value >= one.part)]),
  );
  const confirmed = shares.flatMap((one) => (wholes.get(one) ?? []).filter((whole) => fits(one, whole.value)).slice(0, 1));
  return shares.flatMap((one) => {
    const candidates = wholes.get(one) ?? [];
    if (candidates.some((whole) => fits(one, whole.value))) return [];
    const whole = candidates.find((candidate) => confirmed.includes(candidate)) ?? ofWhich(text, one, candidates);
    if (whole === undefined) return [];
    const is = Math.round((one.part / whole.value) * 10_000) / 100;
    return [
      finding('warning', 'percentMismatch', `文中称 ${one.part} 占 ${one.rate}%，按同句的 ${whole.value} 计算为 ${is}%。`, [
        prose.lineAt(start + one.at),
      ]),
    ];
  });
}

/** Rounded or cut off in its last place. */
function fits({ part, rate }: Share, whole: number): boolean {
  const step = 10 ** -(rate.split('.')[1] ?? '').length;
  return whole > 0 && Math.abs((part / whole) * 100 - Number(rate)) < step + 1e-9;
}

/** 659人，其中党员122人，占18.5%: the whole is what stands right before 其中, when the share is of nothing else. */
function ofWhich(text: string, { at, base }: Share, candidates: readonly Count[]): Count | undefined {
  if (!/^比?$|总/u.test(base)) return undefined;
  const whole = candidates.at(-1);
  return whole !== undefined && /^[，,。；;：:]?其中/u.test(text.slice(whole.end)) && at - whole.end < 40 ? whole : undefined;
}
