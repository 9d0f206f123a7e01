import readWorkbook from 'read-excel-file/node';
import { digestList } from '../../channels/digest-list';
import { messagesOf } from '../../channels/messages';
import { unpackXml } from '../../intake/sheet-zip';
import { large, line, message, soon } from './sample-digest';

const rowsOf = async (bytes: Uint8Array): Promise<unknown[][]> => (await readWorkbook(Buffer.from(bytes)))[0]?.data ?? [];
const xmlOf = (bytes: Uint8Array): string => unpackXml(Buffer.from(bytes)).join('\n');

describe('the attached list', () => {
  test('holds every line, red first, with dates as dates and workdays as numbers', async () => {
    const [header, ...rows] = await rowsOf(await digestList(large()));
    expect(header?.slice(0, 6)).toEqual(['类别', '编号', '问题', '应办', '提醒', '期限']);
    expect(rows).toHaveLength(200);
    expect(rows[0]).toEqual([
      '● 逾期',
      '2026-01-020',
      '违规发放津补贴未清退到位',
      '整改',
      '逾期',
      new Date('2026-10-14T00:00:00Z'),
      -7,
      ...[null, new Date('2026-10-26T00:00:00Z'), '提醒函', '牵头领导、第一责任人', '牵头领导'],
      'https://zg.example.gov.cn/issue/issue-20',
    ]);
    const order = ['● 逾期', '▲ 临期', '○ 提醒', '◇ 新任务'];
    expect([...new Set(rows.map(([category]) => category))]).toEqual(order);
  });

  test('has a frozen header, a filter over all of it, and a link on each row', async () => {
    const xml = xmlOf(await digestList(large(40)));
    expect(xml).toMatch(/<pane ySplit="1"[^>]*state="frozen"/);
    expect(xml).toContain('<autoFilter ref="A1:M41"/>');
    expect(xml.match(/<hyperlink /g)).toHaveLength(40);
    expect(xml).toContain('Target="https://zg.example.gov.cn/issue/issue-20" TargetMode="External"');
  });

  test('of detail reference has no title, no unit and no name, and no column for them', async () => {
    const lines = [line(1, { title: '津补贴', unit: '云溪镇', role: '副镇长王某' }), soon(2)];
    const bytes = await digestList(message(lines, { detail: 'reference' }));
    expect((await rowsOf(bytes))[0]).not.toEqual(expect.arrayContaining(['问题']));
    expect(xmlOf(bytes)).not.toMatch(/津补贴|云溪镇|王某|责任单位<|公务接待/);
  });

  test('speaks English', async () => {
    const [header, first] = await rowsOf(await digestList(large(40), messagesOf('en')));
    expect(header?.slice(0, 4)).toEqual(['Category', 'No.', 'Issue', 'To do']);
    expect(first?.slice(3, 5)).toEqual(['Rectify', 'Overdue']);
  });

  test('is a whole workbook whatever the lines hold', async () => {
    const nasty = ['=1+1', '_x0041_', '<a&b>"', 'a\u0000b\r\nc', '残\ud83d字', '𬭎'.repeat(300), ''];
    const long = line(99, { link: `https://zg.example.gov.cn/issue/${'x'.repeat(3_000)}` });
    const rows = await rowsOf(await digestList(message([...nasty.map((title, n) => line(n, { title })), long])));
    const titles = rows.slice(1).map((row) => row[2]);
    expect(titles).toEqual(expect.arrayContaining(['=1+1', '<a&b>"', 'a b c', '残字', '_x0041_', `${'𬭎'.repeat(199)}…`]));
    expect(rows).toHaveLength(nasty.length + 2);
  });
});
