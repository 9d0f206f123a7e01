import { addDays, addMillis, dateOf, type Instant } from '../../domain/time';
import type { Deployment } from './deployment';

/** One act of a person, on a day counted from the start of the story. */
export type Act = readonly [day: number, actor: string, command: object];

const DAY_MS = 86_400_000;
const assigned: Act[] = [
  [1, 'office', { type: 'assign', leadUnitId: 'clinic', leadLeaderId: 'leader', handlerId: 'handler' }],
  [2, 'head', { type: 'acknowledge' }],
];
const planned = (start: Instant, dueAfterDays: number): Act[] => [
  ...assigned,
  [
    8,
    'handler',
    {
      type: 'proposePlan',
      measures: [{ unitId: 'clinic', text: '措施', dueOn: addDays(dateOf(start), dueAfterDays), sustained: false }],
      rootCause: '原因',
    },
  ],
  [10, 'leader', { type: 'approvePlan' }],
  [11, 'office', { type: 'approvePlan' }],
  [15, 'inspector', { type: 'reviewPlan', verdict: 'approved' }],
];
const done = (day: number, result: 'passed' | 'returned'): Act[] => [
  [day + 1, 'head', { type: 'requestCloseout' }],
  [day + 3, 'office', { type: 'planCheckBack', checkers: ['clerk', 'discipline'] }],
  [day + 6, 'office', { type: 'recordCheckBack', result, seen: '所见' }],
];
const closed = (day: number): Act[] => [
  ...done(day, 'passed'),
  [day + 8, 'discipline', { type: 'review', verdict: 'approved' }],
  [day + 9, 'cadres', { type: 'review', verdict: 'approved' }],
  [day + 12, 'inspector', { type: 'review', verdict: 'approved' }],
];
const completed = (day: number): Act => [day, 'handler', { type: 'completeMeasure', measureId: 'm1', evidence: '佐证' }];
const lookedAtAgain = (day: number, result: 'consolidated' | 'relapsed'): Act[] => [
  [day, 'inspector', { type: 'drawCheckBack', seed: '7', checkers: ['inspector', 'inspector2'], chosen: true }],
  [day + 8, 'inspector', { type: 'recordCheckBack', result, seen: '所见' }],
];

/** The lives that are told, recorded and replayed; each is a list of acts over at most a year. */
export const stories = {
  /** 按期整改、销号、巩固 */
  consolidated: (start: Instant): Act[] => [...planned(start, 60), completed(40), ...closed(41), ...lookedAtAgain(200, 'consolidated')],
  /** 核查退回、重新整改 */
  returned: (start: Instant): Act[] => [
    ...planned(start, 60),
    completed(40),
    ...done(41, 'returned'),
    [52, 'handler', { type: 'reportProgress', progress: '已重做' }],
    ...closed(53),
    ...lookedAtAgain(210, 'consolidated'),
  ],
  /** 回头看发现反弹 */
  relapsed: (start: Instant): Act[] => [...planned(start, 60), completed(40), ...closed(41), ...lookedAtAgain(200, 'relapsed')],
  /** 逾期不办,督办直至巡察办 */
  escalated: (start: Instant): Act[] => planned(start, 40),
  /** 中止、恢复，按期销号 */
  suspended: (start: Instant): Act[] => [
    ...planned(start, 90),
    [20, 'inspector', { type: 'suspend', reason: '机构改革', document: '区巡办函1号', reviewOn: addDays(dateOf(start), 60) }],
    [50, 'inspector', { type: 'resume', reason: '改革完成' }],
    completed(60),
    ...closed(61),
  ],
  /** 提请上级协调，答复后继续整改 */
  coordinated: (start: Instant): Act[] => [
    ...planned(start, 60),
    [20, 'head', { type: 'requestCoordination', coordinator: 'firstResponsible', asked: '请协调用地', ownShare: '已完成选址' }],
    [22, 'leader', { type: 'decideCoordination', accepted: true, answerBy: addDays(dateOf(start), 45), opinion: '同意提请' }],
    [40, 'secretary', { type: 'answerCoordination', answer: '用地已落实' }],
    completed(45),
    ...closed(46),
  ],
  /** 延期：牵头领导同意，巡察办批准，原期限保留 */
  extended: (start: Instant): Act[] => [
    ...planned(start, 50),
    [30, 'head', { type: 'requestExtension', newDueOn: addDays(dateOf(start), 80), reason: '采购未完', progress: '已招标' }],
    [32, 'leader', { type: 'decideExtension', granted: true }],
    [34, 'inspector', { type: 'decideExtension', granted: true }],
    completed(60),
    ...closed(61),
  ],
  /** 登记有误，拆成两个问题，须另一人复核 */
  split: (): Act[] => [
    [
      1,
      'office',
      {
        type: 'split',
        parts: [
          { title: '问题甲', text: '甲' },
          { title: '问题乙', text: '乙' },
        ],
        reason: '两件事写在一起',
      },
    ],
    [2, 'clerk', { type: 'confirmCorrection', granted: true }],
  ],
  /** 销号后长期坚持：每半年确认一次 */
  keptUp: (start: Instant): Act[] => [
    ...assigned,
    [
      8,
      'handler',
      {
        type: 'proposePlan',
        measures: [
          { unitId: 'clinic', text: '补办手续', dueOn: addDays(dateOf(start), 60), sustained: false },
          { unitId: 'clinic', text: '每月自查', dueOn: null, sustained: true },
        ],
      },
    ],
    [10, 'leader', { type: 'approvePlan' }],
    [11, 'office', { type: 'approvePlan' }],
    [15, 'inspector', { type: 'reviewPlan', verdict: 'approved' }],
    completed(40),
    ...closed(41),
    [230, 'head', { type: 'confirmUpkeep', progress: '每月自查，未再发现' }],
  ],
  /** 长期坚持：联审后为阶段性完成，每半年复核 */
  sustained: (): Act[] => [
    ...assigned,
    [8, 'handler', { type: 'proposePlan', measures: [{ unitId: 'clinic', text: '每月自查', dueOn: null, sustained: true }] }],
    [10, 'leader', { type: 'approvePlan' }],
    [11, 'office', { type: 'approvePlan' }],
    [15, 'inspector', { type: 'reviewPlan', verdict: 'approved' }],
    completed(40),
    ...closed(41),
    [230, 'office', { type: 'reviewStage', verdict: 'kept', opinion: '坚持较好' }],
  ],
} as const;

/** The round above them: plan, half-monthly meetings for a while, both reports, assessment. */
export const roundStory = (): Act[] => [
  [15, 'office', { type: 'filePlan', document: '整改方案' }],
  ...[32, 47, 62].map((day): Act => [day, 'office', { type: 'holdMeeting', minutes: '分析进度' }]),
  [85, 'office', { type: 'fileReport', report: 'organisationReport', document: '整改情况报告' }],
  [86, 'secretary', { type: 'fileReport', report: 'secretaryReport', document: '组织落实情况报告' }],
  [100, 'inspector', { type: 'assess', deductions: [{ item: '整改时限', points: 6, reason: '部分逾期' }] }],
];

/** Those of them that end within a year and stay one issue. */
export const yearOfStories = [
  'consolidated',
  'returned',
  'relapsed',
  'escalated',
  'suspended',
  'coordinated',
  'extended',
  'keptUp',
  'sustained',
] as const;

/** A round of `yearOfStories.length` issues, each living one of them, and the round's own story. */
export const yearOfLives = (
  start: Instant,
  { roundId, issueIds }: { readonly roundId: string; readonly issueIds: readonly string[] },
): Map<string, Act[]> =>
  new Map([
    ...issueIds.map((id, index): [string, Act[]] => [id, stories[yearOfStories[index] ?? 'escalated'](start)]),
    [`round/${roundId}`, roundStory()],
  ]);

/** The instant of an act: its day, at the time of day of the start. */
export const actAt = (start: Instant, day: number): Instant => addMillis(start, day * DAY_MS);

export interface Play {
  readonly start: Instant;
  readonly lives: ReadonlyMap<string, readonly Act[]>;
  /** Days after which the play ends. */
  readonly until: number;
  readonly before?: (issueId: string) => Promise<void>;
  readonly after?: (issueId: string) => Promise<void>;
}

/** Plays acts of several issues in the order of their days. Refuses to go on when one is rejected. */
export async function play(deployment: Deployment, { start, lives, until, before, after }: Play): Promise<void> {
  const acts = [...lives].flatMap(([issueId, list]) => list.map(([day, actor, command]) => ({ issueId, day, actor, command })));
  for (const { issueId, day, actor, command } of acts.sort((a, b) => a.day - b.day)) {
    if (actAt(start, day) > deployment.world.now()) await deployment.world.moveTo(actAt(start, day));
    await before?.(issueId);
    const answer = await deployment.act(issueId, actor, command);
    if (!answer.accepted) throw new Error(`${issueId} day ${day} ${JSON.stringify(command)}: ${answer.rejection.what}`);
    await after?.(issueId);
  }
  await deployment.world.moveTo(actAt(start, until));
}
