import { finding, type Check } from './context';

/** Pairs of characters that scanning and typing confuse in the names of places and bodies 形近字、同音字. */
const pairs =
  '邙邛 缙缑 己已 已巳 未末 沐沭 汨汩 冼洗 祟崇 裸棵 侯候 戌戍 壸壶 毫亳 郸郫 沂泝 坞埠 廪禀 淦滏 垱挡 埇桶 圩圬 洺洛 浚峻 岚岗 岙岛 杨扬 茌荏 鄄甄 歙翕 盱盯 眙胎 莒营 菏荷 荥荣 郾堰 郯剡 泺乐 峄绎 绛降 巩恐 汜氾 汴汁 栾柰 崖涯 岭领 峰锋 州洲 园圆 湾弯 屏坪 塘糖 溪奚 渡度 墩敦 墟虚 沟构 坝贝 旗棋 淇琪 漳璋 滨宾 昌冒 鼓故 桥侨 青清 辉晖 圣盛 祥样 锦绵 榆愉 柏拍 阜埠 汇江 晋普';

/** Each character with those that it is confused with. */
const confusable = new Map<string, string[]>();
for (const pair of pairs.split(' ')) {
  for (const [one, other] of [
    [pair.charAt(0), pair.charAt(1)],
    [pair.charAt(1), pair.charAt(0)],
  ] as const)
    confusable.set(one, [...(confusable.get(one) ?? []), other]);
}
const unitNames = /([一-鿿]{2})(?:镇|乡|街道|社区|村|卫生院|学校|小学|中学|医院|公司|中心|林场|分局|派出所|服务站|水库|合作社)/gu;

/** Two spellings of one unit: names of the same kind that differ in one easily confused character. */
export const unitSpellings: Check = ({ paragraphs }) => {
  const seen = new Map<string, number>();
  return paragraphs.flatMap((prose) =>
    [...prose.text.matchAll(unitNames)].flatMap((match) => {
      const stem = match[1] ?? '';
      if (seen.has(stem)) return [];
      const line = prose.lineAt(match.index);
      seen.set(stem, line);
      return spellingsOf(stem).flatMap((other) => {
        const known = seen.get(other);
        return known === undefined
          ? []
          : [finding('warning', 'unitSpelling', `“${other}”与“${stem}”疑为同一单位的两种写法，请核对。`, [known, line])];
      });
    }),
  );
};

/** What a name of two characters may have been meant to be. */
const spellingsOf = (stem: string): string[] => [
  ...(confusable.get(stem.charAt(0)) ?? []).map((char) => char + stem.charAt(1)),
  ...(confusable.get(stem.charAt(1)) ?? []).map((char) => stem.charAt(0) + char),
];

/** Characters that were lost before the file came here. */
export const damagedText: Check = ({ paragraphs }) => {
  const lines = paragraphs.flatMap((prose) => [...prose.text.matchAll(/\uFFFD/gu)].map((match) => prose.lineAt(match.index)));
  return lines.length === 0 ? [] : [finding('warning', 'damagedText', '文中有无法解码的字符，请对照原件核对。', lines)];
};

/** A sum without its unit: 金额12345予以…. */
export const amountWithoutUnit: Check = ({ paragraphs }) =>
  paragraphs.flatMap((prose) =>
    [...prose.text.matchAll(/(?:金额|资金|款项)(?:为|共|共计)?(\d{3,12}(?:\.\d{1,2})?)(?![\d.]|\s?[元万亿千百个项笔年%])/gu)].map((match) =>
      finding('info', 'amountWithoutUnit', `金额“${match[1] ?? ''}”没有写单位，未计入资金。`, [prose.lineAt(match.index)]),
    ),
  );
