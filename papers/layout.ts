import type { IFontAttributesProperties } from 'docx';

// The numbers of GB/T 9704-2012 (党政机关公文格式) as a text processor takes them: twips are twentieths of a point.

const MM = 1440 / 25.4;
const twips = (mm: number): number => Math.floor(mm * MM);
const TWIPS_PER_POINT = 20;

/** A4; 天头 37, 订口 28 and 版心 156 × 225 mm, so that 26 mm are left on the right and 35 below. The page number stands 7 mm under it. */
export const page = {
  size: { width: 11906, height: 16838 },
  margin: { top: twips(37), left: twips(28), right: twips(26), bottom: twips(35), header: twips(15), footer: twips(21.5), gutter: 0 },
} as const;

/** Width of the text block in twips. */
export const textWidth = page.size.width - page.margin.left - page.margin.right;

/** 22 lines of 28.95 pt fill 225 mm; 29 pt would leave only 21. */
export const LINE = 579;

/** 28 characters of 16 pt are 448 pt and the line has 442: each stands a quarter point closer. */
export const CHARACTER_SPACING = -5;

/** The opening mark of the head stands 35 mm under the top of the text block; the red line 4 mm under the number. */
export const head = { above: twips(35), rulePoints: 11, largestPoints: 36, smallestPoints: 22, red: 'FF0000' } as const;

/** Sizes in points: 2号, 3号, 4号 and 五号. */
export const points = { title: 22, body: 16, small: 14, cell: 10.5 } as const;

export const halfPoints = (size: number): number => size * 2;

/** So many characters of a size, in twips: an indent in points stays what it is when another font steps in. */
export const characters = (count: number, size: number): number => Math.round(count * size * TWIPS_PER_POINT);

/** Points that a text takes on a line of its own: a wide character its size, an ASCII one half. */
export const widthPoints = (text: string, size: number): number =>
  Array.from(text).reduce((sum, character) => sum + (character <= '\u007f' ? size / 2 : size), 0);

/** Chinese characters of a run take `eastAsia`; without it Word shows them in 宋体. Figures take the Latin font. */
const face = (eastAsia: string, latin = 'Times New Roman'): IFontAttributesProperties => ({
  ascii: latin,
  hAnsi: latin,
  cs: latin,
  eastAsia,
});

export const fonts = {
  title: face('方正小标宋简体'),
  body: face('仿宋'),
  bold: face('黑体'),
  song: face('宋体', '宋体'),
} as const;

/**
 * What stands in for a font that a machine lacks (`w:altName` of the font table): Windows ships no 小标宋, and the 2312 faces of older
 * offices have other names.
 */
export const alternatives: readonly { readonly name: string; readonly instead: readonly string[] }[] = [
  { name: '方正小标宋简体', instead: ['方正小标宋_GBK', '小标宋', '华文中宋', 'STZhongsong', '宋体'] },
  { name: '仿宋', instead: ['FangSong', '仿宋_GB2312', '方正仿宋_GBK', '华文仿宋', 'STFangsong'] },
  { name: '黑体', instead: ['SimHei', '方正黑体_GBK', '华文黑体', 'STHeiti'] },
  { name: '宋体', instead: ['SimSun', '华文宋体', 'STSong'] },
];
