import { chineseNumber } from '../../domain/due-phrase';

/** An earlier inspection or audit as a finding words it. */
export interface EarlierRound {
  /** Who and what: `2018年市委第三巡察组常规巡察`; null when only 上轮 or the like is said. */
  readonly source: string | null;
  readonly year: number | null;
  /** 上轮, 以往 and the like. */
  readonly saysEarlier: boolean;
  /** Whether year, 上轮 or kind tell it from any check that anybody may make. */
  readonly identified: boolean;
  /** Where its words begin in the text. */
  readonly at: number;
}

const yearWords = '(?<![\\d.])(?:19|20)\\d\\d\\s?(?=年)|二[〇○零][〇○零一二三四五六七八九]{2}\\s?(?=年)';
const yearPattern = new RegExp(yearWords, 'gu');
const yearRange = /(?:19|20)\d\d\s?年?\s?(?:至|到|、|和|及|[-—–~～]{1,2})\s?(?:19|20)\d\d\s?年/u;
const kinds =
  /(?:巡察|巡视|巡查|审计|督察|督查|(?:专项|监督|执纪|联合)检查|整治)(?:[“"]?回头看[”"]?|组|局|厅|署|办公室|办|工作|行动|活动)*/gu;
const earlierWords = /上一?[轮次届]|前一?[轮次]|前[几两三]轮|以往|此前|历[次年轮]|往年|往届/u;
const thisRound = /本[轮次]|此[轮次]|这[轮次]|自查|自评/u;
/** What stands before the round: 针对…, 经…; 对县农业局开展的专项巡察 is a part of it. */
const lead = /^.*(?:针对|关于|对于|落实|经(?!济|营|费)|[由抓]|对(?![^，,]{1,24}(?:开展|进行|实施|组织)))/u;
/** 县审计局2021年预算执行审计: who, before the year. */
const bodyBefore = /[一-鿿]{0,10}(?:审计|巡察|巡视|督[察查])[一-鿿]{0,8}(?:组|局|厅|署|办)$/u;
/** Between the end of a clause and the verb: 2020年预算审计，共反馈5个问题. */
const filler = /^(?:共计?|合计|累计|一共|总计|其|并|分别|已|曾|所)*(?:(?:向|对|给)[^，,]{1,24}?)?(?:共计?|合计|累计|一共|总计|分别|所)*$/u;
/** Kinds that inspect by name alone; a check or a campaign without its year may be anybody's. */
const inspects = /巡[察视]|审计/u;

/**
 * The round that a finding speaks of right before `feedback`, the offset of 反馈, 提出 or the like: in its own clause, or in the
 * clause before when its own has no subject. Nothing before `from` counts. Null for the present round, and when none is named.
 */
export function earlierRoundAt(text: string, from: number, feedback: number): EarlierRound | null {
  const clauses = clausesOf(text, from, feedback);
  const own = clauses.pop();
  if (own === undefined || thisRound.test(own.words)) return null;
  const inOwn = roundIn(own.words);
  const hasSubject = !filler.test(own.words.trim());
  const clause = inOwn !== null || hasSubject ? own : clauses.findLast(({ words }) => roundIn(words) !== null);
  if (clause === undefined || thisRound.test(clause.words)) return null;
  const round = inOwn ?? roundIn(clause.words);
  if (round === null) return null;
  // 2018年5月，市委第三巡察组反馈…: the year stands in front
  const sentence = clauses.filter(({ at }) => at < clause.at && !/[。！？\n]/.test(text.slice(at, clause.at)));
  const year = round.year ?? (round.isRange ? null : lastYear(sentence.map(({ words }) => words).join('，')));
  const identified = year !== null || round.isRange || round.saysEarlier || inspects.test(round.source ?? '');
  return { source: round.source, year, saysEarlier: round.saysEarlier, identified, at: clause.at + round.at };
}

function clausesOf(text: string, from: number, to: number): { readonly words: string; readonly at: number }[] {
  const clauses: { words: string; at: number }[] = [];
  let at = from;
  for (const { index } of text.slice(from, to).matchAll(/[，,。；;：:！？\n]/gu)) {
    clauses.push({ words: text.slice(at, from + index), at });
    at = from + index + 1;
  }
  return [...clauses, { words: text.slice(at, to), at }];
}

/** The round that a clause names, from its year (else 上轮, else what stands after 对 or 关于) to the last word of its kind. */
function roundIn(words: string): (Omit<EarlierRound, 'identified'> & { readonly isRange: boolean }) | null {
  const earlier = earlierWords.exec(words);
  const kind = [...words.matchAll(kinds)].at(-1);
  if (kind === undefined)
    return earlier === null ? null : { source: null, year: lastYear(words), saysEarlier: true, isRange: false, at: earlier.index };
  const named = words.slice(0, kind.index + kind[0].length);
  const range = yearRange.exec(named);
  const years = range === null ? [...named.matchAll(yearPattern)].at(-1) : undefined;
  const stated = [range?.index, years?.index, earlier?.index].filter((index) => index !== undefined && index < kind.index);
  const start = lead.exec(named.slice(0, kind.index))?.[0].length ?? 0;
  const first = Math.min(...stated.flatMap((index) => index ?? []));
  const at = stated.length === 0 ? start : first - (bodyBefore.exec(named.slice(start, first))?.[0].length ?? 0);
  const year = years === undefined ? null : chineseNumber(years[0].trim());
  return { source: tidy(named.slice(at)), year, saysEarlier: earlier !== null, isRange: range !== null, at };
}

const lastYear = (text: string): number | null => chineseNumber([...text.matchAll(yearPattern)].at(-1)?.[0].trim() ?? '');

/** 市委巡察组对县农业局开展的专项巡察 is 市委巡察组专项巡察. */
const tidy = (words: string): string =>
  words
    .replace(/(?:对|向|给)[^，,]{1,24}?(?:开展|进行|实施|组织)[了的]*/gu, '')
    .replace(/(?:开展|进行|实施|组织)[了的]*(?=[一-鿿]{0,8}(?:巡察|巡视|审计|检查|督查|督察|整治))/gu, '')
    .replace(/[\s“”"「」]+/gu, '');
