import { clock, wayWord } from '../domain/reach';
import { dateOf, localMinutes, type Instant } from '../domain/time';
import type { MessageDetail, MessageRow } from '../ledger/delivery-views';
import type { PreferenceRow } from '../ledger/preferences';
import type { WithheldRow } from '../ledger/restorations';

import { print, printTable } from './output';

/** 中文 of how a message stands. */
export const messageStates: Readonly<Record<string, string>> = {
  open: '待发送',
  sealed: '投递中',
  toCall: '待电话提醒',
  sent: '已送达',
  empty: '已无事项',
  failed: '未送达',
  withheld: '恢复后待确认',
};

const noticeStates: Readonly<Record<string, string>> = {
  pending: '待发送',
  sealed: '投递中',
  sent: '已送达',
  withdrawn: '已撤回',
  failed: '未送达',
  withheld: '恢复后待确认',
};

const outcomes: Readonly<Record<string, string>> = { sent: '送达', refused: '拒收', deferred: '暂缓', interrupted: '中断' };

/** `2026-03-03 08:30` in Beijing time. */
const timeText = (at: Instant): string => `${dateOf(at)} ${clock(localMinutes(at))}`;

export function showMessages(rows: readonly MessageRow[]): void {
  printTable(
    [{ title: '收件人' }, { title: '发送时间' }, { title: '状态' }, { title: '事项' }, { title: '投递' }, { title: '最近答复' }],
    rows.map((row) => [
      row.personName,
      timeText(row.opening),
      messageStates[row.state] ?? row.state,
      String(row.items),
      String(row.attempts),
      row.lastAnswer ?? '',
    ]),
  );
}

/** What a restored backup does not know to have been sent. */
export function showWithheld(rows: readonly WithheldRow[]): void {
  printTable(
    [{ title: '收件人' }, { title: '原定发送时间' }, { title: '事项' }, { title: '备份时' }],
    rows.map(({ personName, opening, notices, written }) => [
      personName,
      timeText(opening),
      String(notices),
      written ? '已写成，没有送达记录' : '还没有写成',
    ]),
  );
}

export function showMessage(row: MessageRow, { notices, attempts, ways, claimedAt }: MessageDetail): void {
  print(
    `${row.personName}  ${timeText(row.opening)}  ${messageStates[row.state] ?? row.state}`,
    ...(row.subject === null ? [] : [row.subject]),
    ...(claimedAt === null ? [] : [`内容截至 ${timeText(claimedAt)}`]),
    ...(row.messageId === null ? [] : [`Message-ID ${row.messageId}`]),
    ...(ways.length > 0 && row.state !== 'sent' ? [`余下的渠道：${ways.map(wayWord).join('、')}`] : []),
    '',
    `事项（${notices.length}）`,
  );
  printTable(
    [{ title: '编号' }, { title: '应办事项' }, { title: '说明' }, { title: '到期' }, { title: '状态' }],
    notices.map((one) => [
      one.streamId,
      one.dutyId,
      one.label,
      one.dueOn,
      `${noticeStates[one.state] ?? one.state}${one.state === 'withdrawn' ? `（${one.reason ?? ''}）` : ''}`,
    ]),
  );
  print('', `投递（${attempts.length}）`);
  printTable(
    [{ title: '时间' }, { title: '渠道' }, { title: '结果' }, { title: '毫秒' }, { title: '经办' }, { title: '答复' }],
    attempts.map((one) => [
      timeText(one.at),
      wayWord(one.channel),
      outcomes[one.outcome] ?? one.outcome,
      String(one.millis),
      one.by ?? '系统',
      one.response,
    ]),
  );
}

export function showPreferences(name: string, history: readonly PreferenceRow[]): void {
  const [current] = history;
  const words = ({ ways, opensAt }: Pick<PreferenceRow, 'ways' | 'opensAt'>): string =>
    `${ways.length === 0 ? '邮件' : ways.map(wayWord).join('、')}，${opensAt === null ? '08:30' : clock(opensAt)}`;
  print(`${name}：${current ? words(current) : '邮件，08:30（没有另行选择）'}`);
  if (history.length > 1) {
    print('', '以往的选择');
    printTable(
      [{ title: '时间' }, { title: '选择' }, { title: '登记人' }],
      history.slice(1).map((one) => [timeText(one.setAt), words(one), one.setBy]),
    );
  }
}

/** What a caller reads and fills in: reference numbers and days only, since a call is heard by others (forms.md: 电话提醒单). */
export function callSlip(row: MessageRow, summary: unknown): string[] {
  const items = itemsOf(summary);
  return [
    '电话提醒单',
    '',
    `被提醒人：${row.personName}`,
    `通知编号：${row.messageId ?? ''}`,
    `应提醒事项（${items.length}项）：`,
    ...items.map(({ reference, kind, dueOn, daysLeft }, index) => `  ${index + 1}. ${reference} ${kind}${dayWords(dueOn, daysLeft)}`),
    '',
    '提醒人：____________  通话时间：______年____月____日____时____分',
    '接通情况：□已接通 □未接通',
    '对方答复：________________________________________________',
    '',
    `登记：zhenggai notices called ${row.personName} --answer 对方的答复`,
  ];
}

interface SlipItem {
  readonly reference: string;
  readonly kind: string;
  readonly dueOn: string | null;
  readonly daysLeft: number | null;
}

const itemsOf = (summary: unknown): readonly SlipItem[] =>
  typeof summary === 'object' && summary !== null && 'items' in summary ? (summary.items as readonly SlipItem[]) : [];

function dayWords(dueOn: string | null, daysLeft: number | null): string {
  if (dueOn === null) return '';
  if (daysLeft === null) return `，${dueOn}到期`;
  return daysLeft < 0 ? `，${dueOn}到期，已逾期${-daysLeft}个工作日` : `，${dueOn}到期，还有${daysLeft}个工作日`;
}
