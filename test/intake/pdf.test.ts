import { ZhenggaiError } from '../../domain/failure';
import { isGarbled } from '../../intake/readers/pdf-characters';
import { pdfReader } from '../../intake/readers/pdf';
import type { DocumentText } from '../../intake/readers/reader';
import { read } from './support';
import { pdfOf, typeset, type Placed } from './pdf-file';

const readPdf = async (bytes: Buffer): Promise<DocumentText> => pdfReader.read(bytes, '整改报告.pdf');
const codeOf = async (bytes: Buffer): Promise<unknown> =>
  readPdf(bytes).then(
    () => null,
    (error: unknown) => (error instanceof ZhenggaiError ? error.failure.code : error),
  );

const report = [
  '中共云溪县农业局党组关于巡察整改进展情况的通报',
  '2024年3月4日至4月30日，县委第二巡察组对县农业局党组开展了巡察。6月12日，县委第二巡察组反馈了巡察意见，指出了两个方面四个问题，现将整改进展情况予以公布。',
  '一、落实决策部署方面',
  '1.高标准农田建后管护责任落实不够到位，个别项目区沟渠淤塞、机井损坏，群众反映较多而长期没有得到解决。',
  '整改情况：一是落实管护主体四十二个，逐块签订协议；二是拨付管护资金，修复机井与沟渠；三是建立每季度巡查的制度。该问题已完成整改。',
  '2.农机购置补贴审核把关不严。',
  '整改情况：一是复核补贴机具；二是追回多补资金，对有关人员进行批评教育。该问题已完成整改。',
  '二、作风建设方面',
  '1.服务群众意识不强，答复群众来信超期。',
  '整改情况：建立限时办结制度，对超期件逐一回访。该问题基本完成整改。',
  '中共云溪县农业局党组',
  '2024年11月20日',
];

const pageNumber = (page: number): Placed => ({ text: `- ${page} -`, x: 285, y: 40 });
const issuesOf = (text: string) =>
  read(text).issues.map(({ label, title, aspectNo, status, measures }) => [label, title, aspectNo, status?.value, measures.length]);

describe('prose', () => {
  test('broken lines are joined, also across pages; page numbers go; every line knows its page', async () => {
    const pages = typeset(report, { lines: 9 }).map((page, index) => [...page, pageNumber(index + 1)]);
    expect(pages.length).toBeGreaterThan(1);
    const { text, places } = await readPdf(pdfOf(pages));
    expect(text.split('\n')).toEqual(report);
    expect(places?.[0]).toBe('第1页');
    expect(places?.at(-1)).toBe(`第${pages.length}页`);
    expect(issuesOf(text)).toEqual(issuesOf(report.join('\n')));
  });

  test('words that begin something begin nothing at the edge where paragraphs are set in', async () => {
    const placed = ([x, text]: readonly [number, string], row: number): Placed => ({ text, x, y: 780 - row * 20 });
    const lines = (
      [
        [84, '一、作风建设方面'],
        [84, '1.答复群众来信超期。'],
        [84, '整改情况：建立限时办结制度，对超期件逐一回访，办结率百分之百；第'],
        [60, '二是每月通报一次超期情况，由分管领导约谈承办科室负责人。已完成。'],
        [84, '2.文风会风不实。'],
        [84, '整改情况：压减会议。'],
      ] as const
    ).map(placed);
    const { text } = await readPdf(pdfOf([lines]));
    expect(text.split('\n')).toHaveLength(5);
    expect(text).toContain('；第二是每月');
  });

  test('a running head goes, the same words in the text stay', async () => {
    const head = (): Placed => ({ text: '云溪县巡察整改材料', x: 230, y: 805, size: 9 });
    const pages = typeset([...report.slice(0, 4), '云溪县巡察整改材料', ...report.slice(4)], { lines: 6 }).map((page) => [head(), ...page]);
    const { text } = await readPdf(pdfOf(pages));
    expect(text.split('\n').filter((line) => line === '云溪县巡察整改材料')).toHaveLength(1);
  });

  test('two columns are read one after the other', async () => {
    const [left = [], right = []] = typeset(report, { width: 18, lines: 15, x: 60 });
    const page = [...left, ...right.map((piece) => ({ ...piece, x: piece.x + 260 }))];
    const { text } = await readPdf(pdfOf([page]));
    const whole = typeset(report, { width: 18, lines: 15 }).slice(0, 2).flat();
    expect(text.replace(/\n/g, '')).toBe(whole.map((piece) => piece.text).join(''));
    expect(text.split('\n')).toEqual(expect.arrayContaining([report[2], report[4]]));
  });

  test('the cells of a table stay on their row, parted by tabs', async () => {
    const rows = [
      ['序号', '问题', '整改情况'],
      ...Array.from({ length: 14 }, (_, index) => [String(index + 1), `台账第${index + 1}号更新滞后`, '已补录并明确专人']),
    ];
    const page = rows.flatMap((cells, row) => cells.map((text, column) => ({ text, x: [60, 140, 380][column] ?? 0, y: 760 - row * 22 })));
    const { text } = await readPdf(pdfOf([page]));
    expect(text.split('\n')).toEqual(rows.map((cells) => cells.join('\t')));
  });

  test('a raised number of a note is set apart from the figure before it', async () => {
    const page = [
      { text: '追回资金36', x: 80, y: 700 },
      { text: '2', x: 152, y: 705, size: 7 },
      { text: '万元。', x: 160, y: 700 },
    ];
    expect((await readPdf(pdfOf([page]))).text).toBe('追回资金36〔2〕万元。');
  });
});

describe('what is no text', () => {
  test('a scan says that it is one', async () => {
    const image = '\nq 500 0 0 700 40 60 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x80 EI Q';
    expect(await codeOf(pdfOf([[], []], { extra: image }))).toBe('scanWithoutText');
  });

  test('a password, a torn file, an empty one', async () => {
    const encrypted =
      '/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <' + '41'.repeat(32) + '> /U <' + '42'.repeat(32) + '> >> /ID [<00> <00>]';
    expect(await codeOf(pdfOf(typeset(report), { trailer: encrypted }))).toBe('pdfProtected');
    expect(await codeOf(Buffer.from('%PDF-1.7\nno pdf at all'))).toBe('pdfBroken');
    expect((await readPdf(pdfOf([[]]))).text).toBe('');
  });

  test('characters of a font without a table are told from Chinese', () => {
    expect(isGarbled(report.join('\n'))).toBe(false);
    expect(isGarbled('\uE012\uE0F3\uE111'.repeat(40))).toBe(true);
    expect(isGarbled('鰓鱸蠹龘齉麤驫'.repeat(60))).toBe(true);
    expect(isGarbled('')).toBe(false);
  });
});
