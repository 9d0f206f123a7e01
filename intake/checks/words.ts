import { finding, type Check } from './context';

/** Pairs of characters that scanning and typing confuse in the names of places and bodies 形近字. */
const confusable = new Set(
  '邙邛 缙缑 己已 已巳 未末 沐沭 汨汩 冼洗 祟崇 裸棵 侯候 戌戍 壸壶 毫亳 郸郫 沂泝 坞埠 廪禀 淦滏 垱挡 埇桶 圩圬 洺洛 浚峻 岚岗 岙岛 杨扬 茌荏 鄄甄 歙翕 盱盯 眙胎 莒营 菏荷 荥荣 郾堰 郯剡 泺乐 峄绎 绛降 巩恐 汜氾 汴汁 栾柰'
    .split(' ')
    .flatMap((pair) => [pair, pair.charAt(1) + pair.charAt(0)]),
);
const unitNames = /([一-鿿]{2})(?:镇|乡|街道|社区|村|卫生院|学校|小学|中学)/gu;

/** Two spellings of one unit: names that differ in one easily confused character. */
export const unitSpellings: Check = ({ paragraphs }) => {
  const seen = new Map<string, number>();
  for (const prose of paragraphs) {
    for (const match of prose.text.matchAll(unitNames)) {
      const stem = match[1] ?? '';
      const known = seen.get(stem);
      if (known === undefined) seen.set(stem, prose.lineAt(match.index));
    }
  }
  const characters = new Set([...confusable].map((pair) => pair.charAt(0)));
  const suspicious = [...seen].filter(([stem]) => characters.has(stem.charAt(0)) || characters.has(stem.charAt(1)));
  return suspicious.flatMap(([stem, line], index) =>
    suspicious
      .slice(index + 1)
      .flatMap(([other, otherLine]) =>
        differInOne(stem, other)
          ? [finding('warning', 'unitSpelling', `“${stem}”与“${other}”疑为同一单位的两种写法，请核对。`, [line, otherLine])]
          : [],
      ),
  );
};

function differInOne(a: string, b: string): boolean {
  const first = a.charAt(0) + b.charAt(0);
  const second = a.charAt(1) + b.charAt(1);
  if (a.charAt(0) === b.charAt(0)) return confusable.has(second);
  return a.charAt(1) === b.charAt(1) && confusable.has(first);
}

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
