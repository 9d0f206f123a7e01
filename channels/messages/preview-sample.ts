import type { DigestLine } from '../../domain/digest';
import { addDays, instant, localDate } from '../../domain/time';
import type { DigestMessage } from '../digest-message';

/** Everything here is invented: no place, person, unit or finding exists. */
const titles = [
  '大额资金使用未经集体研究',
  '公务用车登记不全',
  '村级工程验收资料缺失，部分项目先付款后验收',
  '困难群众补贴发放不及时',
  '会议记录不规范',
] as const;
const units = ['青禾县水务局', '青禾县云溪镇', '青禾县第三中学'] as const;

interface SampleKind extends Pick<DigestLine, 'kind' | 'rung' | 'paper' | 'role' | 'tone' | 'daysLeft'> {
  /** Calendar days from the day of the sample; its workdays are those of a week without holidays. */
  readonly dueIn: number;
  readonly next: { readonly in: number; readonly label: string; readonly hears: string };
}

const leader = '牵头领导';

/** One invented line of each urgency. */
const kinds: readonly [SampleKind, ...SampleKind[]] = [
  {
    kind: '整改',
    rung: '督办通知单',
    paper: '督办通知单',
    role: leader,
    tone: 'red',
    dueIn: -14,
    daysLeft: -10,
    next: { in: 14, label: '报巡察办督办', hears: '巡察办、第一责任人、牵头领导、整改办' },
  },
  {
    kind: '督促责任单位负责人报送整改措施',
    rung: '逾期',
    paper: null,
    role: leader,
    tone: 'red',
    dueIn: -1,
    daysLeft: -1,
    next: { in: 2, label: '催办', hears: '责任单位负责人、牵头领导、整改办' },
  },
  {
    kind: '整改',
    rung: '提前10日提醒',
    paper: null,
    role: leader,
    tone: 'yellow',
    dueIn: 9,
    daysLeft: 7,
    next: { in: 10, label: '逾期', hears: '责任人、责任单位负责人、牵头领导、整改办' },
  },
  {
    kind: '审批整改措施',
    rung: '请审批整改措施',
    paper: null,
    role: '牵头领导、分管领导',
    tone: 'none',
    dueIn: 12,
    daysLeft: 8,
    next: { in: 13, label: '逾期', hears: '牵头领导、第一责任人' },
  },
];

const TODAY = localDate('2026-11-18');

/** A digest of so many invented items, as a lead leader would get it. */
export const sampleDigest = (items: number, detail: DigestMessage['detail']): DigestMessage => ({
  person: { name: '周晓岚', email: 'zhou@example.cn' },
  opening: instant('2026-11-18T08:30+08:00'),
  claimedAt: instant('2026-11-18T08:30:12+08:00'),
  detail,
  lines: Array.from({ length: items }, (_, n) => lineOf(n)),
  linkBase: 'https://zhenggai.example.cn',
});

function lineOf(n: number): DigestLine {
  const { dueIn, next, ...rest } = kinds[n % kinds.length] ?? kinds[0];
  const id = `R1-${String(n + 1).padStart(3, '0')}`;
  return {
    ...rest,
    streamId: id,
    reference: id,
    title: titles[n % titles.length] ?? null,
    unit: units[n % units.length] ?? null,
    dueOn: addDays(TODAY, dueIn),
    provisional: n % 11 === 10,
    next: { on: addDays(TODAY, next.in), label: next.label, hears: next.hears },
    link: `/issues/${id}`,
  };
}
