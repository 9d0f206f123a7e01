import { asOfWords, type Moment, type PastIssue, type PastRound } from './as-of';
import { print, printTable } from './output';
import { dueText, paperStates } from './words';

/** One issue as it stood. */
export function showPastIssue(issue: PastIssue, asOf: Moment): void {
  const { assignment } = issue;
  print(
    `${issue.id}  ${asOfWords(asOf)}`,
    `反馈 ${issue.feedbackOn}  阶段 ${issue.phaseLabel}  版本 ${issue.version}`,
    assignment
      ? `主办 ${assignment.leadUnit.name}  牵头 ${assignment.leadLeader.name}${assignment.handler ? `  责任人 ${assignment.handler.name}` : ''}`
      : '尚未交账',
    ...(issue.originalDueOn ? [`原定期限 ${issue.originalDueOn}${issue.extensions > 0 ? `，延期${issue.extensions}次` : ''}`] : []),
    ...(issue.returns + issue.relapses > 0 ? [`退回${issue.returns}次，反弹${issue.relapses}次`] : []),
    ...(issue.closeoutNumber ? [`销号 ${issue.closeoutNumber} ${issue.closedOn ?? ''}`] : []),
    '',
    `应办（${issue.open.length}）`,
  );
  printTable(
    [{ title: '事项', whole: true }, { title: '期限', whole: true }, { title: '', whole: true }, { title: '应办' }],
    issue.open.map((one) => [one.label, dueText(one), one.stopped ? '停止计时' : null, one.holderLabel]),
  );
  if (issue.measures.length > 0) {
    print('', `措施（${issue.measures.length}）`);
    printTable(
      [{ title: '编号', whole: true }, { title: '措施' }, { title: '单位' }, { title: '时限', whole: true }, { title: '', whole: true }],
      issue.measures.map((one) => [
        one.id,
        one.text,
        one.unit.name,
        one.sustained ? '长期坚持' : one.dueOn,
        one.completed ? '已完成' : null,
      ]),
    );
  }
  if (issue.papers.length > 0) {
    print('', `文书（${issue.papers.length}）`);
    printTable(
      [
        { title: '编号', whole: true },
        { title: '文书', whole: true },
        { title: '文号', whole: true },
        { title: '状态', whole: true },
      ],
      issue.papers.map((one) => [one.id, one.label, one.number, paperStates[one.state] ?? one.state]),
    );
  }
}

/** One round as it stood, a row an issue. */
export function showPastRound(round: PastRound, asOf: Moment): void {
  print(
    `${round.id}  ${round.name}`,
    asOfWords(asOf),
    `阶段 ${round.phaseLabel}  规则 ${round.policy ?? '无'}  版本 ${round.version}`,
    `轮次应办 ${round.open.map((one) => `${one.label}（${dueText(one)}）`).join('、') || '无'}`,
    '',
  );
  printTable(
    [
      { title: '编号', whole: true },
      { title: '阶段', whole: true },
      { title: '整改期限', whole: true },
      { title: '应办' },
      { title: '版本', align: 'right', whole: true },
    ],
    round.issues.map((issue) => [
      issue.id,
      issue.phaseLabel,
      issue.dueOn,
      issue.open.map((one) => `${one.label} ${dueText(one)}`).join('、'),
      issue.version,
    ]),
  );
}
