import { docxLines, li, list, lvl, numberingOf, p } from './docx-file';

/** The labels of n paragraphs on one level of a format. */
const labels = (format: string, start: number, count: number): string[] => {
  const override = `<w:lvlOverride w:ilvl="0"><w:startOverride w:val="${start}"/></w:lvlOverride>`;
  const numbering = numberingOf(list(0, lvl(0, format, '%1、'), { 1: override }));
  return docxLines(li(1, 0, '').repeat(count), { numbering }).map((line) => line.replace('、', ''));
};

test.each([
  ['decimal', 9, ['9', '10', '11']],
  ['decimalZero', 9, ['09', '10', '11']],
  ['decimalFullWidth', 9, ['９', '１０', '１１']],
  ['chineseCounting', 9, ['九', '十', '十一', '十二']],
  ['chineseCounting', 99, ['九十九', '一○○', '一○一']],
  ['chineseCountingThousand', 19, ['十九', '二十', '二十一']],
  ['chineseCountingThousand', 100, ['一百', '一百零一']],
  ['chineseCountingThousand', 110, ['一百一十', '一百一十一']],
  ['chineseCountingThousand', 1005, ['一千零五', '一千零六']],
  ['chineseCountingThousand', 20100, ['二万零一百']],
  ['ideographDigital', 9, ['九', '一〇', '一一']],
  ['japaneseCounting', 110, ['百十', '百十一']],
  ['decimalEnclosedCircle', 19, ['⑲', '⑳', '21']],
  ['decimalEnclosedCircleChinese', 1, ['①', '②']],
  ['decimalEnclosedParen', 1, ['⑴', '⑵']],
  ['chineseLegalSimplified', 10, ['壹拾', '壹拾壹']],
  ['ideographTraditional', 1, ['甲', '乙']],
  ['upperLetter', 26, ['Z', 'AA', 'BB']],
  ['lowerLetter', 1, ['a', 'b']],
  ['lowerRoman', 3, ['iii', 'iv', 'v']],
  ['upperRoman', 9, ['IX', 'X']],
  ['numberInDash', 1, ['- 1 -']],
])('numbers in format %s from %i', (format, start, expected) => {
  expect(labels(format, start, expected.length)).toEqual(expected);
});

const report = list(0, lvl(0, 'chineseCountingThousand', '%1、') + lvl(1, 'chineseCountingThousand', '（%2）') + lvl(2, 'decimal', '%3.'), {
  1: '',
  2: '<w:lvlOverride w:ilvl="2"><w:startOverride w:val="5"/></w:lvlOverride>',
});

test('levels count on, and begin anew behind a higher one', () => {
  const body = [
    li(1, 0, '甲'),
    li(1, 1, '乙'),
    li(1, 2, '丙'),
    li(1, 2, '丁'),
    li(1, 1, '戊'),
    li(1, 2, '己'),
    li(1, 0, '庚'),
    li(1, 1, '辛'),
  ];
  expect(docxLines(body.join(''), { numbering: numberingOf(report) })).toEqual([
    '一、甲',
    '（一）乙',
    '1.丙',
    '2.丁',
    '（二）戊',
    '1.己',
    '二、庚',
    '（一）辛',
  ]);
});

test('two lists of one definition count on together, one with a start of its own from there', () => {
  const body = li(1, 2, '甲') + li(1, 2, '乙') + li(2, 2, '丙') + li(2, 2, '丁') + li(1, 2, '戊');
  expect(docxLines(body, { numbering: numberingOf(report) })).toEqual(['1.甲', '2.乙', '5.丙', '6.丁', '7.戊']);
});

test('lists of two definitions count apart', () => {
  const numbering = numberingOf(list(0, lvl(0, 'decimal', '%1.'), { 1: '' }), list(1, lvl(0, 'decimal', '（%1）'), { 2: '' }));
  expect(docxLines(li(1, 0, '甲') + li(2, 0, '乙') + li(1, 0, '丙') + li(2, 0, '丁'), { numbering })).toEqual([
    '1.甲',
    '（1）乙',
    '2.丙',
    '（2）丁',
  ]);
});

test('a level may go on behind a higher one: (1) counts through the document', () => {
  const levels = lvl(0, 'chineseCounting', '（%1）') + lvl(1, 'decimal', '（%2）', '<w:lvlRestart w:val="0"/>');
  const body = li(1, 0, '甲') + li(1, 1, '乙') + li(1, 0, '丙') + li(1, 1, '丁');
  expect(docxLines(body, { numbering: numberingOf(list(0, levels, { 1: '' })) })).toEqual(['（一）甲', '（1）乙', '（二）丙', '（2）丁']);
});

test('a label holds the numbers of higher levels; in legal style all of them in Arabic digits', () => {
  const levels = lvl(0, 'chineseCounting', '第%1章') + lvl(1, 'decimal', '%1.%2') + lvl(2, 'decimal', '%1.%2.%3', '<w:isLgl/>');
  const body = li(1, 0, '甲') + li(1, 1, '乙') + li(1, 2, '丙') + li(1, 2, '丁');
  expect(docxLines(body, { numbering: numberingOf(list(0, levels, { 1: '' })) })).toEqual(['第一章甲', '一.1 乙', '1.1.1 丙', '1.1.2 丁']);
});

test('the override of a list replaces a level', () => {
  const override = `<w:lvlOverride w:ilvl="0">${lvl(0, 'decimal', '问题%1：')}</w:lvlOverride>`;
  const numbering = numberingOf(list(0, lvl(0, 'decimal', '%1.'), { 1: '', 2: override }));
  expect(docxLines(li(1, 0, '甲') + li(2, 0, '乙'), { numbering })).toEqual(['1.甲', '问题2：乙']);
});

test('headings are numbered by their style, unless the paragraph says list 0', () => {
  const levels =
    lvl(0, 'chineseCounting', '%1、', '<w:pStyle w:val="H1"/>') + lvl(1, 'chineseCounting', '（%2）', '<w:pStyle w:val="H2"/>');
  const style = (id: string, inside: string): string =>
    `<w:style w:type="paragraph" w:styleId="${id}"><w:name w:val="${id}"/>${inside}</w:style>`;
  const numbered = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>';
  const styles = [style('H1', numbered), style('H2', numbered), style('H2b', '<w:basedOn w:val="H2"/>')].join('');
  const heading = (id: string, text: string, more = ''): string => p(text, `<w:pStyle w:val="${id}"/>${more}`);
  const body = [
    heading('H1', '甲'),
    heading('H2', '乙'),
    heading('H2b', '丙'),
    heading('H1', '附', '<w:numPr><w:numId w:val="0"/></w:numPr>'),
    heading('H1', '丁'),
  ];
  expect(docxLines(body.join(''), { numbering: numberingOf(list(0, levels, { 1: '' })), styles })).toEqual([
    '一、甲',
    '（一）乙',
    '（二）丙',
    '附',
    '二、丁',
  ]);
});

test('a list may stand for a numbering style', () => {
  const styles = '<w:style w:type="numbering" w:styleId="L"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>';
  const linked = {
    abstract: '<w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="L"/></w:abstractNum>',
    num: '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>',
  };
  const numbering = numberingOf(list(0, lvl(0, 'decimal', '%1、'), { 1: '' }), linked);
  expect(docxLines(li(2, 0, '甲') + li(2, 0, '乙'), { numbering, styles })).toEqual(['1、甲', '2、乙']);
});

test('bullets show no number, a hidden one neither; a serial column of empty paragraphs does', () => {
  const levels = lvl(0, 'bullet', '') + lvl(1, 'decimal', '%2.', '<w:rPr><w:vanish/></w:rPr>') + lvl(2, 'decimal', '%3');
  const body = `${li(1, 0, '甲')}${li(1, 1, '乙')}<w:tbl><w:tr><w:tc>${p('序号')}</w:tc><w:tc>${p('问题')}</w:tc></w:tr>${['丙', '丁']
    .map((text) => `<w:tr><w:tc>${li(1, 2, '')}</w:tc><w:tc>${p(text)}</w:tc></w:tr>`)
    .join('')}</w:tbl>`;
  expect(docxLines(body, { numbering: numberingOf(list(0, levels, { 1: '' })) })).toEqual(['甲', '乙', '序号\t问题', '1\t丙', '2\t丁']);
});

test('numbering that is broken is no numbering', () => {
  const numbering = `${numberingOf(list(0, lvl(0, 'decimal', '%1.'), { 1: '' }))}<w:num w:numId="3"><w:abstractNumId w:val="99"/></w:num>`;
  const styles = '<w:style w:type="paragraph" w:styleId="A"><w:basedOn w:val="A"/></w:style>';
  const body = li(3, 0, '甲') + li(7, 0, '乙') + li(1, 12, '丙') + p('丁', '<w:pStyle w:val="A"/>') + li(1, 0, '戊');
  expect(docxLines(body, { numbering, styles })).toEqual(['甲', '乙', '丙', '丁', '1.戊']);
});
