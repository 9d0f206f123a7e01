import { DateTime } from 'luxon';
import type { LocalDate } from '../../domain/time';
import { ZONE, weekday } from '../../domain/time';
import type { Left } from '../digest-category';
import type { Messages } from './messages';

const weekdays = ['一', '二', '三', '四', '五', '六', '日'] as const;

function left({ state, workdays }: Left): string {
  switch (state) {
    case 'overdue':
      return workdays > 0 ? `逾期${workdays}个工作日` : '已逾期，不足1个工作日';
    case 'today':
      return '今日到期';
    case 'left':
      return workdays > 0 ? `剩${workdays}个工作日` : '剩余不足1个工作日';
  }
}

const shortDay = (date: LocalDate, today: LocalDate): string =>
  DateTime.fromISO(date, { zone: ZONE }).toFormat(date.slice(0, 4) === today.slice(0, 4) ? 'M月d日' : 'yyyy年M月d日');
const day = (date: LocalDate, today: LocalDate): string => `${shortDay(date, today)}（周${weekdays[weekday(date) - 1] ?? ''}）`;

/** Chinese as an office writes it; the words of the policy stand as they are. */
export const zhCN: Messages = {
  locale: 'zh-CN',
  categories: { overdue: '逾期', urgent: '紧急', soon: '临期', reminder: '提醒', task: '新任务', notice: '告知' },
  listFile: '应办事项.xlsx',
  gap: '　',
  items: (count) => `${count}项`,
  itemsWord: () => '项',
  total: (category, count) => `${zhCN.categories[category]}${count}项`,
  kindCount: (kind, count) => `${kind}${count}项`,
  left,
  day,
  shortDay,
  fullDay: (date) => `${date.slice(0, 4)}年${day(date, date)}`,
  moment: (at) => DateTime.fromISO(at, { zone: ZONE }).toFormat('yyyy年M月d日 HH:mm'),
  labelled: (label, text) => `${label}：${text}`,
  aside: (text, mark) => `${text}（${mark}）`,
  inline: (label, text) => `${label}${text}`,
  step: (date, rung) => `${date}${rung}`,
  join: (parts) => parts.join('、'),
  clauses: (parts) => parts.join('，'),
  term: (text) => text,
  roles: (text) => text,
  sentences: {
    brand: '整改',
    subject: '【整改】{totals}（{day}）',
    subjectNothing: '【整改】暂无应办事项（{day}）',
    salutation: '{name}：',
    salutationNameless: '您好：',
    greeting: '您有{items}整改事项。',
    greetingAs: '您作为{role}，有{items}整改事项。',
    greetingNothing: '您目前没有整改事项。',
    owed: '应办',
    informs: '事项',
    due: '期限',
    provisional: '暂定',
    next: '下一步',
    role: '您的身份',
    doIt: '去办理',
    view: '查看',
    home: '我的待办',
    openHome: '打开我的待办',
    paperFollows: '将另发{paper}',
    hears: '{step}，届时通知{people}',
    sectionMore: '另有{items}未在正文列出：{kinds}。',
    listAttached: '全部{items}见附件《{file}》，可筛选和打印。',
    listTooLarge: '清单超过邮件大小限制，没有随信发送，全部{items}请到系统查看：{link}',
    papersAttached: '随信附文书：{files}。',
    papersTooLarge: '邮件超过大小限制，没有附上文书{files}，请到系统查看：{link}',
    papersKept: '文书{files}不随信发送，请到系统查看：{link}',
    asOf: '本邮件内容截至{moment}，此后的变化以系统为准。',
    meantFor: '原定{moment}发送。',
    provisionalNote: '标“暂定”的日期：当年放假安排尚未录入，录入后可能调整。',
    referenceNote: '按保密要求，邮件只列编号和期限，具体内容请登录内部系统查看。',
    automatic: '本邮件由系统自动发送，请勿直接回复。',
    note: '',
    columnCategory: '类别',
    columnReference: '编号',
    columnTitle: '问题',
    columnUnit: '责任单位',
    columnKind: '应办',
    columnRung: '提醒',
    columnDue: '期限',
    columnLeft: '剩余工作日',
    columnProvisional: '暂定',
    columnNextOn: '下一步日期',
    columnNext: '下一步',
    columnHears: '届时通知',
    columnPaper: '文书',
    columnRole: '您的身份',
    columnLink: '办理',
  },
};
