import type { LocalDate } from '../domain/time';
import { dateOf } from '../domain/time';
import type { HistoryEntry, IssueDetail, ObligationView } from '../ledger/issue-views';
import { eventWords } from '../api/event-words';
import { print, printTable } from './output';
import { shorten } from './table';
import { dueText, paperStates, whoOwes } from './words';

const MOST_HISTORY = 40;
const LONGEST_TEXT = 60;

/** One issue on one screen: what is owed, by whom, what was done. */
export function showIssue(issue: IssueDetail, today: LocalDate): void {
  const { assignment } = issue;
  print(
    `${issue.id}  ${issue.title}`,
    `轮次 ${shorten(issue.roundName, LONGEST_TEXT)}`,
    `反馈 ${issue.feedbackOn}  阶段 ${issue.phaseLabel}  版本 ${issue.version}`,
    assignment
      ? `主办 ${assignment.leadUnit.name}  牵头 ${assignment.leadLeader.name}${assignment.handler ? `  责任人 ${assignment.handler.name}` : ''}`
      : '尚未交账',
    ...(issue.originalDueOn ? [`原定期限 ${issue.originalDueOn}${issue.extensions > 0 ? `，延期${issue.extensions}次` : ''}`] : []),
    ...(issue.returns + issue.relapses > 0 ? [`退回${issue.returns}次，反弹${issue.relapses}次`] : []),
    ...(issue.closeoutNumber ? [`销号 ${issue.closeoutNumber} ${issue.closedOn ?? ''}`] : []),
  );
  section('应办', issue.open.length);
  printTable(
    [{ title: '事项', whole: true }, { title: '期限', whole: true }, { title: '', whole: true }, { title: '应办人' }],
    issue.open.map((one) => [one.label, dueText(one), stand(one, today), whoOwes(one)]),
  );
  if (issue.measures.length > 0) {
    section('措施', issue.measures.length);
    printTable(
      [{ title: '编号', whole: true }, { title: '措施' }, { title: '单位' }, { title: '时限', whole: true }, { title: '', whole: true }],
      issue.measures.map((one) => [
        one.id,
        one.text,
        one.unit.name,
        one.sustained ? '长期坚持' : one.dueOn,
        one.completedAt ? '已完成' : null,
      ]),
    );
  }
  if (issue.papers.length > 0) {
    section('文书', issue.papers.length);
    printTable(
      [
        { title: '编号', whole: true },
        { title: '文书', whole: true },
        { title: '文号', whole: true },
        { title: '状态', whole: true },
        { title: '日期', whole: true },
      ],
      issue.papers.map((one) => [one.id, one.label, one.number, paperStates[one.state] ?? one.state, one.signedOn]),
    );
  }
  section('经过', issue.history.length);
  printTable(
    [{ title: '日期', whole: true }, { title: '事项', whole: true }, { title: '经办', whole: true }, { title: '内容' }],
    issue.history
      .slice(-MOST_HISTORY)
      .map((one) => [dateOf(one.occurredAt), eventWords(one), actorOf(one), shorten(Object.values(one.texts)[0] ?? '', LONGEST_TEXT)]),
  );
}

const section = (title: string, count: number): void => {
  print('', `${title}（${count}）`);
};

function stand({ dueOn, stopped }: ObligationView, today: LocalDate): { text: string; tone: 'red' | 'none' | 'grey' } {
  if (stopped) return { text: '停止计时', tone: 'grey' };
  return today > dueOn ? { text: '逾期', tone: 'red' } : { text: '未到期', tone: 'none' };
}

const ways: Readonly<Record<string, string>> = { cli: '命令行', api: '网页', start: '样例', demo: '演示', paper: '补录' };

const actorOf = ({ actor, via }: HistoryEntry): string => (actor.id === 'engine' ? '系统' : `${actor.name}（${ways[via] ?? via}）`);
