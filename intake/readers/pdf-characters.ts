/** Radicals that printing programs put for the characters that look the same, where Unicode has no folding of its own. */
const radicals = new Map(
  [
    '⺁厂 ⺄乙 ⺅亻 ⺆冂 ⺇几 ⺈刀 ⺉刂 ⺊卜 ⺌小 ⺍小 ⺎尢 ⺒巳 ⺓幺 ⺕彐 ⺖忄 ⺗心 ⺘扌 ⺙攵 ⺛无 ⺜日 ⺝月 ⺞歹 ⺠民 ⺡氵 ⺢水 ⺣灬 ⺤爫 ⺦爿 ⺧牛 ⺨犭 ⺩王 ⺪疋',
    '⺫罒 ⺬示 ⺭礻 ⺮竹 ⺯糸 ⺰纟 ⺱罒 ⺲罒 ⺳网 ⺴网 ⺵网 ⺶羊 ⺷羊 ⺸羊 ⺹老 ⺺聿 ⺻聿 ⺼肉 ⺽臼 ⺾艹 ⺿艹 ⻀艹 ⻁虎 ⻂衤 ⻃覀 ⻄西 ⻅见 ⻆角 ⻇角 ⻈讠 ⻉贝 ⻊足',
    '⻋车 ⻌辶 ⻍辶 ⻎辶 ⻏阝 ⻐钅 ⻑長 ⻒镸 ⻓长 ⻔门 ⻕阝 ⻖阝 ⻗雨 ⻘青 ⻙韦 ⻚页 ⻛风 ⻜飞 ⻝食 ⻞食 ⻟食 ⻠饣 ⻡首 ⻢马 ⻣骨 ⻤鬼 ⻥鱼 ⻦鸟 ⻧卤 ⻨麦 ⻩黄 ⻪黾',
    '⻫斉 ⻬齐 ⻭齒 ⻮齿 ⻯竜 ⻰龙 ⻱龜 ⻲亀',
  ].flatMap((row) => row.split(' ').map((pair): [string, string] => [pair.charAt(0), pair.slice(1)])),
);

/** Radicals and ligatures as the characters that a reader sees. Full-width marks stay as they are. */
export const unified = (text: string): string =>
  text.replace(/[\u2E80-\u2FDF\uFB00-\uFB06]/gu, (char) => radicals.get(char) ?? char.normalize('NFKC'));

/** The commonest characters of Chinese prose about work; in real text every tenth character or so is one of them. */
const common = /[的一不是了在有和人中大为上个发工作问题整改情况完成时间行政年月日]/gu;
const han = /\p{Script=Han}/gu;
const unreadable = /[\uE000-\uF8FF\uFFFD\u0001-\u0008\u000E-\u001F]/gu;

const countOf = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;

/** Whether text is what a font without a table of characters gives: private characters, or ideographs in no language. */
export function isGarbled(text: string): boolean {
  const sample = text.slice(0, 20_000);
  const ideographs = countOf(sample, han);
  return countOf(sample, unreadable) > sample.length * 0.2 || (ideographs > 200 && countOf(sample, common) < ideographs * 0.02);
}
