import { AlignmentType, Document, HeadingLevel, LevelFormat, Packer, Paragraph, Table, TableCell, TableRow, TextRun } from 'docx';
import fc from 'fast-check';
import mammoth from 'mammoth';
import { ZhenggaiError } from '../../domain/failure';
import { oleReader } from '../../intake/readers/docx-ole';
import { zipOf } from './directory-workbook';
import { docxEntries, docxLines, docxOf, p, readDocx } from './docx-file';

const run = (inside: string, properties = ''): string => `<w:r><w:rPr>${properties}</w:rPr>${inside}</w:r>`;
const t = (text: string): string => `<w:t xml:space="preserve">${text}</w:t>`;
const cell = (text: string, properties = ''): string => `<w:tc><w:tcPr>${properties}</w:tcPr>${p(text)}</w:tc>`;
const table = (...rows: readonly string[]): string => `<w:tbl>${rows.map((row) => `<w:tr>${row}</w:tr>`).join('')}</w:tbl>`;
const field = (code: string, result: string): string =>
  `${run('<w:fldChar w:fldCharType="begin"/>')}${run(`<w:instrText>${code}</w:instrText>`)}${run('<w:fldChar w:fldCharType="separate"/>')}${result}${run('<w:fldChar w:fldCharType="end"/>')}`;
const codeOf = (action: () => unknown): string => {
  try {
    action();
    return 'read';
  } catch (error) {
    return error instanceof ZhenggaiError && error.kind === 'badInput' ? error.failure.code : String(error);
  }
};

describe('what a paragraph shows', () => {
  test.each([
    ['soft breaks are lines', `<w:p>${run(`${t('牵头领导：甲')}<w:br/>${t('责任单位：乙')}`)}</w:p>`, ['牵头领导：甲', '责任单位：乙']],
    ['a tab inside stays', `<w:p>${run(`${t('附')}<w:tab/>${t('件')}`)}</w:p>`, ['附\t件']],
    ['tab stops are no tabs', p('甲', '<w:tabs><w:tab w:val="left" w:pos="420"/></w:tabs>'), ['甲']],
    ['a no-break hyphen', `<w:p>${run(`${t('3')}<w:noBreakHyphen/>${t('5')}`)}</w:p>`, ['3-5']],
    [
      'deleted text is out, inserted in',
      `<w:p><w:del>${run('<w:delText>未</w:delText>')}</w:del><w:ins>${run(t('已'))}</w:ins>${run(t('完成'))}</w:p>`,
      ['已完成'],
    ],
    [
      'moved text stands where it went',
      `<w:p><w:moveTo>${run(t('乙'))}</w:moveTo>${run(t('甲'))}<w:moveFrom>${run(t('乙'))}</w:moveFrom></w:p>`,
      ['乙甲'],
    ],
    ['a paragraph whose end was deleted goes on', `${p('整改', '<w:rPr><w:del w:id="1"/></w:rPr>')}${p('到位')}`, ['整改到位']],
    ['former properties do not count', p('甲', '<w:pPrChange><w:pPr><w:ind w:firstLine="480"/></w:pPr></w:pPrChange>'), ['甲']],
    ['hidden text is out', `<w:p>${run(t('密'), '<w:vanish/>')}${run(t('开'), '<w:vanish w:val="0"/>')}</w:p>`, ['开']],
    ['of a field the result', `<w:p>${run(t('共'))}${field(' REF a ', run(t('12')))}${run(t('项'))}</w:p>`, ['共12项']],
    [
      'a field inside a field’s code is code',
      `<w:p>${field(`IF </w:instrText></w:r>${field('REF b', run(t('错')))}<w:r><w:instrText> = 1`, run(t('对')))}</w:p>`,
      ['对'],
    ],
    [
      'a field that never ends hides nothing',
      `<w:p>${run('<w:fldChar w:fldCharType="begin"/>')}${run(t('甲'))}</w:p>${p('乙')}`,
      ['甲', '乙'],
    ],
    ['a table of contents repeats nothing', `<w:p>${field(' TOC \\o ', run(t('一、概况 1')))}</w:p>${p('一、概况')}`, ['一、概况']],
    [
      'a reading above characters is out',
      `<w:p><w:r><w:ruby><w:rt>${run(t('yi'))}</w:rt><w:rubyBase>${run(t('翌'))}</w:rubyBase></w:ruby></w:r></w:p>`,
      ['翌'],
    ],
    ['signs of symbol fonts', `<w:p>${run('<w:sym w:font="Wingdings 2" w:char="F052"/>')}${run(t('已销号'))}</w:p>`, ['☑已销号']],
    [
      'an empty content control shows no prompt',
      `<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>${p('单击此处输入')}</w:sdtContent></w:sdt>${p('甲')}`,
      ['甲'],
    ],
    ['a filled one shows its text', `<w:sdt><w:sdtPr/><w:sdtContent>${p('乙')}</w:sdtContent></w:sdt>`, ['乙']],
    ['an indent is kept as two blanks', p('甲', '<w:ind w:firstLineChars="200"/>'), ['　　甲']],
    ['entities, zero-width marks, no-break blanks', p('甲&amp;乙&#x200B;丙&#160;丁'), ['甲&乙丙 丁']],
  ])('%s', (_, body, lines) => {
    expect(docxLines(body)).toEqual(lines);
  });

  test('hidden by a style, shown again by the run', () => {
    const styles = '<w:style w:type="character" w:styleId="X"><w:rPr><w:vanish/></w:rPr></w:style>';
    const body = `<w:p>${run(t('甲'), '<w:rStyle w:val="X"/>')}${run(t('乙'), '<w:rStyle w:val="X"/><w:vanish w:val="false"/>')}</w:p>`;
    expect(docxLines(body, { styles })).toEqual(['乙']);
  });

  test('a text box is read once, behind the paragraph it hangs on', () => {
    const box = (kind: string): string => `<${kind}><w:txbxContent>${p('内部资料')}</w:txbxContent></${kind}>`;
    const drawing = `<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>${box('wps:txbx')}</w:drawing></mc:Choice><mc:Fallback><w:pict>${box('v:textbox')}</w:pict></mc:Fallback></mc:AlternateContent>`;
    const { text, places } = readDocx(
      docxOf(`<w:p><w:r>${drawing}</w:r>${run(t('甲'))}</w:p>${p('乙')}<w:p><w:r><w:pict>${box('v:textbox')}</w:pict></w:r></w:p>`),
    );
    expect(text.split('\n')).toEqual(['甲', '内部资料', '乙', '内部资料']);
    expect(places?.filter((place) => place?.endsWith('段'))).toEqual(['第1段', '第2段']);
  });

  test('notes stand at the end in the order of the text, their separators do not', () => {
    const note = (id: number, inside: string, type = ''): string => `<w:footnote w:id="${id}"${type}>${inside}</w:footnote>`;
    const footnotes = note(0, p('——'), ' w:type="separator"') + note(7, p('乙注')) + note(3, p('甲注'));
    const { text, places } = readDocx(
      docxOf(`<w:p>${run(t('甲'))}${run('<w:footnoteReference w:id="3"/>')}${run('<w:footnoteReference w:id="7"/>')}</w:p>`, { footnotes }),
    );
    expect(text.split('\n')).toEqual(['甲', '注1：甲注', '注2：乙注']);
    expect(places).toEqual(['第1段', '脚注1', '脚注2']);
  });
});

describe('tables', () => {
  test('cells that span are repeated, line breaks inside a cell kept, rows have places', () => {
    const body =
      p('台账如下') +
      table(
        cell('序号') + cell('类别') + cell('整改情况'),
        cell('1') + cell('财务', '<w:vMerge w:val="restart"/>') + `<w:tc>${p('已完成。')}${p('已追缴2万元。')}</w:tc>`,
        cell('2') + cell('', '<w:vMerge/>') + cell('正在整改'),
        cell('合计', '<w:gridSpan w:val="2"/>') + cell('2个'),
      );
    const { text, tables, places } = readDocx(docxOf(body));
    expect(tables).toEqual([
      {
        name: null,
        rows: [
          { cells: ['序号', '类别', '整改情况'], line: 2 },
          { cells: ['1', '财务', '已完成。\n已追缴2万元。'], line: 3 },
          { cells: ['2', '财务', '正在整改'], line: 4 },
          { cells: ['合计', '合计', '2个'], line: 5 },
        ],
      },
    ]);
    expect(text.split('\n')[2]).toBe('1\t财务\t已完成。 已追缴2万元。');
    expect(places).toEqual(['第1段', '表1第1行', '表1第2行', '表1第3行', '表1第4行']);
  });

  test('a deleted row is gone, a column left out in front is empty', () => {
    const deleted = `<w:trPr><w:del w:id="1"/></w:trPr>${cell('旧')}${cell('行')}`;
    const shifted = `<w:trPr><w:gridBefore w:val="1"/></w:trPr>${cell('乙')}`;
    expect(docxLines(table(cell('号') + cell('题'), deleted, shifted, cell('1') + cell('丙')))).toEqual(['号\t题', '\t乙', '1\t丙']);
  });

  test('a frame of one cell is no table; a table inside a cell is part of the cell', () => {
    expect(readDocx(docxOf(table(`<w:tc>${p('甲')}${p('乙')}</w:tc>`))).tables).toEqual([]);
    const inner = table(cell('党纪') + cell('2人'), cell('政务') + cell('0人'));
    const { tables } = readDocx(
      docxOf(
        table(
          cell('问题') + cell('处理') + cell('备注'),
          `${cell('甲')}<w:tc>${inner}${p('')}</w:tc>${cell('')}`,
          cell('乙') + cell('无') + cell('无'),
        ),
      ),
    );
    expect(tables?.map(({ rows }) => rows[1]?.cells)).toEqual([['甲', '党纪 2人\n政务 0人', '']]);
  });
});

describe('against another reader', () => {
  const numbering = {
    config: [
      {
        reference: 'report',
        levels: [
          { level: 0, format: LevelFormat.CHINESE_COUNTING, text: '%1、', alignment: AlignmentType.START },
          { level: 1, format: LevelFormat.CHINESE_COUNTING, text: '（%2）', alignment: AlignmentType.START },
          { level: 2, format: LevelFormat.DECIMAL, text: '%3.', alignment: AlignmentType.START },
        ],
      },
    ],
  };
  const numbered = (level: number, text: string): Paragraph => new Paragraph({ text, numbering: { reference: 'report', level } });
  const row = (...texts: string[]): TableRow =>
    new TableRow({ children: texts.map((text) => new TableCell({ children: [new Paragraph(text)] })) });
  const children = [
    new Paragraph({ text: '中共青禾镇委员会关于巡察整改进展情况的通报', heading: HeadingLevel.TITLE }),
    new Paragraph({
      children: [new TextRun('2024年3月4日至4月30日，'), new TextRun({ text: '县委第二巡察组开展了巡察。', underline: {} })],
    }),
    numbered(0, '整改工作情况'),
    numbered(1, '组织领导方面'),
    numbered(2, '专题研究不够。'),
    numbered(2, '台账更新不及时。'),
    numbered(1, '作风建设方面'),
    numbered(2, '下村走访偏少。'),
    numbered(0, '下一步打算'),
    new Table({ rows: [row('序号', '问题', '时限'), row('1', '专题研究不够', '长期坚持')] }),
    new Paragraph('2024年11月20日'),
  ];
  const squeezed = (text: string): string => text.replace(/\s+/g, '');

  test('the words are those that mammoth reads; the numbers are here alone', async () => {
    const bytes = await Packer.toBuffer(new Document({ numbering, sections: [{ children }] }));
    const { text } = readDocx(bytes);
    const { value } = await mammoth.extractRawText({ buffer: bytes });
    const labels = ['一、', '（一）', '1.', '2.', '（二）', '1.', '二、'];
    expect(text.split('\n').slice(2, 9)).toEqual(
      ['整改工作情况', '组织领导方面', '专题研究不够。', '台账更新不及时。', '作风建设方面', '下村走访偏少。', '下一步打算'].map(
        (words, index) => `${labels[index] ?? ''}${words}`,
      ),
    );
    const unnumbered = text.split('\n').map((line, index) => (index >= 2 && index < 9 ? line.slice(labels[index - 2]?.length) : line));
    expect(squeezed(unnumbered.join(''))).toBe(squeezed(value));
    expect(value).not.toContain('（一）');
  });
});

describe('files that are refused', () => {
  const entries = docxEntries(p('甲'));
  const withDocument = (text: string): Buffer =>
    zipOf(entries.map((entry) => (entry.name === 'word/document.xml' ? { ...entry, text } : entry)));

  test.each([
    ['docxBroken', 'cut off', () => zipOf(entries).subarray(0, 300)],
    ['docxBroken', 'no document in it', () => zipOf([{ name: 'word/other.xml', text: '<a/>' }])],
    ['docxBroken', 'XML that is cut off', () => withDocument('<w:document xmlns:w="a"><w:body><w:p>')],
    ['docxBroken', 'XML that overlaps', () => withDocument('<a><b></a></b>')],
    ['docxBroken', 'XML with a document type', () => withDocument('<!DOCTYPE a [<!ENTITY x "y">]><a/>')],
    ['docxBroken', 'sizes that are wrong', () => zipOf(entries.map((entry) => ({ ...entry, claims: 5 })))],
    ['docxProtected', 'encrypted entries', () => zipOf(entries.map((entry) => ({ ...entry, flags: 1 })))],
    ['documentTooComplex', 'a zip bomb', () => zipOf([...entries, { name: 'word/styles.xml', text: Buffer.alloc(70 * 1024 * 1024, 32) }])],
    [
      'docxBroken',
      'a zip bomb that claims to be small',
      () => zipOf([{ name: 'word/document.xml', text: Buffer.alloc(70 * 1024 * 1024, 32), claims: 100 }]),
    ],
  ])('%s: %s', (code, _, bytes) => {
    expect(codeOf(() => readDocx(bytes()))).toBe(code);
  });

  test('parts that hold no text are not unpacked', () => {
    const media = { name: 'word/media/image1.png', text: Buffer.alloc(70 * 1024 * 1024, 32) };
    expect(readDocx(zipOf([...entries, media])).text).toBe('甲');
  });

  test.each([
    ['docxProtected', 'EncryptedPackage', 'x.docx'],
    ['oldWord', 'WordDocument', 'x.bin'],
    ['oldWord', '', 'x.wps'],
    ['formatNotReadable', 'Workbook', 'x.xls'],
  ])('%s: an OLE file with %j', (code, stream, file) => {
    const bytes = Buffer.concat([Buffer.from([0xd0, 0xcf, 0x11, 0xe0]), Buffer.alloc(508), Buffer.from(stream, 'utf16le')]);
    expect(codeOf(() => oleReader.read(bytes, file))).toBe(code);
  });

  test('nesting without end is read without a deep stack', () => {
    const deep = (name: string): string => `<w:${name}>`.repeat(100_000) + p('甲') + `</w:${name}>`.repeat(100_000);
    expect(docxLines(deep('smartTag'))).toEqual(['甲']);
    const tables = '<w:tbl><w:tr><w:tc>'.repeat(20_000) + p('乙') + '</w:tc></w:tr></w:tbl>'.repeat(20_000);
    expect(docxLines(tables)).toEqual(['乙']);
    const boxes = '<w:p><w:r><w:txbxContent>'.repeat(20_000) + p('丙') + '</w:txbxContent></w:r></w:p>'.repeat(20_000);
    expect(docxLines(boxes)).toEqual(['丙']);
  });
});

test('a prefix of its own, and the strict namespace', () => {
  const strict = 'xmlns:x="http://purl.oclc.org/ooxml/wordprocessingml/main"';
  const text = `<x:document ${strict}><x:body><x:p><x:pPr><x:ind x:firstLine="480"/></x:pPr><x:r><x:t>甲</x:t></x:r></x:p></x:body></x:document>`;
  const bytes = zipOf(docxEntries('').map((entry) => (entry.name === 'word/document.xml' ? { ...entry, text } : entry)));
  expect(readDocx(bytes).text).toBe('　　甲');
});

test('whatever the XML holds, reading throws nothing but refusals, and every row stands where it says', () => {
  const names = [
    'w:p',
    'w:r',
    'w:t',
    'w:tbl',
    'w:tr',
    'w:tc',
    'w:txbxContent',
    'w:del',
    'w:sdt',
    'w:sdtContent',
    'mc:AlternateContent',
    'mc:Choice',
    'mc:Fallback',
    'w:footnote',
  ];
  const leaves = [
    '甲',
    '<w:br/>',
    '<w:tab/>',
    '<w:vMerge/>',
    '<w:fldChar w:fldCharType="begin"/>',
    '<w:fldChar w:fldCharType="end"/>',
    '<w:tcPr><w:vMerge/><w:gridSpan w:val="x"/></w:tcPr>',
  ];
  const { tree } = fc.letrec<{ tree: string }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 9 },
      fc.constantFrom(...leaves),
      fc
        .tuple(fc.constantFrom(...names), fc.array(tie('tree'), { maxLength: 4 }))
        .map(([name, inside]) => `<${name}>${inside.join('')}</${name}>`),
    ),
  }));
  fc.assert(
    fc.property(tree, (body) => {
      const { text, places, tables } = readDocx(docxOf(body));
      const lines = text === '' ? [] : text.split('\n');
      expect(lines).toHaveLength(places?.length ?? -1);
      for (const { rows } of tables ?? [])
        for (const { cells, line } of rows) expect(lines[line - 1]?.split('\t')).toHaveLength(cells.length);
    }),
    { numRuns: 500 },
  );
});

test('bytes that are mutated are read or refused', () => {
  const whole = docxOf(`${p('一、甲')}${table(cell('号') + cell('题'), cell('1') + cell('乙'))}`, { styles: '<w:style w:styleId="A"/>' });
  const mutation = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(mutation, (changes) => {
      const bytes = Buffer.from(whole);
      for (const [at, value] of changes) bytes[at] = value;
      expect(codeOf(() => readDocx(bytes))).toMatch(/^(?:read|docxBroken|docxProtected|documentTooComplex)$/);
    }),
    { numRuns: 2000 },
  );
});
