import { dateOf } from '../domain/time';
import type { DraftLedger } from '../intake/draft';
import { endWords, type OpenDraft } from './commands/draft-open';
import { statusWords } from './commands/read';
import { print, printTable } from './output';
import type { CellTone } from './table';

const severityWords = { error: '错误', warning: '提醒', info: '说明' } as const;
const severityTones: Readonly<Record<keyof typeof severityWords, CellTone>> = { error: 'red', warning: 'yellow', info: 'grey' };
/** Beside a value that a person set. */
const HAND = '＊';

/** Where a line stands, as a person finds it in the file: its page or cell, else its number. */
export const placesOf =
  ({ places }: Pick<DraftLedger, 'places'>) =>
  (line: number): string =>
    places?.[line - 1] ?? String(line);

/** One stored draft on one screen: the round, the tree with its issues, what is to be checked, the edits. */
export function showDraft({ head, draft, byHand, edits }: OpenDraft): void {
  const set = new Set(byHand.map(({ where }) => where));
  const mark = (where: string): string => (set.has(where) ? HAND : '');
  const at = placesOf(draft);
  const { round } = draft;
  const stated = (field: 'inspectedBody' | 'inspectingBody' | 'feedbackDate' | 'publishedDate' | 'reportDate'): string =>
    `${round[field]?.value ?? '文中未写'}${mark(`round.${field}`)}`;
  print(
    `草稿${head.id}  版本 ${head.version}  ${endWords(head)}`,
    `文件    ${head.source.file}，${dateOf(head.readAt)}读取${head.aboutRoundId === null ? '' : `，轮次${head.aboutRoundId}的更新报告`}`,
    `被巡察  ${stated('inspectedBody')}`,
    `巡察方  ${stated('inspectingBody')}`,
    `进驻    ${round.onSite.map(({ start, end }) => `${start}至${end}`).join('、') || '文中未写'}${mark('round.onSite')}`,
    `反馈    ${stated('feedbackDate')}  公开 ${stated('publishedDate')}  报告 ${stated('reportDate')}`,
    `问题    ${draft.issues.length}个，${draft.aspects.length}个方面，${draft.categories.length}项`,
    '',
  );
  showIssues(draft, mark);
  showDeclared(draft);
  if (draft.findings.length > 0) {
    print('', '需要核对（按读取时的文件）');
    printTable(
      [{ title: '', whole: true }, { title: '说明' }, { title: '行', whole: true }],
      draft.findings.map(({ severity, message, lines }) => [
        { text: severityWords[severity], tone: severityTones[severity] },
        message,
        lines.length > 4 ? `${lines.slice(0, 3).map(at).join('、')} 等${lines.length}处` : lines.map(at).join('、'),
      ]),
    );
  }
  if (edits.length > 0) print('', `改动${edits.length}处，${HAND}为人工填写；逐项经过用 --json 查看。`);
}

function showIssues(draft: DraftLedger, mark: (where: string) => string): void {
  const { issues, aspects, categories } = draft;
  const at = placesOf(draft);
  const place = (aspectNo: number | null, categoryNo: number | null): string | null =>
    [aspectNo, categoryNo].filter((no) => no !== null).join('.') || null;
  printTable(
    [
      { title: '序号', align: 'right', whole: true },
      { title: '编号', whole: true },
      { title: '方面.项', whole: true },
      { title: '问题' },
      { title: '报告所称', whole: true },
      { title: '时限', whole: true },
      { title: '责任单位' },
      { title: '措施', align: 'right', whole: true },
      { title: '行', whole: true },
    ],
    issues.map((issue) => [
      issue.number,
      issue.id,
      `${place(issue.aspectNo, issue.categoryNo) ?? ''}${mark(`${issue.id}.place`)}`,
      `${issue.title}${mark(`${issue.id}.title`)}`,
      `${issue.status === null ? '' : statusWords[issue.status.value]}${mark(`${issue.id}.status`)}`,
      `${issue.deadline?.due ?? issue.deadline?.raw ?? ''}${mark(`${issue.id}.deadline`)}`,
      `${issue.parties.responsibleUnit ?? ''}${mark(`${issue.id}.parties.responsibleUnit`)}`,
      issue.measures.length,
      at(issue.line),
    ]),
  );
  if (aspects.length + categories.length === 0) return;
  print('', '方面和项');
  printTable(
    [{ title: '方面.项', whole: true }, { title: '标题' }],
    [
      ...aspects.flatMap(({ no, title }) => [
        [String(no), `${title}${mark(`aspect-${no}.title`)}`],
        ...categories
          .filter(({ aspectNo }) => aspectNo === no)
          .map((one) => [`${no}.${one.no}`, `${one.title}${mark(`category-${no}-${one.no}.title`)}`]),
      ]),
      ...categories
        .filter(({ aspectNo }) => aspectNo === null)
        .map((one) => [`-.${one.no}`, `${one.title}${mark(`category-0-${one.no}.title`)}`]),
    ],
  );
}

/** Totals that the document states, where they are not what is listed now. */
function showDeclared(draft: DraftLedger): void {
  const at = placesOf(draft);
  const wrong = draft.declared.filter(({ agrees }) => agrees === false);
  if (wrong.length === 0) return;
  print('', '文中自报与清点不符');
  printTable(
    [
      { title: '项目' },
      { title: '自报', align: 'right', whole: true },
      { title: '清点', align: 'right', whole: true },
      { title: '行', whole: true },
    ],
    wrong.map(({ what, value, counted, line }) => [declaredLabels[what] ?? what.replace(/^handling:/, '处理：'), value, counted, at(line)]),
  );
}

const declaredLabels: Readonly<Record<string, string>> = {
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
