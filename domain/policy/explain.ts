import type { Cadence, CheckBackAfter, Policy, Rung, Strength, TermName, Tone } from './policy';

/** 中文 of a policy's fields, short, as a difference or a form names them. */
export const fieldLabels: Readonly<Record<keyof Policy, string>> = {
  id: '策略编号',
  version: '版本',
  title: '名称',
  source: '轮次来源',
  terms: '期限',
  ladders: '提醒督办阶梯',
  relapseLadder: '反弹后整改的阶梯',
  shortSpanDays: '短期限界线（日）',
  reviewParties: '联审单位',
  reviewOrder: '联审顺序',
  maxExtensions: '延期次数上限',
  maxExtensionDays: '延期总天数上限（日）',
  checkBackBefore: '销号前现场核查',
  checkBackAfter: '销号后回头看',
  onTheSpotPercent: '现场核查比例（%）',
  drawPercent: '回头看抽取比例（%）',
  minimumCheckers: '核查最少人数',
  lateRecordWorkdays: '补录时限（工作日）',
  cadences: '调度节奏',
  assessmentScale: '成效评估等次',
};

/** What each field of a policy does, for whoever edits it. */
export const fieldExplanations: Readonly<Record<keyof Policy, string>> = {
  id: '策略的固定编号，修改时不变；新的策略用新的编号。',
  version: '每次修改加1，记录里据此说明当时用的是哪一版。',
  title: '给人看的名称。',
  source: '这套规则用于哪一类轮次：巡察、巡视、审计或专项整治。',
  terms: '文件没有写明日期时，各事项的期限。从起算日的次日开始计算，期满遇休息日顺延到下一工作日。',
  ladders: '每类应办事项各有一套阶梯：产生时告知，到期前提醒，逾期后逐级上报。',
  relapseLadder: '已销号问题反弹后重新整改时使用，各档更早，巡察办从逾期第1日起就知道。',
  shortSpanDays: '从产生到到期不足这么多日的事项，到期前各档不发，只在期限过半时提醒一次。',
  reviewParties: '销号须经这些单位联审，全部同意才能销号；申请人不能自己审核。',
  reviewOrder: '并行：各方同时审核；依次：按填写的顺序，前一方同意后一方才开始。',
  maxExtensions: '一个问题最多批准几次延期；0为不准延期。',
  maxExtensionDays: '全部延期合计最多比原期限推后多少日（自然日）；原期限始终保留。',
  checkBackBefore: '申请销号后是否先核查再联审。',
  checkBackAfter: '销号后哪些问题再看一次：全部、随机抽取、指定或不看。',
  onTheSpotPercent: '除资金、安全、设施和公共服务类必须到现场外，其余问题按此比例随机到现场核查，未抽中的查阅材料。',
  drawPercent: '销号后回头看按此比例随机抽取，抽取种子留档，任何人可以复算。',
  minimumCheckers: '每次核查至少由几人进行，责任单位的人不计入。',
  lateRecordWorkdays: '纸质决定在作出之后超过这么多个工作日才补录的，予以标注。',
  cadences: '轮次里定期的调度会和报表，只提醒整改办，不升级。',
  assessmentScale: '成效评估的满分和各等次的分数线，从高到低，最后一等从0分起。',
};

/** 中文 of the terms. */
export const termLabels: Readonly<Record<TermName, string>> = {
  assign: '交账',
  receipt: '签收',
  plan: '报送整改措施',
  planApproval: '审批整改措施',
  planReview: '方案审核',
  concentratedPeriod: '集中整改期',
  redo: '退回后重新整改',
  relapseRedo: '反弹后重新整改',
  extensionDecision: '审批延期',
  checkBack: '现场核查',
  review: '联审',
  checkBackDraw: '销号后到回头看抽取',
  afterCheckBack: '回头看',
  signPaper: '签发文书',
  roundPlan: '报送整改方案',
  assessment: '成效评估',
  checkBackPlan: '制定回头看方案',
  stageReview: '阶段复核周期',
  sustainedEnd: '阶段复核年限',
  upkeep: '长期坚持确认周期',
  upkeepEnd: '长期坚持确认年限',
  coordinationDecision: '受理协调',
  coordinationAnswer: '协调答复',
  coordinationNote: '协调事项说明周期',
  finding: '审定自查问题',
  correction: '复核更正',
  talkDecision: '决定是否约谈',
  collection: '收报',
  vacancy: '补充人员',
  handover: '交接签收',
  calendarTable: '录入节假日安排',
};

/** What each term is for and from which day it runs. */
export const termExplanations: Readonly<Record<TermName, string>> = {
  assign: '问题登记后，整改办明确牵头领导和责任单位；从登记之日起算。',
  receipt: '责任单位签收；从交账之日起算。',
  plan: '责任单位报送整改措施；从反馈之日起算。',
  planApproval: '牵头领导、整改办或领导小组审批整改措施；从报审之日起算。',
  planReview: '巡察办审核整改方案；从批准之日起算。',
  concentratedPeriod: '集中整改期；从反馈之日起算。措施没有写明日期时，整改期满即到期。',
  redo: '核查或联审退回后重新整改；从退回之日起算。',
  relapseRedo: '销号后反弹的重新整改；从认定反弹之日起算。',
  extensionDecision: '审批延期申请；从申请之日起算。',
  checkBack: '销号前的现场核查；从申请销号之日起算。',
  review: '每一联审单位提出意见；从轮到该单位之日起算。',
  checkBackDraw: '巡察办抽取回头看；从销号之日起算。',
  afterCheckBack: '完成回头看；从抽中之日起算。',
  signPaper: '签发、搁置或不发文书；从文书拟出之日起算。',
  roundPlan: '单位报送整改方案；从反馈之日起算。',
  assessment: '开展成效评估；从集中整改期满之日起算。',
  checkBackPlan: '巡察办制定回头看方案；从集中整改期满之日起算。',
  stageReview: '纯长期坚持的问题每隔这么久复核一次；从进入阶段性完成或上次复核之日起算。',
  sustainedEnd: '纯长期坚持的问题复核到何时为止；从进入阶段性完成之日起算。',
  upkeep: '已销号、仍须长期坚持的问题每隔这么久确认一次；从销号或上次确认之日起算。',
  upkeepEnd: '长期坚持确认到何时为止，其间回头看通过的提前结束；从销号之日起算。',
  coordinationDecision: '决定是否受理提请协调的事项；从提请之日起算。',
  coordinationAnswer: '协调单位答复；从受理之日起算。',
  coordinationNote: '协调期间责任单位每隔这么久说明进展；从受理或上次说明之日起算。',
  finding: '整改办审定单位上报的自查问题；从上报之日起算。',
  correction: '作废、拆分、合并、改派、移交由另一人复核；从提出之日起算。',
  talkDecision: '巡察办决定是否约谈；从提出之日起算。',
  collection: '各单位核对并交回进展；从发出收报之日起算。',
  vacancy: '补充空缺岗位；从发现空缺之日起算。',
  handover: '新任负责人签收交接清单；从任职之日起算，期满以前不出红色提醒。',
  calendarTable: '管理员录入缺少的节假日安排；从发现缺少之日起算。',
};

/** 中文 of a rung's fields. */
export const rungFieldLabels: Readonly<Record<keyof Rung, string>> = {
  id: '编号',
  label: '名称',
  offset: '时点',
  audience: '听取人',
  tone: '颜色',
  paper: '文书',
  repeatEveryWorkdays: '重复间隔',
  opens: '随之应决定的事项',
};

export const toneLabels: Readonly<Record<Tone, string>> = { none: '告知', green: '绿', yellow: '黄', red: '红' };
export const strengthLabels: Readonly<Record<Strength, string>> = { strong: '强', medium: '中', weak: '弱', default: '默认' };
export const checkBackAfterLabels: Readonly<Record<CheckBackAfter, string>> = {
  all: '全部',
  sample: '随机抽取',
  chosen: '指定',
  none: '不看',
};
export const reviewOrderLabels: Readonly<Record<Policy['reviewOrder']['value'], string>> = { parallel: '并行', inOrder: '依次' };
export const everyLabels: Readonly<Record<Cadence['every'], string>> = { week: '每周', halfMonth: '每半月', month: '每月' };
export const duringLabels: Readonly<Record<Cadence['during'], string>> = { concentratedPeriod: '集中整改期内', round: '轮次结束以前' };
