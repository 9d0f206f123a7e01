import type { Audience, Ladder, ObligationKind, Rung, Sourced, Strength, Tone } from './policy';

/** The rung that tells the holder of a new duty. */
const opened = (label: string, audience: readonly Audience[] = ['holder']): Rung => ({
  id: 'opened',
  label,
  offset: 'opened',
  audience,
  tone: 'none',
});
const before = (days: number, tone: Tone, audience: readonly Audience[]): Rung => ({
  id: `before-${days}`,
  label: `提前${days}日提醒`,
  offset: { days: -days },
  audience,
  tone,
});
const overdue = (audience: readonly Audience[]): Rung => ({ id: 'overdue', label: '逾期', offset: { days: 1 }, audience, tone: 'red' });
const after = (workdays: number, label: string, audience: readonly Audience[]): Rung => ({
  id: `after-${workdays}`,
  label,
  offset: { workdays },
  audience,
  tone: 'red',
});
const sourced = (strength: Strength, source: string, value: Ladder): Sourced<Ladder> => ({ value, strength, source });
const ours = (value: Ladder): Sourced<Ladder> => sourced('default', '本产品默认值', value);

const reminderLetter: Rung = {
  ...after(5, '提醒函', ['leadLeader', 'firstResponsible', 'unitHead']),
  paper: { kind: 'reminderLetter', issuer: 'rectificationOffice', addressee: 'leadLeader', copyTo: ['firstResponsible'], replyWorkdays: 5 },
};
const supervisionOrder: Rung = {
  ...after(10, '督办通知单', ['unitHead', 'leadLeader', 'firstResponsible', 'rectificationOffice']),
  paper: { kind: 'supervisionOrder', issuer: 'rectificationOffice', addressee: 'unitHead', copyTo: ['leadLeader'], replyWorkdays: 5 },
};
const toInspectionOffice: Rung = {
  ...after(20, '报巡察办督办', ['inspectionOffice', 'firstResponsible', 'leadLeader', 'rectificationOffice']),
  paper: {
    kind: 'officeSupervisionOrder',
    issuer: 'inspectionOffice',
    addressee: 'firstResponsible',
    copyTo: ['disciplineGroup'],
    replyWorkdays: 5,
  },
};
const finalWarning: Rung = {
  ...after(30, '告诫书', ['firstResponsible', 'leadLeader', 'unitHead', 'inspectionOffice']),
  paper: {
    kind: 'finalWarning',
    issuer: 'inspectionOffice',
    addressee: 'firstResponsible',
    copyTo: ['disciplineGroup'],
    replyWorkdays: 10,
  },
};
const askForTalk: Rung = { ...after(45, '请决定是否约谈', ['inspectionOffice']), repeatEveryWorkdays: 20 };

/** The rectification ladder. The two reminders and the red rung are one district's published practice; the offsets beyond are ours. */
const rectify: Ladder = [
  opened('开始整改', ['handler', 'unitHead']),
  before(20, 'green', ['handler']),
  before(10, 'yellow', ['handler', 'unitHead', 'leadLeader']),
  overdue(['handler', 'unitHead', 'leadLeader', 'rectificationOffice']),
  reminderLetter,
  supervisionOrder,
  toInspectionOffice,
  finalWarning,
  askForTalk,
];

/** After a relapse the inspection office hears on the first day overdue and its order follows in a week. */
export const relapseLadder: Ladder = [
  opened('反弹，重新整改', ['handler', 'unitHead', 'leadLeader', 'firstResponsible', 'rectificationOffice']),
  before(10, 'yellow', ['handler', 'unitHead', 'leadLeader', 'firstResponsible']),
  overdue(['handler', 'unitHead', 'leadLeader', 'firstResponsible', 'rectificationOffice', 'inspectionOffice']),
  { ...toInspectionOffice, id: 'after-5', offset: { workdays: 5 } },
  { ...finalWarning, id: 'after-10', offset: { workdays: 10 } },
  { ...askForTalk, id: 'after-20', offset: { workdays: 20 } },
];

/** Ends at the first responsible person: receipt, plan, milestone, upkeep (design.md, section 3). */
const toFirstResponsible = (label: string): Ladder => [
  opened(label),
  before(10, 'yellow', ['holder', 'handler']),
  overdue(['holder', 'leadLeader', 'rectificationOffice']),
  after(3, '催办', ['holder', 'leadLeader', 'rectificationOffice']),
  { ...after(8, '报第一责任人', ['firstResponsible', 'leadLeader', 'rectificationOffice']), repeatEveryWorkdays: 20 },
];

/** A decision that waits for somebody: reminded, then heard of by the head of the side that decides. */
const decision = (label: string, head: readonly Audience[]): Ladder => [
  opened(label),
  overdue(['holder', ...head]),
  { ...after(5, '催办', ['holder', ...head]), repeatEveryWorkdays: 10 },
];

/** Ends at the inspection office: reports and replies. */
const toInspection = (label: string): Ladder => [
  opened(label),
  before(10, 'yellow', ['holder']),
  overdue(['holder', 'leadLeader', 'rectificationOffice']),
  { ...after(3, '报巡察办', ['inspectionOffice', 'firstResponsible', 'rectificationOffice']), repeatEveryWorkdays: 20 },
];

/** Reminds whoever keeps the rhythm; nobody above hears of it. */
const remindOnly = (label: string): Ladder => [
  opened(label),
  { id: 'overdue', label: '未按期', offset: { days: 1 }, audience: ['holder'], tone: 'yellow' },
];

/** One ladder for every kind of obligation; the compiler refuses a policy in which one is missing. */
export const defaultLadders: Readonly<Record<ObligationKind, Sourced<Ladder>>> = {
  assign: ours(decision('新登记问题，请交账', ['firstResponsible'])),
  receipt: ours(toFirstResponsible('新任务，请签收')),
  plan: ours(toFirstResponsible('请制定整改措施')),
  planApproval: ours(decision('请审批整改措施', ['firstResponsible'])),
  planReview: ours(decision('请审核整改方案', ['inspectionOffice'])),
  rectify: sourced('strong', '某区公布的做法：到期前20日、10日提醒，逾期红牌；其后各档为本产品默认值', rectify),
  measure: ours(toFirstResponsible('请落实整改措施')),
  milestone: ours(toFirstResponsible('阶段目标')),
  extensionDecision: ours(decision('请审批延期申请', ['firstResponsible'])),
  checkBack: ours(decision('请组织现场核查', ['firstResponsible'])),
  review: ours(decision('请提出联审意见', ['inspectionOffice'])),
  checkBackDraw: ours([
    before(20, 'green', ['holder']),
    { id: 'due', label: '请抽取回头看', offset: { days: 0 }, audience: ['holder'], tone: 'yellow' },
    { ...after(5, '催办', ['holder']), repeatEveryWorkdays: 20 },
  ]),
  afterCheckBack: ours(decision('请开展回头看', ['inspectionOffice'])),
  signPaper: ours(decision('文书待签发', ['firstResponsible'])),
  reply: ours(toInspection('请回复文书')),
  upkeep: ours(toFirstResponsible('请确认长期坚持情况')),
  stageReview: ours(decision('请阶段复核', ['rectificationOffice'])),
  suspensionReview: ours(decision('请复核中止事项', ['inspectionOffice'])),
  coordinationAnswer: ours(decision('请答复协调事项', ['firstResponsible'])),
  coordinationNote: ours(remindOnly('请说明协调事项进展')),
  vacancy: ours(decision('岗位空缺，请补充人员', ['firstResponsible'])),
  handover: ours(decision('请签收交接清单', ['rectificationOffice'])),
  calendarTable: ours(remindOnly('请录入节假日安排')),
  roundPlan: ours(toInspection('请报送整改方案')),
  organisationReport: ours(toInspection('请报送整改情况报告')),
  secretaryReport: ours(toInspection('请报送主要负责人组织落实情况报告')),
  assessment: ours(decision('请组织成效评估', ['inspectionLeadingGroup'])),
  checkBackPlan: ours(decision('请制定回头看方案', ['inspectionOffice'])),
  cadence: ours(remindOnly('请组织调度')),
  collection: ours(remindOnly('请收报')),
};
