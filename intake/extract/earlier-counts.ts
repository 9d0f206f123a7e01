import { chineseNumber } from '../../domain/due-phrase';

/** What a passage counts of earlier findings; null what it does not say, or says in two ways. */
interface EarlierCounts {
  readonly rectified: number | null;
  readonly sustained: number | null;
  readonly outstanding: number | null;
}

const n = '(?<n>\\d{1,5}|[一二两三四五六七八九十百零〇]{1,5})';
const unit = '\\s?余?[个条项件]';
const issues = '(?:具体|突出|主要|重点|反馈|整改|共性|个性|类)*的?问题';
/** What may follow a count: nothing else is counted then (3项制度, 2个月). */
const counted = `(?=${issues}|[，,。；;、：:）)（(“「『《\\s]|$|均|都|已|全部|未|仍|整改|长期|其中|分别|即|中|需)`;
const feeding = '(?<verb>反馈|提出|指出|移交|交办|发现|查出|查摆)';
const before = '[^，,。；;“”「」《》\\n]{0,24}?';

/** 反馈35个问题, 反馈3个方面35个问题, 提出问题35个, 移交5条. Clues 线索 are no findings. */
const fedBack = new RegExp(
  `${feeding}(?:${before}(?<![\\d一二两三四五六七八九十百])${n}${unit}(?:${issues}|(?=[，,。；;、：:（(]|$|均|都|已|全部|其中|中)))`,
  'gu',
);

/** Without a number: 反馈的“甲”“乙”2个问题, 反馈问题中. */
const fedBackUncounted = new RegExp(`${feeding}(?:意见|的|问题)*(?=[“"「『《中里，,整仍未])`, 'gu');

/** A statement that findings were fed back. */
export interface FedBack {
  /** Where the verb stands. */
  readonly at: number;
  readonly end: number;
  readonly findings: number | null;
  /** Where their number stands, which counts nothing else; -1 without one. */
  readonly numberAt: number;
}

/** All statements of findings fed back, in text order. */
export function fedBackIn(text: string): FedBack[] {
  return [...text.matchAll(fedBack)].flatMap((match) => {
    const findings = chineseNumber(match.groups?.['n'] ?? '');
    const end = match.index + match[0].length;
    if (findings === null || /线索/.test(text.slice(match.index, end + 2))) return [];
    return [{ at: match.index, end, findings, numberAt: match.index + match[0].lastIndexOf(match.groups?.['n'] ?? '') }];
  });
}

const state = '(?:完成整改|整改完成|整改到位|整改完毕|整改销号|整改|销号|办结|解决)';
const undone =
  '(?:未|没有?|不|基本|部分|正在|持续|继续|长期|需|须|待|难以?|立行立)(?:能|已|要|全部|完全|彻底|有效|完成|按期|按时|如期|推进|抓紧|到位)*';
const link = '(?:了|的|有|问题|反馈|共|共计|累计|合计|[:：])*\\s?';
/** 已整改35个, 整改到位3个问题. */
const doneThen = new RegExp(`(?<!${undone})${state}${link}${n}${unit}${counted}`, 'gu');
/** 32个已整改到位; not when the number of what is done follows (35个问题已整改30个). */
const thenDone = new RegExp(
  `${n}${unit}(?:${issues})?(?:现|目前)?(?:已|经|均|都|全部|完成)+(?:整改|销号|办结|解决|到位)(?:到位|完成|完毕|销号)?(?!${link}\\d)`,
  'gu',
);
/** 均已整改到位: as many as were fed back. */
const allDone = /(?:全部已?|均已?|都已?|已全部|已均)(?:经)?(?:完成)?(?:整改|销号|办结|解决)/u;

const keptUp = [
  new RegExp(`长期坚持(?:整改|推进)?${link}${n}${unit}${counted}`, 'gu'),
  new RegExp(`${n}${unit}(?:${issues})?(?:需要?|须|为|属于?|列为)?长期坚持`, 'gu'),
];

const bad =
  '(?:整改(?:还|仍|尚|得)?(?:不够?彻底|不够?到位|不力|不实|未到位|未完成|质量(?:不高|较?差)|效果(?:不佳|不好|较?差))|质量不高' +
  '|(?:未|没有|未能|迟迟不)(?:得到|能|按期|有效|全面|彻底|完全|全部|真正|完成)*(?:整改|解决|销号|到位)(?:到位|完成|彻底|完毕)?' +
  '|(?:仍|依然|还|继续|再次|又)(?:然|有|在)*(?:发生|存在|反弹|出现)|反弹|回潮|屡改屡犯|边改边犯|虚假整改|表面整改|纸面整改)';
const badPattern = new RegExp(bad, 'u');
const gap = `(?:[（(][^）)\\n]{0,200}[）)])?(?:(?![\\d一二两三四五六七八九十百]{1,5}${unit})[^，,。；;\\d“”\\n]){0,6}?`;
const open = [
  new RegExp(`${n}${unit}(?:${issues})?${gap}${bad}`, 'gu'),
  new RegExp(`${bad}${link}${n}${unit}${counted}(?!.{0,2}(?:线索|措施|制度))`, 'gu'),
  new RegExp(`(?:仍|还|尚)(?:有|存在)${n}${unit}(?:${issues})?(?=[，,。；;（(]|$)`, 'gu'),
];

/** Statements of findings fed back that give no number. */
export const fedBackUncountedIn = (text: string): FedBack[] =>
  [...text.matchAll(fedBackUncounted)].map(({ 0: words, index }) => ({
    at: index,
    end: index + words.length,
    findings: null,
    numberAt: -1,
  }));

/** The counts of a passage. `findings` is how many were fed back, `numberAt` where that number stands. */
export function countsIn(passage: string, { findings, numberAt }: Pick<FedBack, 'findings' | 'numberAt'>): EarlierCounts {
  const done = only(passage, [doneThen], -1) ?? only(passage, [thenDone], -1);
  return {
    rectified: done ?? (allDone.test(passage) ? findings : null),
    sustained: only(passage, keptUp, -1),
    // 反馈的35个问题整改不彻底 does not say that all 35 are
    outstanding: only(passage, open, numberAt),
  };
}

/** The one number that the patterns find; null when they find none, or different ones. */
function only(passage: string, patterns: readonly RegExp[], except: number): number | null {
  const numbers = patterns.flatMap((pattern) =>
    [...passage.matchAll(pattern)].flatMap((match) => {
      const digits = match.groups?.['n'] ?? '';
      const at = match.index + match[0].indexOf(digits);
      const number = at === except ? null : chineseNumber(digits);
      return number === null ? [] : [{ at, number }];
    }),
  );
  const places = new Map(numbers.map(({ at, number }) => [at, number]));
  const [first = null] = places.values();
  return places.size === 1 ? first : null;
}

const quotation = /[“"‘「『《]([^“”"‘’「」『』《》\n]{2,80})[”"’」』》]/gu;
const counting = new RegExp(`${state}|长期坚持`, 'u');

/** The findings that are quoted as not rectified: in a clause that says so, before it, or after it when nothing else is said. */
export function namedIn(passage: string): string[] {
  const named: string[] = [];
  let pending: string[] = [];
  let lastIsOpen = false;
  for (const { words, quotes } of clausesWithQuotes(passage)) {
    const isOpen = badPattern.test(words);
    const says = isOpen || counting.test(words);
    if (isOpen) named.push(...pending, ...quotes);
    else if (!says && lastIsOpen) named.push(...quotes);
    pending = says || lastIsOpen ? [] : [...pending, ...quotes];
    lastIsOpen = says ? isOpen : lastIsOpen;
  }
  return [...new Set(named)];
}

/** Whether the passage says of any finding that it is not rectified. */
export const saysOpen = (passage: string): boolean => badPattern.test(passage.replace(quotation, ''));

/** The clauses, cut at marks outside quotations; `words` without what they quote. */
function clausesWithQuotes(passage: string): { readonly words: string; readonly quotes: readonly string[] }[] {
  const quoted = [...passage.matchAll(quotation)].map((match) => match[1]?.trim() ?? '');
  let next = 0;
  return passage
    .replace(quotation, '\u0000')
    .split(/[，,；;。！？\n]/u)
    .map((words) => {
      const count = words.split('\u0000').length - 1;
      next += count;
      return { words: words.replaceAll('\u0000', ''), quotes: quoted.slice(next - count, next) };
    });
}
