import type { DigestLine, DigestMessage } from '../../channels/digest-message';
import type { DigestContent } from '../../domain/digest';
import type { Tone } from '../../domain/policy/policy';
import { instant, localDate } from '../../domain/time';

/** A line of a sample digest; anything may be overridden. */
export const line = (n: number, over: Partial<DigestLine> = {}): DigestLine => ({
  streamId: `issue-${n}`,
  reference: `2026-01-${String(n).padStart(3, '0')}`,
  title: '违规发放津补贴未清退到位',
  kind: '整改',
  rung: '逾期',
  tone: 'red',
  dueOn: localDate('2026-10-19'),
  provisional: false,
  daysLeft: -2,
  role: '牵头领导',
  next: { on: localDate('2026-10-26'), label: '提醒函', hears: '牵头领导、第一责任人' },
  paper: null,
  link: `/issue/issue-${n}`,
  ...over,
});

export const newTask = (n: number, over: Partial<DigestLine> = {}): DigestLine =>
  line(n, {
    title: '基本药物配备不足',
    kind: '签收',
    rung: '新任务',
    tone: 'none',
    dueOn: localDate('2026-10-26'),
    daysLeft: 3,
    next: { on: localDate('2026-10-27'), label: '逾期提醒', hears: '责任单位负责人、整改办' },
    ...over,
  });

export const soon = (n: number, over: Partial<DigestLine> = {}): DigestLine =>
  line(n, {
    title: '公务接待费报销审核不严',
    rung: '提前10日提醒',
    tone: 'yellow',
    dueOn: localDate('2026-10-30'),
    daysLeft: 7,
    next: { on: localDate('2026-10-31'), label: '逾期', hears: '责任单位负责人、牵头领导、整改办' },
    ...over,
  });

export const message = (lines: readonly DigestLine[], over: Partial<DigestMessage> = {}): DigestMessage => ({
  person: { name: '张某某', email: 'zhang@example.gov.cn' },
  opening: instant('2026-10-21T08:30+08:00'),
  claimedAt: instant('2026-10-21T08:30:12+08:00'),
  detail: 'full',
  lines,
  linkBase: 'https://zg.example.gov.cn',
  ...over,
});

/** What a lead leader gets on an ordinary Monday. */
export const ordinary = (): DigestMessage =>
  message([
    newTask(21, { title: '党委会议事规则未及时修订' }),
    soon(7, { role: '牵头领导、分管领导' }),
    line(12, {
      paper: '督办通知单',
      rung: '督办通知单',
      next: { on: localDate('2026-11-16'), label: '报巡察办', hears: '第一责任人、巡察办、纪检监察组' },
      daysLeft: -16,
      dueOn: localDate('2026-09-28'),
    }),
    newTask(22, { title: '固定资产账实不符，盘点制度未落实' }),
    line(3, { title: '“三重一大”事项集体决策执行不到位，部分大额资金使用未经党委会研究' }),
    newTask(23, { title: '工会经费使用不规范' }),
  ]);

const titles = [
  '违规发放津补贴未清退到位',
  '基本药物配备不足',
  '公务接待费报销审核不严',
  '“三重一大”事项集体决策执行不到位，部分大额资金使用未经党委会研究',
  '固定资产账实不符',
];
const tones: readonly Tone[] = ['red', 'yellow', 'green', 'none'];

/** Two hundred lines of every tone, as in a large round. */
export const large = (count = 200): DigestMessage =>
  message(
    Array.from({ length: count }, (_, n) => {
      const tone = tones[n % 4] ?? 'none';
      const over = { title: titles[n % titles.length] ?? null };
      if (tone === 'red')
        return line(n, { ...over, daysLeft: -1 - (n % 7), dueOn: localDate(`2026-10-${String(20 - (n % 7)).padStart(2, '0')}`) });
      if (tone === 'yellow') return soon(n, { ...over, daysLeft: 3 + (n % 5), dueOn: localDate(`2026-10-${26 + (n % 5)}`) });
      if (tone === 'green')
        return soon(n, { ...over, tone, rung: '提前20日提醒', daysLeft: 13, dueOn: localDate('2026-11-09'), provisional: n % 8 === 2 });
      return newTask(n, over);
    }),
  );

/** The addresses of the items of a mail, each once, in the order in which they are told. */
export const htmlItems = (html: string): string[] => [
  ...new Set([...html.matchAll(/href="([^"]*\/issue\/[^"]*)"/g)].map(([, href = '']) => href)),
];
export const textItems = (text: string): string[] => [...text.matchAll(/https?:\S+\/issue\/\S+/g)].map(([href]) => href);

/** The same as the ledger hands it over. */
export const contentOf = ({ person, opening, claimedAt, lines }: DigestMessage, over: Partial<DigestContent> = {}): DigestContent => ({
  person: { id: 'p-1', ...person },
  opening,
  claimedAt,
  lines,
  notices: lines.map(({ streamId }) => `${streamId}/rectify#1/overdue@1`),
  ...over,
});
