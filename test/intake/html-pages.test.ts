import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { readDocument } from '../../intake';
import { htmlReader } from '../../intake/readers/html';
import type { DocumentText } from '../../intake/readers/reader';

const read = (html: string): DocumentText => htmlReader.read(Buffer.from(html, 'utf8'), 'page.html') as DocumentText;
const linesOf = (html: string): string[] => read(html).text.split('\n');

/** A page of a fictional site with everything that such pages have around their text. */
const page = (
  article: string,
  { charset = 'utf-8', title = '云溪县农业局党组关于巡察整改进展情况的通报_通知公告_云溪县人民政府' } = {},
): string =>
  `<!DOCTYPE html><html><head><meta http-equiv="Content-Type" content="text/html; charset=${charset}"><title>${title}</title>
<style>.a{color:red}</style><script>var x = "整改情况：脚本。";</script></head><body>
<div class="top"><a href="/">首页</a><a href="/zwgk">政务公开</a><a href="/hd">互动交流</a></div>
<nav><ul><li><a href="/1">领导之窗</a></li><li><a href="/2">机构设置</a></li></ul></nav>
<div class="wrap"><div class="crumb">当前位置：<a href="/">首页</a> &gt; <a href="/gk">政务公开</a> &gt; 通知公告</div>
<h1>云溪县农业局党组关于巡察整改进展情况的通报</h1>
<div class="info">发布时间：2024-11-22&nbsp;&nbsp;来源：县农业局&nbsp;&nbsp;浏览次数：<span id="hits">128</span>&nbsp;&nbsp;字体：[<a>大</a> <a>中</a> <a>小</a>]</div>
<div id="zoom">${article}</div>
<div class="tools">【打印】【关闭】</div><p>上一篇：<a href="/3">关于春耕备耕的通知</a></p><p>下一篇：<a href="/4">关于农机补贴的公告</a></p></div>
<div class="footer"><p>主办单位：云溪县人民政府 技术支持：某某公司</p><p>某ICP备00000000号-1 公网安备 00000000000000号</p><p>版权所有 云溪县人民政府</p></div>
</body></html>`;

const article = `
<p style="text-indent:2em">2024年3月4日至4月30日，县委第二巡察组对县农业局党组开展了巡察。6月12日，县委第二巡察组反馈了巡察意见。</p>
<p>一、巡察反馈问题整改情况</p>
<p>（一）落实决策部署方面</p>
<p>1.种子监管不到位。</p><p>整改情况：已完成整改。一是补检种子<b>12</b>批次。<br>二是建立台账。</p>
<p>2.农机补贴发放缓慢。</p><p>整改情况：正在整改。</p>
<p style="display:none">3.隐藏的问题。整改情况：没有。</p>
<p>中共云溪县农业局党组</p><p>2024年11月20日</p>`;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'zhenggai-html-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});
const saved = (bytes: Buffer | string, name = 'page.html'): string => {
  const file = path.join(folder, name);
  writeFileSync(file, bytes);
  return file;
};

test('a page of a site is read as its text: the furniture is gone, title and day of publication stay', () => {
  expect(linesOf(page(article))).toEqual([
    '云溪县农业局党组关于巡察整改进展情况的通报',
    '发布时间：2024-11-22 来源：县农业局',
    '　　2024年3月4日至4月30日，县委第二巡察组对县农业局党组开展了巡察。6月12日，县委第二巡察组反馈了巡察意见。',
    '一、巡察反馈问题整改情况',
    '（一）落实决策部署方面',
    '1.种子监管不到位。',
    '整改情况：已完成整改。一是补检种子12批次。',
    '二是建立台账。',
    '2.农机补贴发放缓慢。',
    '整改情况：正在整改。',
    '中共云溪县农业局党组',
    '2024年11月20日',
  ]);
});

test.each([
  ['utf-8', 'utf-8'],
  ['gb2312', 'gb18030'],
  ['GBK', 'gb18030'],
])('the draft is the same in the encoding that the page names: %s', async (charset, encoding) => {
  const draft = await readDocument(saved(iconv.encode(page(article, { charset }), encoding)));
  expect(draft.source).toMatchObject({ format: 'html', encoding });
  expect(draft.issues.map(({ title, status, measures }) => [title, status?.value, measures.length])).toEqual([
    ['种子监管不到位', 'completed', 2],
    ['农机补贴发放缓慢', 'in_progress', 0],
  ]);
  expect([draft.round.publishedDate?.value, draft.round.reportDate?.value, draft.round.feedbackDate?.value]).toEqual([
    '2024-11-22',
    '2024-11-20',
    '2024-06-12',
  ]);
  expect(draft.round.title?.value).toBe('云溪县农业局党组关于巡察整改进展情况的通报');
});

test('a page that names the wrong encoding is read as its bytes say', () => {
  const bytes = iconv.encode(page(article, { charset: 'utf-8' }), 'gb18030');
  expect(htmlReader.read(bytes, 'x')).toMatchObject({ encoding: 'gb18030' });
});

test('ordered lists have their numbers, as the page shows them; what is numbered already is not numbered twice', () => {
  const list =
    '<p>问题清单如下，请逐项整改，按期报送整改结果，不得遗漏。</p><ol start="3"><li>台账不全。</li><li value="7">票据不实。</li><li>（八）程序不严。</li></ol>';
  expect(linesOf(page(list)).slice(-4)).toEqual([
    '问题清单如下，请逐项整改，按期报送整改结果，不得遗漏。',
    '3.台账不全。',
    '7.票据不实。',
    '（八）程序不严。',
  ]);
});

test('tables are rows, with what spans repeated; a table that only places a text is no table', () => {
  const table = `<table><tr><th>序号</th><th>类别</th><th>问题</th></tr>
    <tr><td>1</td><td rowspan="2">财务<br>管理</td><td>票据不实</td></tr><tr><td>2</td><td>报销超标</td></tr>
    <tr><td colspan="2">合计</td><td>2个</td></tr></table>`;
  const { text, tables, places } = read(page(`<p>具体问题见下表，各单位对照检查，抓好整改落实。</p>${table}`));
  const lines = text.split('\n');
  expect(tables).toHaveLength(1);
  expect(tables?.[0]?.rows.map(({ cells }) => cells)).toEqual([
    ['序号', '类别', '问题'],
    ['1', '财务\n管理', '票据不实'],
    ['2', '财务\n管理', '报销超标'],
    ['合计', '合计', '2个'],
  ]);
  for (const { cells, line } of tables?.[0]?.rows ?? [])
    expect(lines[line - 1]).toBe(cells.map((cell) => cell.replace('\n', ' ')).join('\t'));
  expect(places?.filter((place) => place !== null)).toEqual(['表1第1行', '表1第2行', '表1第3行', '表1第4行']);
  expect(read(page(`<table><tr><td>${article}</td></tr></table>`)).tables).toEqual([]);
});

test('sentences that speak of printing, publishing or the next item are text', () => {
  const said = [
    '打印纸采购未公开招标。',
    '主办单位责任不清、配合单位推诿扯皮的问题仍然存在，整改不彻底，群众反映强烈，影响了工作推进，需要下大力气解决。',
    '下一篇文章的校对不严，差错较多。',
  ];
  expect(linesOf(page(said.map((line) => `<p>1.${line}</p>`).join('')))).toEqual(expect.arrayContaining(said.map((line) => `1.${line}`)));
});

test('markup that people get wrong is read: open paragraphs, stray ends, entities, no body', () => {
  expect(
    read('<html><p>1.台账不全&mdash;&nbsp;未登记&#x3002;<p>整改情况：已补登&lt;12&gt;条，并复核。</div></span>').text.split('\n'),
  ).toEqual(['1.台账不全— 未登记。', '整改情况：已补登<12>条，并复核。']);
});

test('nesting that no page has is read all the same', async () => {
  const nested = `<html><body>${'<div>'.repeat(100_000)}<p>1.台账不全。</p><p>整改情况：已补登。</p>`;
  expect((await readDocument(saved(nested))).issues.map(({ title }) => title)).toEqual(['台账不全']);
});

test('whatever stands in a page, reading it throws nothing but refusals, and every row stands where it says', () => {
  const piece = fc.constantFrom(
    '<p>',
    '</p>',
    '<table>',
    '<tr>',
    '<td rowspan=3>',
    '<td colspan="x">',
    '</table>',
    '<ol type=a>',
    '<li>',
    '</ol>',
    '<!--',
    '-->',
    '<script>',
    '</script>',
    '1.问题不清。',
    '整改情况：已改。',
    '&nbsp;',
    '&#0;',
    '<br/>',
    '\n',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
      const { text, places, tables } = read(`<html><body>${pieces.join('')}`);
      const lines = text.split('\n');
      expect(text === '' ? 0 : lines.length).toBe(places?.length);
      for (const { rows } of tables ?? [])
        for (const { cells, line } of rows) expect(lines[line - 1]?.split('\t')).toHaveLength(cells.length);
    }),
    { numRuns: 300 },
  );
});
