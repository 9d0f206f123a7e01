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

/** The order of the papers is seen in practice; the day of each is ours. Each is a draft until a person signs it. */
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
/** No talk and no accountability follows from a date: the inspection office is asked, and asked again, whether to hold one. */
const askForTalk: Rung = { ...after(45, '请决定是否约谈', ['inspectionOffice']), repeatEveryWorkdays: 20, opens: 'talkDecision' };

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

/** After a relapse, sharper: the inspection office hears on the first day overdue and its order follows in a week. */
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

/** A decision that waits inside the organisation: reminded, then heard of by the head of the side that decides. */
const decision = (label: string, head: readonly Audience[]): Ladder => [
  opened(label),
  before(10, 'yellow', ['holder']),
  overdue(['holder', ...head]),
  { ...after(5, '催办', ['holder', ...head]), repeatEveryWorkdays: 10 },
];

/**
 * What an inspection office owes, or decides together with others: `beside` hear first, and it ends at the inspection leading group,
 * in which the heads of discipline, organisation and inspection sit. An office that is late must not be the last to hear of it.
 */
const upperDecision = (label: string, beside: readonly Audience[] = []): Ladder => [
  opened(label),
  before(10, 'yellow', ['holder']),
  overdue(['holder', ...beside]),
  after(5, '催办', ['holder', ...beside]),
  { ...after(10, '报巡察工作领导小组', ['inspectionLeadingGroup', 'holder']), repeatEveryWorkdays: 10 },
];

/** A reply to a paper ends at the inspection office. */
const reply: Ladder = [
  opened('请回复文书'),
  before(10, 'yellow', ['holder']),
  overdue(['holder', 'leadLeader', 'rectificationOffice']),
  { ...after(3, '报巡察办', ['inspectionOffice', 'firstResponsible', 'rectificationOffice']), repeatEveryWorkdays: 20 },
];

/** What the organisation sends in for the whole round: ends at the inspection office. A round has no lead leader; its head is told. */
const roundReport = (label: string): Ladder => [
  opened(label),
  before(20, 'green', ['holder']),
  before(10, 'yellow', ['holder', 'rectificationOffice']),
  overdue(['holder', 'firstResponsible', 'rectificationOffice']),
  { ...after(3, '报巡察办', ['inspectionOffice', 'firstResponsible', 'rectificationOffice']), repeatEveryWorkdays: 20 },
];

/** What a unit owes the round: there is no lead leader; it ends at the first responsible person. */
const unitInRound = (label: string): Ladder => [
  opened(label),
  before(10, 'yellow', ['holder']),
  overdue(['holder', 'rectificationOffice']),
  after(3, '催办', ['holder', 'rectificationOffice']),
  { ...after(8, '报第一责任人', ['firstResponsible', 'rectificationOffice']), repeatEveryWorkdays: 20 },
];

/** Reminds whoever keeps the rhythm; nobody above hears of it. */
const remindOnly = (label: string): Ladder => [
  opened(label),
  { id: 'overdue', label: '未按期', offset: { days: 1 }, audience: ['holder'], tone: 'yellow' },
];

/** The draw after closeout: announced late, since it is months away, then like any decision of the inspection office. */
const draw: Ladder = [
  before(20, 'green', ['holder']),
  { id: 'due', label: '请抽取回头看', offset: { days: 0 }, audience: ['holder'], tone: 'yellow' },
  overdue(['holder']),
  after(5, '催办', ['holder']),
  { ...after(10, '报巡察工作领导小组', ['inspectionLeadingGroup', 'holder']), repeatEveryWorkdays: 20 },
];

/** While a coordination is open the unit's red rungs rest, so this stays yellow; the rectification office hears that a note is missing. */
const coordinationNote: Ladder = [
  ...remindOnly('请说明协调事项进展'),
  { ...after(5, '催办', ['holder', 'rectificationOffice']), tone: 'yellow', repeatEveryWorkdays: 20 },
];

/** One ladder for every kind of obligation; the compiler refuses a policy in which one is missing. Where each ends: ladder-ends.ts. */
export const defaultLadders: Readonly<Record<ObligationKind, Sourced<Ladder>>> = {
  assign: ours(decision('新登记问题，请交账', ['firstResponsible'])),
  receipt: ours(toFirstResponsible('新任务，请签收')),
  plan: ours(toFirstResponsible('请制定整改措施')),
  planApproval: ours(decision('请审批整改措施', ['firstResponsible'])),
  planReview: ours(upperDecision('请审核整改方案')),
  rectify: sourced('strong', '某区公布的做法：到期前20日、10日提醒，逾期红牌；其后各档为本产品默认值', rectify),
  measure: ours(toFirstResponsible('请落实整改措施')),
  milestone: ours(toFirstResponsible('阶段目标')),
  extensionEndorsement: ours(decision('请审批延期申请', ['firstResponsible'])),
  extensionDecision: ours(upperDecision('请审批延期申请', ['firstResponsible'])),
  checkBack: ours(decision('请组织现场核查', ['firstResponsible'])),
  review: ours(upperDecision('请提出联审意见', ['inspectionOffice'])),
  checkBackDraw: ours(draw),
  afterCheckBack: ours(upperDecision('请开展回头看')),
  signPaper: ours(upperDecision('文书待签发', ['firstResponsible'])),
  reply: ours(reply),
  upkeep: ours(toFirstResponsible('请确认长期坚持情况')),
  stageReview: ours(decision('请阶段复核', ['rectificationOffice', 'firstResponsible'])),
  suspensionReview: ours(upperDecision('请复核中止事项')),
  coordinationAnswer: ours(upperDecision('请答复协调事项', ['rectificationOffice', 'firstResponsible'])),
  coordinationNote: ours(coordinationNote),
  vacancy: ours(decision('岗位空缺，请补充人员', ['firstResponsible'])),
  handover: ours(decision('请签收交接清单', ['rectificationOffice', 'firstResponsible'])),
  calendarTable: ours(remindOnly('请录入节假日安排')),
  roundPlan: ours(roundReport('请报送整改方案')),
  organisationReport: ours(roundReport('请报送整改情况报告')),
  secretaryReport: ours(roundReport('请报送主要负责人组织落实情况报告')),
  assessment: ours(upperDecision('请组织成效评估')),
  checkBackPlan: ours(upperDecision('请制定回头看方案')),
  cadence: ours(remindOnly('请组织调度')),
  collection: ours(remindOnly('请收报')),
  selfCheck: ours(unitInRound('请上报自查问题，没有的报告无问题')),
  finding: ours(decision('请审定自查问题', ['firstResponsible'])),
  correction: ours(decision('更正待另一人复核', ['firstResponsible'])),
  coordinationDecision: ours(decision('请决定是否受理协调', ['firstResponsible'])),
  talkDecision: ours(upperDecision('请决定是否约谈')),
};
