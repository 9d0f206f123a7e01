import { readFileSync } from 'node:fs';
import { defaultPolicy } from '../../domain/policy/default-policy';
import { obligationLabels, type Ladder } from '../../domain/policy/policy';
import { ladderPicture } from '../../tools/ladder-picture';
import { notificationFiles, notificationsDoc, notificationsPicture, writeNotifications } from '../../tools/notifications-doc';

// Written anew by WRITE_NOTIFICATIONS_DOC=1 npx jest test/domain/notifications-doc.test.ts && npx prettier --write docs/notifications.md

/** Prettier pads cells and draws longer rules; neither says anything. */
const said = (text: string): string[] =>
  text
    .trim()
    .split('\n')
    .map((line) => line.replace(/-{3,}/g, '---').replace(/\s+/g, ' ').trim());

beforeAll(() => {
  if (process.env['WRITE_NOTIFICATIONS_DOC'] === '1') writeNotifications();
});

const rectify = defaultPolicy.ladders.rectify.value;

describe('docs/notifications.md', () => {
  test('says what the code does', () => {
    expect(said(readFileSync(notificationFiles.doc, 'utf8'))).toEqual(said(notificationsDoc()));
  });

  test('has a section for every kind of obligation, with a row for every rung', () => {
    const sections = notificationsDoc().split(/^### /m);
    for (const [kind, label] of Object.entries(obligationLabels)) {
      const section = sections.find((one) => one.startsWith(`${label} \`${kind}\`\n`)) ?? '';
      const { value } = defaultPolicy.ladders[kind as keyof typeof obligationLabels];
      expect(
        section
          .split('\n')
          .filter((line) => line.startsWith('| '))
          .slice(2),
      ).toHaveLength(value.length);
    }
  });

  test('asks the rules for the openings and for who stands in', () => {
    const doc = notificationsDoc();
    expect(doc).toContain('| 每周第一个工作日08:30 | 每个工作日08:30 |');
    expect(doc).toContain('| 2026年9月30日（周三）17:00 | 责任人 | 红 | 2026年10月8日（周四）08:30 |'); // National Day is over
    expect(doc).toContain('| 2026年10月3日（周六）15:00 | 责任单位负责人 | 告知，紧急 | 2026年10月3日（周六）16:00 |');
    expect(doc).toContain('在08:00至19:00之间的下一个整点发出');
    expect(doc).toContain('没有邮箱的依次为联络员转告，其次电话提醒');
    expect(doc).toContain('| 巡察工作领导小组 | 巡察办，其次整改办，其次第一责任人，其次管理员 |');
  });
});

describe('docs/ladder.svg', () => {
  test('is drawn from the policy', () => {
    expect(readFileSync(notificationFiles.picture, 'utf8')).toBe(notificationsPicture());
  });

  /** A mark of a tone, in its group. */
  const marks = (svg: string, tone: string): number =>
    [...svg.matchAll(new RegExp(`<g class="${tone}">(.*?)</g>`, 'g'))]
      .map(([, group = '']) => (group.match(/class="(?:fill" cx|fill" d|hollow" stroke-width="2)/g) ?? []).length)
      .reduce((sum, count) => sum + count, 0);

  test.each(['none', 'green', 'yellow', 'red'] as const)('has a mark for everybody who hears of a rung: %s', (tone) => {
    const heard = rectify.filter((rung) => rung.tone === tone).flatMap(({ audience }) => audience).length;
    expect(marks(notificationsPicture(), tone)).toBe(heard + 1); // and the one of the legend
  });

  test('has a seal and a sheet for every paper, and a dashed one for every copy', () => {
    const svg = notificationsPicture();
    const papers = rectify.flatMap(({ paper }) => (paper ? [paper] : []));
    const count = (part: string): number => svg.split(part).length - 1;
    expect(papers.length).toBeGreaterThan(3);
    expect(count('class="seal"')).toBe(papers.length + 1);
    expect(count('class="sheet"')).toBe(papers.length + 1);
    expect(count('class="sheet copy"')).toBe(papers.flatMap(({ copyTo }) => copyTo).length + 1);
  });

  test('runs from the past to the future, and moves with the policy', () => {
    const ticks = (ladder: Ladder): string[] =>
      [...ladderPicture(ladder, '').matchAll(/middle">((?:提前|\+|产生时|到期日)[^<]*)</g)].map(([, label = '']) => label);
    const at = (ladder: Ladder, label: string): number =>
      Number(new RegExp(`x="([\\d.]+)"[^>]*>${label.replace('+', '\\+')}<`).exec(ladderPicture(ladder, ''))?.[1]);
    const labels = ['产生时', '提前20日', '提前10日', '到期日', '+1日', '+5', '+10', '+20', '+30', '+45', '+65…'];
    expect([...ticks(rectify)].filter((label) => labels.includes(label)).sort()).toEqual([...labels].sort());
    const places = labels.map((label) => at(rectify, label));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    const moved = rectify.map((rung) => (rung.id === 'after-45' ? { ...rung, offset: { workdays: 60 } } : rung));
    expect(ticks(moved)).toEqual(expect.arrayContaining(['+60', '+80…']));
  });

  test('holds no script, no font, nothing from elsewhere, and shows odd words as they are', () => {
    const svg = ladderPicture([{ id: 'a', label: '<script>&', offset: 'opened', audience: ['holder'], tone: 'red' }], '甲<乙');
    expect(svg).not.toMatch(/<script|@font-face|@import|href|url\(/);
    expect(svg).toContain('&lt;script&gt;&amp;');
    expect(svg).toContain('<title id="title">甲&lt;乙</title>');
    expect(svg).not.toContain('NaN');
  });
});
