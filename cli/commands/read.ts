import { Command } from 'commander';
import { readDocument } from '../../intake';
import type { DraftLedger, ReportedStatus } from '../../intake/draft';
import { jsonOption } from '../options';
import { print, printJson, printTable } from '../output';
import type { CellTone } from '../table';

export const statusWords: Readonly<Record<ReportedStatus, string>> = {
  completed: '已完成',
  basically_completed: '基本完成',
  stage_completed: '阶段性完成',
  partially_rectified: '部分整改',
  in_progress: '正在整改',
  not_completed: '未完成',
};

export const readCommand = (): Command =>
  new Command('read')
    .description('读取整改报告或反馈意见，列出问题和前后不一致之处；不登记任何内容')
    .argument('<文件>', 'txt 文件')
    .addOption(jsonOption())
    .action(async (file: string, options: { json?: true }) => {
      const draft = await readDocument(file);
      if (options.json) printJson(draft);
      else show(draft);
    });

const severityTone: Readonly<Record<DraftLedger['findings'][number]['severity'], CellTone>> = {
  error: 'red',
  warning: 'yellow',
  info: 'grey',
};
const severityWords = { error: '错误', warning: '提醒', info: '说明' } as const;

const words: Readonly<Record<string, string>> = {
  aspects: '方面',
  categories: '项',
  issues: '问题',
  ...statusWords,
  sustained: '长期坚持',
  tasks: '整改任务',
  measures: '整改措施',
  rules: '制度',
  risks: '廉政风险点',
  clues: '问题线索',
  handled_persons: '处理人数',
  handled_person_times: '处理人次',
  handled_section_level: '处理科级干部',
};

/** `handling:立案` is a kind of handling, named by itself. */
const declaredWords = (what: string): string => words[what] ?? what.replace(/^handling:/, '处理：');

function show(draft: DraftLedger): void {
  const { round } = draft;
  print(
    `文件    ${draft.source.file}（${draft.source.encoding}）`,
    `被巡察  ${round.inspectedBody?.value ?? '文中未写'}`,
    `巡察方  ${round.inspectingBody?.value ?? '文中未写'}`,
    `进驻    ${round.onSite.map(({ start, end }) => `${start}至${end}`).join('、') || '文中未写'}`,
    `反馈    ${round.feedbackDate?.value ?? '文中未写'}`,
    `问题    ${draft.issues.length}个，${draft.aspects.length}个方面，${draft.categories.length}项`,
    '',
  );
  printTable(
    [
      { title: '序号', align: 'right', whole: true },
      { title: '问题' },
      { title: '报告所称', whole: true },
      { title: '时限', whole: true },
      { title: '措施', align: 'right', whole: true },
      { title: '行', align: 'right', whole: true },
    ],
    draft.issues.map((issue) => [
      issue.number,
      issue.title,
      issue.status ? statusWords[issue.status.value] : null,
      issue.deadline?.due ?? issue.deadline?.raw ?? null,
      issue.measures.length,
      issue.line,
    ]),
  );
  showEarlier(draft);
  if (draft.declared.length > 0) {
    print('', '文中自报的数字');
    printTable(
      [
        { title: '项目' },
        { title: '自报', align: 'right', whole: true },
        { title: '清点', align: 'right', whole: true },
        { title: '', whole: true },
        { title: '行', align: 'right', whole: true },
      ],
      draft.declared.map(({ what, value, counted, agrees, line }) => [
        declaredWords(what),
        value,
        counted,
        agrees === null ? null : agrees ? { text: '相符', tone: 'green' } : { text: '不符', tone: 'red' },
        line,
      ]),
    );
  }
  if (draft.findings.length > 0) {
    print('', '需要核对');
    printTable(
      [{ title: '', whole: true }, { title: '说明' }, { title: '行', whole: true }],
      draft.findings.map(({ severity, message, lines }) => [
        { text: severityWords[severity], tone: severityTone[severity] },
        message,
        lines.length > 4 ? `${lines.slice(0, 3).join('、')} 等${lines.length}处` : lines.join('、'),
      ]),
    );
  }
}

/** Issues that are about the findings of an earlier round 屡改屡犯. */
function showEarlier({ issues }: DraftLedger): void {
  const repeating = issues.flatMap(({ number, earlier }) => (earlier == null ? [] : [{ number, ...earlier }]));
  if (repeating.length === 0) return;
  print('', '涉及以往轮次的问题');
  printTable(
    [
      { title: '序号', align: 'right', whole: true },
      { title: '以往轮次' },
      { title: '反馈', align: 'right', whole: true },
      { title: '已整改', align: 'right', whole: true },
      { title: '长期坚持', align: 'right', whole: true },
      { title: '未到位', align: 'right', whole: true },
      { title: '写明未到位的' },
      { title: '行', align: 'right', whole: true },
    ],
    repeating.map(({ number, source, year, findings, rectified, sustained, outstanding, named, line }) => [
      number,
      source ?? (year === null ? '文中未写' : `${year}年`),
      findings,
      rectified,
      sustained,
      outstanding,
      named.join('、') || null,
      line,
    ]),
  );
}
