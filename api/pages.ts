import { dateOf, type Instant } from '../domain/time';
import type { Tone } from '../domain/policy/policy';
import type { ObligationView, HistoryEntry } from '../ledger/issue-views';
import type { DueRow, IssueDetail, IssueRow, RoundRow } from '../ledger/queries';
import type { RoundDetail } from '../ledger/round-detail';
import { eventWords } from './event-words';

const escape = (text: string): string =>
  text.replace(/[&<>"']/g, (mark) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[mark] ?? mark);

const STYLE = `body{font:16px/1.6 "Noto Sans CJK SC","Microsoft YaHei",sans-serif;color:#222;margin:0;background:#f6f6f4}
main{max-width:1100px;margin:0 auto;padding:24px}h1{font-size:22px;margin:8px 0}h2{font-size:17px;margin:28px 0 8px}
table{border-collapse:collapse;width:100%;background:#fff}th,td{text-align:left;padding:7px 10px;border-bottom:1px solid #e5e5e0;vertical-align:top}
th{font-weight:600;color:#666;font-size:14px;white-space:nowrap}a{color:#1d4f91}.n{white-space:nowrap}.grey{color:#777}
.red{color:#b3261e;font-weight:600}.yellow{color:#8a5a00}.green{color:#1b6e3c}p{margin:4px 0}`;

const shell = (title: string, body: string): string =>
  `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${escape(title)}</title><style>${STYLE}</style><main>${body}</main></html>`;

const table = (titles: readonly string[], rows: readonly (readonly string[])[]): string =>
  `<table><thead><tr>${titles.map((title) => `<th>${escape(title)}</th>`).join('')}</tr></thead><tbody>${rows
    .map((cells) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`)
    .join('')}</tbody></table>`;

const SHAPES: Readonly<Record<Tone, string>> = { red: '● 逾期 ', yellow: '▲ 临期 ', green: '○ ', none: '' };
const toned = (tone: Tone, text: string): string => `<span class="${tone} n">${SHAPES[tone]}${escape(text)}</span>`;
const link = (id: string): string => `<a class="n" href="/issues/${encodeURIComponent(id)}">${escape(id)}</a>`;
/** Where a duty leads: its issue, its round, the base data. */
const linkOf = ({ link: to, reference }: Pick<DueRow, 'link' | 'reference'>): string =>
  `<a class="n" href="${escape(to)}">${escape(reference)}</a>`;
const day = (date: string | null): string => `<span class="n">${escape(date ?? '')}</span>`;

/** What is owed next, and the ledger. */
export function homePage({
  rounds,
  issues,
  due,
}: {
  rounds: readonly RoundRow[];
  issues: readonly IssueRow[];
  due: readonly DueRow[];
}): string {
  return shell(
    '整改台账',
    `<h1>整改台账</h1>${rounds
      .map(
        (round) =>
          `<p><a href="/rounds/${encodeURIComponent(round.id)}">${escape(round.name)}</a>：${round.issues}个问题，已销号${round.closed}，逾期${round.red}（反馈 ${round.feedbackOn}）</p>`,
      )
      .join('')}
    <h2>接下来应办</h2>${table(
      ['期限', '应办', '问题', '应办人'],
      due.map((row) => [
        `${day(row.dueOn)}${row.provisional ? '(暂定)' : ''}`,
        row.overdue ? toned('red', row.label) : escape(row.label),
        `${linkOf(row)} ${escape(row.title)}`,
        `${escape(row.persons.map(({ name }) => name).join('、') || '空缺')}<span class="grey">（${escape(row.holderLabel)}）</span>`,
      ]),
    )}
    <h2>问题</h2>${table(
      ['编号', '问题', '阶段', '主办单位', '整改期限'],
      issues.map((row) => [
        link(row.id),
        escape(row.title),
        toned(row.tone, row.phaseLabel),
        escape(row.leadUnit?.name ?? ''),
        day(row.dueOn),
      ]),
    )}`,
  );
}

/** One issue: what is owed, by whom, what was done. */
export function issuePage(issue: IssueDetail, now: Instant): string {
  const today = dateOf(now);
  return shell(
    `${issue.id} ${issue.title}`,
    `<p><a href="/">台账</a></p><h1>${escape(issue.id)} ${escape(issue.title)}</h1>
    <p>${toned(issue.tone, issue.phaseLabel)} · 反馈 ${issue.feedbackOn}${
      issue.assignment ? ` · 主办 ${escape(issue.assignment.leadUnit.name)} · 牵头 ${escape(issue.assignment.leadLeader.name)}` : ''
    }${issue.closeoutNumber ? ` · 销号 ${escape(issue.closeoutNumber)}` : ''}</p>
    ${owedTable(issue.open, today)}
    ${
      issue.measures.length === 0
        ? ''
        : `<h2>措施</h2>${table(
            ['编号', '措施', '单位', '时限', ''],
            issue.measures.map((one) => [
              escape(one.id),
              escape(one.text),
              escape(one.unit.name),
              one.sustained ? '长期坚持' : day(one.dueOn),
              one.completedAt ? '已完成' : '',
            ]),
          )}`
    }
    ${historyTable(issue.history)}`,
  );
}

const owedTable = (open: readonly ObligationView[], today: string): string =>
  `<h2>应办</h2>${table(
    ['事项', '期限', '应办人'],
    open.map((one) => [
      escape(one.label),
      one.stopped ? '停止计时' : `${today > one.dueOn ? toned('red', one.dueOn) : day(one.dueOn)}${one.provisional ? '(暂定)' : ''}`,
      `${escape(one.persons.map(({ name }) => name).join('、') || '空缺')}<span class="grey">（${escape(one.holderLabel)}）</span>`,
    ]),
  )}`;

const historyTable = (history: readonly HistoryEntry[]): string =>
  `<h2>经过</h2>${table(
    ['日期', '事项', '经办', '内容'],
    history.map((one) => [
      day(dateOf(one.occurredAt)),
      `<span class="n">${escape(eventWords(one))}</span>`,
      escape(one.actor.id === 'engine' ? '系统' : one.actor.name),
      escape(
        Object.entries(one.texts)
          .flatMap(([path, text]) => (path === 'letter' ? [] : [text]))
          .join(' '),
      ),
    ]),
  )}`;

/** One round: where it stands, what is owed for it, what was done. */
export function roundPage(round: RoundDetail, now: Instant): string {
  const { assessment } = round;
  return shell(
    round.name,
    `<p><a href="/">台账</a></p><h1>${escape(round.name)}</h1>
    <p>${escape(round.sourceLabel)} · ${escape(round.phaseLabel)} · 反馈 ${round.feedbackOn} · ${round.issues}个问题，已销号${round.closed}，逾期${round.red}${
      assessment ? ` · 评估${assessment.score}分（${escape(assessment.grade)}）` : ''
    }</p>
    ${owedTable(round.open, dateOf(now))}${historyTable(round.history)}`,
  );
}

/** What the deployment as a whole owes: vacancies, handovers, missing holiday tables. */
export const basePage = (due: readonly DueRow[]): string =>
  shell(
    '基础数据',
    `<p><a href="/">台账</a></p><h1>基础数据</h1>${
      due.length === 0
        ? '<p>岗位齐全，节假日安排齐全，目前没有应办事项。</p>'
        : table(
            ['期限', '应办', '事项', '应办人'],
            due.map((row) => [
              day(row.dueOn),
              row.overdue ? toned('red', row.label) : escape(row.label),
              escape(row.title),
              `${escape(row.persons.map(({ name }) => name).join('、') || '空缺')}<span class="grey">（${escape(row.holderLabel)}）</span>`,
            ]),
          )
    }`,
  );

export const signInPage = (): string =>
  shell(
    '请用命令行',
    '<h1>网页登录尚未提供</h1><p>请在服务器上用 <code>zhenggai issue show</code> 查看、<code>zhenggai issue do</code> 办理。</p>',
  );

export const notFoundPage = (): string => shell('没有这一页', '<h1>没有这一页</h1><p><a href="/">回到台账</a></p>');
