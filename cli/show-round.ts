import { eventWords } from '../api/event-words';
import { phaseLabels, type Phase } from '../domain/issue/types';
import { duringLabels, everyLabels } from '../domain/policy/explain';
import type { Finding } from '../domain/round/types';
import { dateOf, type LocalDate } from '../domain/time';
import type { RoundDetail } from '../ledger/round-detail';
import { print, printTable } from './output';
import { checkBackModeLabels, reportLabels } from './round-input';
import { shorten } from './table';
import { dueText, whoOwes } from './words';

const MOST_HISTORY = 30;
const LONGEST_TEXT = 60;

/** One round on one screen. */
export function showRound(round: RoundDetail, today: LocalDate): void {
  const { assessment, checkBackPlan, clues } = round;
  print(
    `${round.id}  ${shorten(round.name, LONGEST_TEXT)}`,
    `来源 ${round.sourceLabel}  反馈 ${round.feedbackOn}  阶段 ${round.phaseLabel}  版本 ${round.version}`,
    `被巡察 ${round.inspectedBody ?? '未写'}  巡察方 ${round.inspectingBody ?? '未写'}${round.organisation ? `  单位 ${round.organisation.name}` : ''}`,
    `规则 ${round.policy ?? '无（旧版本中建立，没有轮次事项）'}`,
    `问题 ${round.issues}个，已销号${round.closed}，逾期${round.red}：${phasesOf(round)}`,
    `方案 ${round.planFiledOn === null ? '未报送' : `${round.planFiledOn}报送`}  报告 ${round.reportsFiled.map((one) => `${reportLabels[one]}已报`).join('、') || '未报送'}`,
    ...round.cadences.map(
      (one) =>
        `调度 ${one.label}，${everyLabels[one.every]}一次（${duringLabels[one.during]}）${one.lastOn === null ? '' : `，最近${one.lastOn}`}`,
    ),
    ...(assessment ? [`评估 ${assessment.score}分，${assessment.grade}`] : []),
    ...(checkBackPlan
      ? [
          `回头看 ${checkBackModeLabels[checkBackPlan.mode]}${checkBackPlan.mode === 'sample' ? `${checkBackPlan.percent}%` : ''}，${checkBackPlan.issues.length}个问题，种子“${checkBackPlan.seed}”，检查人 ${checkBackPlan.checkers.map(({ name }) => name).join('、')}`,
        ]
      : []),
    ...(clues
      ? [
          `线索 受理${clues.received}，在办${clues.handling}，办结${clues.settled}${clues.released === null ? '，未对外公布' : `，对外公布${clues.released}`}`,
        ]
      : []),
  );
  section('应办', round.open.length);
  printTable(
    [{ title: '事项', whole: true }, { title: '期限', whole: true }, { title: '', whole: true }, { title: '应办人' }],
    round.open.map((one) => [
      one.label,
      dueText(one),
      today > one.dueOn ? { text: '逾期', tone: 'red' } : { text: '未到期', tone: 'none' },
      whoOwes(one),
    ]),
  );
  if (assessment && assessment.deductions.length > 0) {
    section('扣分', assessment.deductions.length);
    printTable(
      [{ title: '项目' }, { title: '分', align: 'right', whole: true }, { title: '理由' }, { title: '问题', whole: true }],
      assessment.deductions.map((one) => [one.item, one.points, one.reason, one.issueId]),
    );
  }
  showCollections(round);
  showFindings(round);
  section('经过', round.history.length);
  printTable(
    [{ title: '日期', whole: true }, { title: '事项', whole: true }, { title: '经办', whole: true }, { title: '内容' }],
    round.history
      .slice(-MOST_HISTORY)
      .map((one) => [
        dateOf(one.occurredAt),
        eventWords(one),
        one.actor.id === 'engine' ? '系统' : one.actor.name,
        shorten(Object.values(one.texts)[0] ?? '', LONGEST_TEXT),
      ]),
  );
}

function showCollections({ collections }: RoundDetail): void {
  if (collections.length === 0) return;
  section('收报', collections.length);
  printTable(
    [
      { title: '编号', whole: true },
      { title: '期别', whole: true },
      { title: '期限', whole: true },
      { title: '单位', align: 'right', whole: true },
      { title: '已报', align: 'right', whole: true },
      { title: '未报' },
    ],
    collections.map(({ id, period, dueOn, units }) => [
      id,
      period,
      dueOn,
      units.length,
      units.filter(({ answeredAt }) => answeredAt !== null).length,
      units
        .filter(({ answeredAt }) => answeredAt === null)
        .map(({ unit }) => unit.name)
        .join('、'),
    ]),
  );
}

const findingStates: Readonly<Record<Finding['state'], string>> = {
  submitted: '待审定',
  accepted: '已采纳',
  merged: '已并入',
  returned: '已退回',
};

function showFindings({ stages, findings }: RoundDetail): void {
  if (stages.length === 0) return;
  print('', `自查阶段 ${stages.map(({ name, until }) => `${name}（至${until}）`).join('、')}`);
  if (findings.length === 0) return;
  section('自查问题', findings.length);
  printTable(
    [
      { title: '编号', whole: true },
      { title: '单位' },
      { title: '阶段', whole: true },
      { title: '问题' },
      { title: '状态', whole: true },
      { title: '台账', whole: true },
    ],
    findings.map((one) => [one.id, one.unit.name, one.stage, one.title, findingStates[one.state], one.issueId]),
  );
}

const section = (title: string, count: number): void => {
  print('', `${title}（${count}）`);
};

const phasesOf = ({ phases }: RoundDetail): string =>
  Object.entries(phases)
    .filter(([, count]) => count > 0)
    .map(([phase, count]) => `${phaseLabels[phase as Phase]}${count}`)
    .join('、');
