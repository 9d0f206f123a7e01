import iconv from 'iconv-lite';
import { ZhenggaiError } from '../../domain/failure';
import { htmlReader } from '../../intake/readers/html';
import type { DocumentText } from '../../intake/readers/reader';

const read = (html: string | Buffer): DocumentText => htmlReader.read(Buffer.from(html), '网页.html') as DocumentText;
const linesOf = (html: string): string[] => read(html).text.split('\n');
const body = (inside: string): string[] => linesOf(`<html><body>${inside}</body></html>`);

const prose = [
  '青禾镇党委召开会议，研究整改方案，逐项明确责任。',
  '班子成员认领问题，建立台账，每月调度，未完成的逐一说明原因。',
  '截至目前，反馈的问题已完成整改，长效机制正在建立。',
];
const paragraphs = prose.map((text) => `<p>${text}</p>`).join('');
const title = '中共青禾镇委员会关于巡察整改进展情况的通报';
const menu = '<ul><li><a href="/a">首页</a></li><li><a href="/b">工作动态</a></li><li><a href="/c">通知公告</a></li></ul>';
const foot = '<div><p>主办单位：云溪县人民政府</p><p>地址：云溪县一号路</p><p>版权所有 某ICP备00000000号</p></div>';

describe('where the text is', () => {
  test.each([
    ['class names that say nothing', `<div class="x1">${menu}</div><div class="x2">${paragraphs}</div>${foot}`],
    [
      'a table that places everything',
      `<table><tr><td colspan="2">${menu}</td></tr><tr><td>${menu}</td><td>${paragraphs}</td></tr><tr><td colspan="2">${foot}</td></tr></table>`,
    ],
    ['text straight in the body', `${menu}${prose.join('<br><br>')}<br>${foot}`],
    [
      'a page that closes nothing',
      `<ul><li><a href=/a>首页<li><a href=/b>工作动态</ul>${prose.map((text) => `<p>${text}`).join('')}<p>上一篇：<a href=/d>没有了</a>`,
    ],
    [
      'frames of links on both sides',
      `<table><tr><td>${menu}</td><td><div><div>${paragraphs}</div></div></td><td>${menu}</td></tr></table>`,
    ],
  ])('%s', (_, html) => {
    expect(body(html)).toEqual(prose);
  });

  test('two parts of one text are both read', () => {
    expect(
      body(`<div>${menu}</div><div><div>${paragraphs}</div><div><p>下一步，将巩固成果。</p></div><p>上一篇：没有了</p></div>`),
    ).toEqual([...prose, '下一步，将巩固成果。']);
  });

  test('a signature in a part of its own belongs to the text', () => {
    const signed = '<div>中共青禾镇委员会</div><div>2024年11月18日</div>';
    expect(body(`${menu}<div><div>${paragraphs}</div>${signed}<div>下一篇：<a href="/n">关于某事的通知</a></div></div>`)).toEqual([
      ...prose,
      '中共青禾镇委员会',
      '2024年11月18日',
    ]);
  });

  test('a list of files is left out with its heading; an annex that is text stays', () => {
    expect(body(`${menu}<div>${paragraphs}<p>附件：</p><p><a href="/f/1.docx">整改台账.docx</a></p></div>${foot}`)).toEqual(prose);
    expect(body(`${menu}<div>${paragraphs}<p>附件：整改台账</p></div>${foot}`)).toEqual([...prose, '附件：整改台账']);
  });

  test('a page of nothing else is read whole', () => {
    expect(body('1.台账不全。<br>整改情况：已补登。')).toEqual(['1.台账不全。', '整改情况：已补登。']);
  });
});

describe('title and publication', () => {
  const info = '<div class="info">发布时间：2024-11-22 来源：县纪委监委 点击数：<i>7</i> 【打印】 【关闭】</div>';

  test('the title is the first line once, even when it is broken or stands below the publication', () => {
    const broken = '<p align="center">中共青禾镇委员会</p><p align="center">关于巡察整改进展情况的通报</p>';
    const html = `<html><head><title>${title}-云溪县</title></head><body>${menu}${info}<div>${broken}${paragraphs}</div>${foot}</body></html>`;
    expect(linesOf(html).slice(0, 4)).toEqual([
      '中共青禾镇委员会',
      '关于巡察整改进展情况的通报',
      '发布时间：2024-11-22 来源：县纪委监委',
      prose[0],
    ]);
    expect(body(`${menu}<div><p>文号：云巡整〔2024〕3号</p><h2>${title}</h2>${paragraphs}</div>${foot}`).slice(0, 2)).toEqual([
      title,
      '文号：云巡整〔2024〕3号',
    ]);
  });

  test('the name of a site is no title', () => {
    expect(linesOf(`<title>云溪县人民政府门户网站</title>${menu}<div>${paragraphs}</div>${foot}`)).toEqual(prose);
  });

  test('tags of the page say title and day when it shows neither', () => {
    const head = `<meta name="ArticleTitle" content="${title}"><meta name="PubDate" content="2024-11-22 10:00">`;
    expect(linesOf(`<html><head>${head}</head><body>${menu}<div>${paragraphs}</div>${foot}</body></html>`)).toEqual([
      title,
      '发布时间：2024-11-22 10:00',
      ...prose,
    ]);
    expect(linesOf(`<html><head>${head}</head><body>${menu}<h1>${title}</h1>${info}<div>${paragraphs}</div>${foot}</body></html>`)[1]).toBe(
      '发布时间：2024-11-22 来源：县纪委监委',
    );
  });

  test('the table of a disclosure above the text gives its lines of publication', () => {
    const table =
      '<table><tr><td>索引号：</td><td>000-2024-1</td><td>分类：</td><td>纪检</td></tr><tr><td>发布机构</td><td>青禾镇</td></tr></table>';
    expect(body(`${menu}${table}<div>${paragraphs}<p>浏览次数：3</p></div>${foot}`).slice(0, 2)).toEqual([
      '索引号： 000-2024-1 分类： 纪检',
      '发布机构： 青禾镇',
    ]);
  });
});

describe('what a page shows', () => {
  test.each([
    [
      'comments, scripts, hidden parts',
      '甲<!-- 乙 --><script>丙</script><noscript>丁</noscript><span style="display : none">戊</span><b hidden>己</b>',
      ['甲'],
    ],
    ['a hidden part with parts in it', '<div style="display:none"><div>乙</div><p>丙</div><p>甲', ['甲']],
    ['entities and zero-width marks', '甲&#x200b;乙&ldquo;丙&rdquo;&#20013;&nbsp;丁', ['甲乙“丙”中 丁']],
    ['a line break of the source between Chinese', '<p>整改\n  情况 已\n100%\n完成</p>', ['整改情况 已 100% 完成']],
    ['line breaks in pre', '<pre>甲\n  乙\n\n丙</pre>', ['甲', '乙', '丙']],
    [
      'typed indents are kept as two blanks',
      '<p>&nbsp;&nbsp;&nbsp;&nbsp;甲</p><p>　　乙</p><p style="text-indent: 2em">丙</p><p>&nbsp;丁</p>',
      ['　　甲', '　　乙', '　　丙', '丁'],
    ],
    [
      'letters, Roman and Chinese numbers of lists',
      '<ol type="A"><li>甲</ol><ol type="i" start="4"><li>乙</ol><ol style="list-style-type:cjk-ideographic" start=11><li>丙</ol>',
      ['A.甲', 'iv.乙', '十一、丙'],
    ],
    ['a list whose numbers are off, a list without', '<ol style="list-style:none"><li>甲</ol><ul><li>乙</ul>', ['甲', '乙']],
    ['a list inside a list', '<ol><li>甲<ol type=a><li>乙<li>丙</ol><li>丁</ol>', ['1.甲', 'a.乙', 'b.丙', '2.丁']],
    ['only the first line of an item has the number', '<ol><li><p>甲</p><p>乙</p><li>丙</ol>', ['1.甲', '乙', '2.丙']],
    [
      'numbers typed by Word',
      '<p><![if !supportLists]><span style="mso-list:Ignore">一、<span>&nbsp;</span></span><![endif]>甲</p>',
      ['一、 甲'],
    ],
    ['headings end a paragraph', '<p>甲<h3>乙</h3>丙', ['甲', '乙', '丙']],
  ])('%s', (_, html, lines) => {
    expect(body(html)).toEqual(lines);
  });
});

describe('tables', () => {
  const rowsOf = (html: string): (readonly string[])[][] => read(html).tables?.map(({ rows }) => rows.map(({ cells }) => cells)) ?? [];

  test('a ledger whose cells hold paragraphs is still a table', () => {
    const long = '<p>召开会议研究，明确专人负责，建立台账。</p>'.repeat(12);
    const ledger = `<table><tr><th>序号</th><th>问题</th><th>整改情况</th></tr>${[1, 2, 3].map((n) => `<tr><td>${n}</td><td>问题${n}</td><td>${long}</td></tr>`).join('')}</table>`;
    const [rows = []] = rowsOf(ledger);
    expect(rows.map((cells) => cells.slice(0, 2))).toEqual([
      ['序号', '问题'],
      ['1', '问题1'],
      ['2', '问题2'],
      ['3', '问题3'],
    ]);
    expect(rows[1]?.[2]?.split('\n')).toHaveLength(12);
  });

  test('tables without end tags, rows that are empty, spans that are senseless', () => {
    expect(rowsOf('<table><tr><td>号<td>题<tr><td><td><tr><td rowspan=0>1<td colspan=-3>甲<tr><td rowspan=99999>2<td>乙</table>')).toEqual([
      [
        ['号', '题'],
        ['1', '甲'],
        ['2', '乙'],
      ],
    ]);
  });

  test('rows of sections stand in their order, and count from 1 in each table', () => {
    const table = '<table><thead><tr><td>号</td><td>题</td></tr></thead><tbody><tr><td>1</td><td>甲</td></tr></tbody></table>';
    expect(read(table + table).places).toEqual(['表1第1行', '表1第2行', '表2第1行', '表2第2行']);
  });
});

describe('encodings and limits', () => {
  const page = (charset: string): string => `<html><head>${charset}</head><body>${paragraphs}</body></html>`;

  test.each([
    ['gb18030', iconv.encode(page('<meta charset=gb2312>'), 'gb18030')],
    ['gb18030', iconv.encode(page('<meta http-equiv=Content-Type content="text/html;charset=GBK">'), 'gb18030')],
    ['gb18030', iconv.encode(page(''), 'gb18030')],
    ['gb18030', iconv.encode(page('<meta charset="iso-8859-1">'), 'gb18030')],
    ['utf-8', Buffer.from(page('<meta charset="gb2312">'))],
    ['utf-8', Buffer.from(page('<meta charset="utf-16">'))],
    ['utf-8', Buffer.from(`\uFEFF${page('<meta charset="gb2312">')}`)],
    ['utf-16le', iconv.encode(page(''), 'utf-16le', { addBOM: true })],
    ['big5', iconv.encode(page('<meta charset="big5">').replace(/[^\x00-\x7f]+/g, '整改'), 'big5')],
  ])('%s', (encoding, bytes) => {
    const { text, encoding: found } = read(bytes);
    expect(found).toBe(encoding);
    expect(text).toContain('整改');
  });

  test('bytes that are no text are refused', () => {
    const noise = Buffer.from(Array.from({ length: 4096 }, (_, index) => (index * 7919 + (index >> 3) * 31) % 256));
    expect(() => read(Buffer.concat([Buffer.from('<html>'), noise]))).toThrow(ZhenggaiError);
  });

  test.each([
    ['elements', '<div>'.repeat(300_000)],
    ['tables', '<table><tr><td>'.repeat(30_000)],
    ['lists', '<ol><li>'.repeat(100_000)],
    ['end tags without a start', `${'<div>'.repeat(50_000)}${'</b>'.repeat(500_000)}`],
    ['white space', `<p>甲${' \t'.repeat(2_000_000)}`],
    ['attributes', `<p ${'a=b '.repeat(500_000)}>`],
  ])('no number of %s is too deep or too long', (_, html) => {
    expect(body(`${html}${paragraphs}`).join('')).toMatch(new RegExp(`${prose.join('')}$`));
  });

  test.each([
    ['spans', `<table>${'<tr><td colspan=1000>整改整改整改</td><td>乙</td></tr>'.repeat(20_000)}</table>`],
    [
      'a long cell that spans',
      `<table><tr><td>号</td><td>题</td></tr><tr><td colspan=1000>${'改'.repeat(200_000)}</td></tr><tr><td>1</td><td>甲</td></tr></table>`,
    ],
  ])('%s that would unfold without measure are refused', (_, html) => {
    expect(() => read(html)).toThrow('documentTooComplex');
  });
});
