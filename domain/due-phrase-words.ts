/** The number of a Chinese or Arabic numeral up to 9999 (`十二`, `两`, `二〇二五`, `38`); null when it is none. */
export function chineseNumber(text: string): number | null {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  if (/^[〇零○OＯ一二三四五六七八九]{2,4}$/.test(text)) return Number(text.replace(/./gu, (digit) => String(digitOf(digit))));
  if (!/^[零〇一二两三四五六七八九十百千]{1,9}$/.test(text)) return null;
  let total = 0;
  let digit = -1;
  for (const char of text) {
    const scale = char === '十' ? 10 : char === '百' ? 100 : char === '千' ? 1000 : 0;
    if (scale === 0) digit = digitOf(char);
    else {
      total += (digit < 0 ? 1 : digit) * scale;
      digit = -1;
    }
  }
  return total + Math.max(digit, 0);
}

const digitOf = (char: string): number => (char === '两' ? 2 : Math.max('〇一二三四五六七八九'.indexOf(char), 0));

/** One spelling for what is the same: half-width, no blanks or quotes, Arabic numerals before 年, 月, 日, 季度, and of "3、6月" the last. */
export function normalise(raw: string): string {
  return raw
    .normalize('NFKC')
    .replace(/[\s“”"'‘’「」]+/g, '')
    .replace(/廿/g, '二十')
    .replace(/卅/g, '三十')
    .replace(/[〇零○O一二三四五六七八九十百]{1,6}(?=[年月日号]|季度)/g, (word) => String(chineseNumber(word) ?? word))
    .replace(/(?:\d{1,2}月?|[一二三四])、(?=\d{1,2}(?:月|季度))/g, '');
}

/** A stretch of a phrase between marks. Text is what `normalise` gives. */
export interface Clause {
  readonly text: string;
  /** Tells of something done: "已于10月完成". */
  readonly done: boolean;
  /** Speaks of every year, quarter or month: its dates come again and again. */
  readonly recurring: boolean;
  /** Speaks of a side matter (an earlier date, a report due, a part): its dates count only when there are no others. */
  readonly aside: boolean;
}

const doneWords =
  /已(?:经)?(?:.{0,16}(?:完成|完毕|到位|办结|销号)|(?:全部|全面|基本)?(?:整改|解决|落实|纠正|改正|清退|立[行整]立改))(?!方案|台账)/;
const doneAlone = /^(?:全部|全面|基本)?(?:整改|完成)?(?:完成|完毕|到位|办结|销号|完成整改|整改到位|整改完成)$/;
const recurringWords =
  /每(?:[一两二三四五六半\d]{1,2})?个?(?:年|季|月|周|星期|旬|日|天)|逐[年季月周日]|(?<![今明本当去次\d])年年(?![底末内终])|月月/;
const asideWords = /原定|原计划|其中|上报|报送|报告|报备|反馈结果/;

/** The clauses of a normalised phrase. 、 parts them too, but what recurs goes on over it ("每年3月、9月底"). */
export function clausesOf(text: string): Clause[] {
  const clauses: Clause[] = [];
  let recurring = false;
  for (const [part] of text.matchAll(/[,;。、()[\]【】]|[^,;。、()[\]【】]+/gu)) {
    if (/^[,;。、()[\]【】]$/u.test(part)) {
      recurring = recurring && part === '、';
      continue;
    }
    recurring = recurring || recurringWords.test(part);
    clauses.push({ text: part, done: doneWords.test(part) || doneAlone.test(part), recurring, aside: asideWords.test(part) });
  }
  return clauses;
}
