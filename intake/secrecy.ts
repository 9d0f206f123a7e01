import { badInput } from '../domain/failure';

// Layout of the marking: GB/T 9704-2012, 7.2.2 (top left of the first page: level, ★, period); 保守国家秘密法 articles 23 and 24.
const level = '(?:秘密|机密|绝密)';
const star = '[★☆✩✪⭐*]';
const term = '(?:\\d{1,2}年|[一二三四五六七八九十]{1,3}年|\\d{1,2}个?月|长期|永久|(?:解密|公布|启封|启用|公开)前)';
const opening = '(?:^|[\\s|｜:：>])[\\[【〔(（]?';
const closing = '[\\]】〕)）]?(?=$|[\\s|｜,，。;；])';

/** 秘密★1年, 机密★, ★绝密, standing for itself: at the edge of a line, a cell or a gap. In a sentence it is quoted or joined to words. */
const starred = new RegExp(`${opening}(?:${level}级?${star}${term}?|${star}${level}${term}?)${closing}`, 'u');
/** 密级：机密, 密级 秘密1年. */
const labelled = new RegExp(`${opening}(?:文件)?密级[\\s:：]*${level}级?(?:${star}?${term}|${star})?${closing}`, 'u');
/** A line or a cell that is nothing but the level, its period and how urgent it is. */
const alone = new RegExp(`^[\\[【〔(（]?${level}级?(?:${star}|[·.])?[（(]?${term}?[)）]?[\\]】〕)）]?(?:特急|加急|平急|急件)?$`, 'u');

/** The lines of a first page: the level alone counts only there. */
const firstLines = 30;
/** A marking without line breaks stands at the beginning or the end of what it marks. */
const edgeLength = 60;

/**
 * State secrets never enter (design.md, section 2): throws badInput `stateSecret` when the text bears a 密级 marking.
 * The words 保密, 工作秘密, 国家秘密 or 涉密 in prose are no marking. The message repeats nothing of the text.
 */
export function refuseStateSecret(lines: readonly string[]): void {
  if (!lines.some((line, index) => isMarked(line, index, lines[index + 1] ?? ''))) return;
  throw badInput(
    'stateSecret',
    '文件带有国家秘密密级标志，没有读取，也没有保留任何内容。',
    '涉密文件不得进入本系统，请按保密规定线下办理，只登记编号、单位和日期。',
  );
}

function isMarked(line: string, index: number, next: string): boolean {
  const text = joined(line);
  const edges = text.length <= 2 * edgeLength ? [text] : [`${text.slice(0, edgeLength)}…`, `…${text.slice(-edgeLength)}`];
  if (edges.some((edge) => starred.test(edge) || labelled.test(edge))) return true;
  const cells = line.includes('\t') ? cellsOf(line) : [];
  if (cells.length > 1)
    return cells.some((cell, at) => alone.test(cell) && (index < firstLines || at === 0 || /密级/u.test(cells[at - 1] ?? '')));
  if (index >= firstLines || text.length > edgeLength) return false;
  const bare = text.replace(/\s+/gu, '');
  // 秘 and 密 one below the other, as a frame's text comes out
  return alone.test(bare) || (/^[秘机绝]$/u.test(bare) && /^密(?:[★☆*]|$)/u.test(next.replace(/\s+/gu, '')));
}

/** A sheet's row may hold thousands of cells; those of a marking are short. */
const cellsOf = (line: string): string[] =>
  line.split('\t').map((cell) => (cell.length > edgeLength ? '' : joined(cell).replace(/\s+/gu, '')));

/** Letters that a layout has spaced out stand together again: 机 密 ★ 1 年. */
const joined = (text: string): string =>
  text
    .replace(/[\u200B-\u200D\u2060\uFEFF\u00AD]/gu, '')
    .replace(/＊/gu, '*')
    .replace(/[０-９]/gu, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0))
    .replace(/([秘机绝])[ \u3000\u00A0]{1,8}密/gu, '$1密')
    .replace(/密[ \u3000\u00A0]{1,8}(?=[★☆✩✪⭐*级])/gu, '密')
    .replace(/([★☆✩✪⭐*])[ \u3000\u00A0]{1,8}(?=[\d一二三四五六七八九十长永秘机绝解公启])/gu, '$1')
    .replace(/(\d)[ \u3000\u00A0]{1,4}(?=[年个月])/gu, '$1')
    .trim();
