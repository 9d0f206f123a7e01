import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { stateCouncilCalendar } from '../domain/calendar-data';
import type { Directory } from '../domain/directory';
import { choosableOpenings, nextOpening, type Telling } from '../domain/openings';
import { anywhere, recipients } from '../domain/parties';
import { defaultPolicy } from '../domain/policy/default-policy';
import { describeAudience, describeOffset, describePaper, describeTerm } from '../domain/policy/describe';
import { strengthLabels, toneLabels } from '../domain/policy/explain';
import { ladderEnds } from '../domain/policy/ladder-ends';
import {
  obligationLabels,
  type Audience,
  type Ladder,
  type ObligationKind,
  type Sourced,
  type TermName,
  type Tone,
} from '../domain/policy/policy';
import { builtInWays, clock, waysTo } from '../domain/reach';
import { roles, type Role } from '../domain/roles';
import { addDays, atLocalTime, dateOf, localDate, weekday, type Instant, type LocalDate } from '../domain/time';
import { ladderPicture } from './ladder-picture';

// Reads docs/notifications.md and docs/ladder.svg out of the code: what is sent when to whom under the default policy. Openings and
// stand-ins are asked of the functions that decide them. `npx tsx tools/notifications-doc.ts && npx prettier --write
// docs/notifications.md` writes both; test/domain/notifications-doc.test.ts compares.

const docs = path.resolve(__dirname, '../docs');
/** Where the two files stand. */
export const notificationFiles = { doc: path.join(docs, 'notifications.md'), picture: path.join(docs, 'ladder.svg') };

const policy = defaultPolicy;
const kinds = Object.keys(obligationLabels) as ObligationKind[];

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

/** `2026年9月30日（周三）` */
const dayText = (date: LocalDate): string => {
  const [year, month, day] = date.split('-').map(Number);
  return `${year}年${month}月${day}日（周${'一二三四五六日'.charAt(weekday(date) - 1)}）`;
};
const momentText = (at: Instant): string => `${dayText(dateOf(at))}${new Date(Date.parse(at) + 8 * 3_600_000).toISOString().slice(11, 16)}`;

/** An ordinary Tuesday noon: the next working day is tomorrow, the next week is far. */
const TUESDAY = localDate('2026-03-10');
const opening = (date: LocalDate, hour: number, telling: Telling): Instant =>
  nextOpening(stateCouncilCalendar, atLocalTime(date, hour), telling);

/** How often a role is told, asked of the rule. */
function rhythm(role: Role, tone: Tone): string {
  const at = opening(TUESDAY, 12, { roles: [role], tone });
  return `${dateOf(at) === addDays(TUESDAY, 1) ? '每个工作日' : '每周第一个工作日'}${momentText(at).slice(-5)}`;
}

function openings(): string {
  const groups = new Map<string, Role[]>();
  for (const role of Object.keys(roles) as Role[]) {
    const key = `${rhythm(role, 'yellow')}\t${rhythm(role, 'red')}`;
    groups.set(key, [...(groups.get(key) ?? []), role]);
  }
  return table(
    ['角色', '告知、绿、黄', '红'],
    [...groups].map(([key, members]) => [describeAudience(members), ...key.split('\t')]),
  );
}

/** Notices around rest days, each asked of the rule and the shipped holiday table. */
function examples(): string {
  const cases: readonly (readonly [string, number, Role, Tone, 'urgent'?])[] = [
    ['2026-03-13', 7, 'handler', 'green'],
    ['2026-03-13', 9, 'handler', 'green'],
    ['2026-03-10', 9, 'leadLeader', 'yellow'],
    ['2026-03-10', 9, 'leadLeader', 'red'],
    ['2026-09-30', 17, 'handler', 'red'],
    ['2026-09-30', 17, 'leadLeader', 'yellow'],
    ['2026-10-03', 15, 'unitHead', 'none', 'urgent'],
    ['2026-10-03', 22, 'unitHead', 'none', 'urgent'],
  ];
  return table(
    ['通知产生', '收件人', '颜色', '发出'],
    cases.map(([day, hour, role, tone, urgent]) => [
      momentText(atLocalTime(localDate(day), hour)),
      roles[role],
      `${toneLabels[tone]}${urgent ? '，紧急' : ''}`,
      momentText(opening(localDate(day), hour, { roles: [role], tone, urgent: urgent !== undefined })),
    ]),
  );
}

/** The full hours at which urgent matters are sent, asked of the rule for each hour of a rest day. */
function urgentHours(): string {
  const sunday = localDate('2026-03-15');
  const hours = Array.from({ length: 24 }, (_, hour) =>
    momentText(opening(sunday, hour, { roles: ['unitHead'], tone: 'none', urgent: true })).slice(-5),
  );
  return `${hours.reduce((a, b) => (a < b ? a : b))}至${hours.reduce((a, b) => (a > b ? a : b))}`;
}

/** The ways to a person with a mailbox and to one without, asked of the rule; a liaison of the same unit passes on. */
function ways(email: string | null): string {
  const post = (personId: string, role: Role): Directory['posts'][number] => ({
    personId,
    unitId: 'unit',
    role,
    title: '',
    from: null,
    to: null,
  });
  const persons = [
    { id: 'head', name: '', email },
    { id: 'liaison', name: '', email: 'liaison@unit.example' },
  ];
  const posts = [post('head', 'unitHead'), post('liaison', 'liaison')];
  const found = waysTo({ version: 1, units: [], persons, posts, substitutes: [] }, 'head', { ways: [] }, TUESDAY);
  return found.map((way) => (builtInWays as Readonly<Record<string, string>>)[way] ?? way).join('，其次');
}

/** Who is told when nobody holds a role, one after the other: each who is told leaves office, and the rule is asked again. */
function standIns(vacant: Role): Role[] {
  let held = (Object.keys(roles) as Role[]).filter((role) => role !== vacant);
  for (const found: Role[] = []; ;) {
    const posts = held.map((role): Directory['posts'][number] => ({
      personId: role,
      unitId: 'unit',
      role,
      title: '',
      from: null,
      to: null,
    }));
    const directory: Directory = { version: 1, units: [], persons: [], posts, substitutes: [] };
    const duty = { kind: 'rectify', holder: vacant } as const;
    const [told] = recipients(directory, anywhere, [vacant], { duty, on: TUESDAY });
    if (told === undefined) return found;
    found.push(told.personId as Role);
    held = held.filter((role) => role !== told.personId);
  }
}

function vacancies(): string {
  const groups = new Map<string, Role[]>();
  for (const audience of new Set(ladders().flatMap(({ ladder }) => ladder.value.flatMap((rung) => rung.audience)))) {
    if (audience === 'holder') continue;
    const key = standIns(audience)
      .map((role) => roles[role])
      .join('，其次');
    groups.set(key, [...(groups.get(key) ?? []), audience]);
  }
  return table(
    ['没有人担任', '转给'],
    [...groups].map(([key, members]) => [describeAudience(members.sort(inOrder)), key]),
  );
}

const inOrder = (a: Role, b: Role): number => Object.keys(roles).indexOf(a) - Object.keys(roles).indexOf(b);

interface Named {
  readonly name: string;
  readonly label: string;
  readonly ladder: Sourced<Ladder>;
  readonly end: readonly Audience[];
  readonly term: string | null;
  readonly closes: readonly string[];
}

function ladders(): Named[] {
  const closers = closersOf(readFileSync(path.join(docs, 'commands.md'), 'utf8'));
  const named = kinds.map((kind): Named => ({
    name: kind,
    label: obligationLabels[kind],
    ladder: policy.ladders[kind],
    end: ladderEnds[kind],
    term: kind in policy.terms ? describeTerm(policy.terms[kind as TermName].value) : null,
    closes: closers.get(kind) ?? [],
  }));
  const relapse: Named = {
    name: 'relapseLadder',
    label: '反弹后重新整改',
    ladder: policy.relapseLadder,
    end: ladderEnds.rectify,
    term: describeTerm(policy.terms.relapseRedo.value),
    closes: closers.get('rectify') ?? [],
  };
  return named.flatMap((one) => (one.name === 'rectify' ? [one, relapse] : [one]));
}

/** Which commands can close a kind, as docs/commands.md has it out of the code: column `closes`. */
function closersOf(commands: string): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const line of commands.split('\n')) {
    const [, command = '', , , , , closes = ''] = line.split('|').map((cell) => cell.trim());
    const label = /^`\w+` (.+)$/.exec(command)?.[1];
    if (label === undefined) continue;
    for (const [, kind = ''] of closes.matchAll(/`(\w+)`/g)) found.set(kind, [...(found.get(kind) ?? []), label]);
  }
  return found;
}

function section({ name, label, ladder, end, term, closes }: Named): string {
  const facts = [
    ...(term === null ? [] : [`没有写明日期的，期限${term}。`]),
    `最后报到${describeAudience(end)}。`,
    ...(closes.length === 0 ? [] : [`可由这些办理结束：${[...new Set(closes)].join('、')}。`]),
    `出处：${ladder.source}（${strengthLabels[ladder.strength]}）。`,
  ];
  const rows = ladder.value.map(({ label: rung, offset, audience, tone, paper, repeatEveryWorkdays, opens }) => [
    rung,
    `${describeOffset(offset)}${repeatEveryWorkdays === undefined ? '' : `，此后每${repeatEveryWorkdays}个工作日`}`,
    describeAudience(audience),
    toneLabels[tone],
    [...(paper ? [describePaper(paper)] : []), ...(opens ? [`另须${obligationLabels[opens]}`] : [])].join('；'),
  ]);
  return [`### ${label} \`${name}\``, '', facts.join(''), '', table(['档', '时间', '通知', '颜色', '文书或另须办理'], rows), ''].join('\n');
}

/** The manual as the code has it, before Prettier. */
export function notificationsDoc(): string {
  return [
    '# 整改：什么时候通知谁',
    '',
    '本页写给使用系统的人和检查系统的人：每一类应办事项，什么时候、通知谁、发什么文书。全部内容由程序按默认规则写成（`npx tsx tools/notifications-doc.ts && npx prettier --write docs/notifications.md`），测试核对；规则可以由单位修改，见[规则](policy.md)。某一轮次今后实际会通知谁，用 `zhenggai forecast` 查看。',
    '',
    '## 一、整改期限的阶梯',
    '',
    `![整改期限的提醒督办阶梯：${policy.ladders.rectify.value.map(({ label }) => label).join('、')}](ladder.svg)`,
    '',
    '## 二、从到期到收到',
    '',
    '每类应办事项有一套阶梯，每一档写明时间、通知谁、颜色，有的还要拟一份文书。到了日子（当天0:05到1:05之间，各事项错开），这一档就发生，记入总账，只发生一次；同一事项有几档一起过期的（停机、补录旧轮次），只发最后一档。每人的通知汇总成一封邮件，到发送时间发出。',
    '',
    '### 什么时候发出',
    '',
    openings(),
    '',
    '以几个角色收到同一通知的，按较早的一个。休息日（以放假安排为准）不发邮件，顺延到下一个工作日：',
    '',
    examples(),
    '',
    `个人可以另选发送时间（${clock(choosableOpenings.from)}至${clock(choosableOpenings.to)}之间的整刻钟）。有人督办时标为紧急的，不等工作日，在${urgentHours()}之间的下一个整点发出，休息日也发。`,
    '',
    '### 期限短、期限变、换了人',
    '',
    `- 从产生到到期不足${policy.shortSpanDays.value}日的事项，到期前各档不发，只在期限过半时提醒应办人一次（黄）。`,
    '- 批准延期、退回、反弹的，原事项结束，新事项用新的阶梯从头开始。规则或放假安排变了的，没有发生的各档跟着移动；移到变更之前的，不再发。',
    `- 新任责任单位负责人任职以前产生的事项，自任职起${describeTerm(policy.terms.handover.value)}内不发红色各档，期满再发。`,
    '',
    '### 什么使通知不再发出',
    '',
    '- 应办事项办结：还没有发出的通知撤回，以后各档都不再发生。',
    '- 停止计时：按期提出延期或提请协调的，由别人决定期间，该事项各档暂停；不同意的，恢复计时。按期申请销号的，整改事项随即结束，退回的另起新事项。',
    '- 发送时已办结的，从这封邮件里去掉；一项不剩的，不发。',
    '',
    '### 送不到、没有人时',
    '',
    `- 一种方式送不到的（被永久退回），换下一种：有邮箱的依次为${ways('head@unit.example')}；没有邮箱的依次为${ways(null)}。个人选了其他渠道的，先用所选的。可以选渠道，不能选不收。暂时送不出的一直重试。`,
    '- 每次换方式，同时告知整改办；整改办没有别人的，告知巡察办。',
    '- 有代理人的，代理期间由代理人收。联审、现场核查、回头看须回避的人不收这些应办事项，由同一角色的其他人收，没有其他人的由上一级收。',
    '- 岗位没有人的，通知不会落空，按次序转给：',
    '',
    vacancies(),
    '',
    '## 三、各类应办事项',
    '',
    '“应办人”是负责该事项的人。颜色：告知是新事项，绿、黄在到期前提醒，红在逾期后。文书由系统拟稿，有人签发才送达；通知不等签发。',
    '',
    ...ladders().map(section),
  ].join('\n');
}

/** The picture of the rectification ladder. */
export const notificationsPicture = (): string => ladderPicture(policy.ladders.rectify.value, '整改期限的提醒督办阶梯');

/** Writes both files. */
export function writeNotifications(): void {
  writeFileSync(notificationFiles.doc, notificationsDoc());
  writeFileSync(notificationFiles.picture, notificationsPicture());
}

if (require.main === module) writeNotifications();
