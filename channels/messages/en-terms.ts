import type { ObligationKind, PaperKind } from '../../domain/policy/policy';
import { obligationLabels, paperLabels } from '../../domain/policy/policy';
import { roles, type Role } from '../../domain/roles';

const englishRoles: Readonly<Record<Role, string>> = {
  handler: 'handler',
  liaison: 'liaison',
  unitHead: 'unit head',
  leadLeader: 'lead leader',
  leaderInCharge: 'leader in charge',
  firstResponsible: 'first responsible person',
  leadingGroup: 'rectification leading group',
  rectificationOffice: 'rectification office',
  disciplineGroup: 'discipline group',
  organisationDept: 'organisation department',
  inspectionGroup: 'inspection group',
  inspectionOffice: 'inspection office',
  inspectionLeadingGroup: 'inspection leading group',
  auditor: 'auditor',
  admin: 'administrator',
};

const englishKinds: Readonly<Record<ObligationKind, string>> = {
  assign: 'Assign the issue',
  receipt: 'Acknowledge receipt',
  plan: 'Submit the measures',
  planApproval: 'Approve the measures',
  planReview: 'Review the plan',
  rectify: 'Rectify',
  measure: 'Carry out the measure',
  milestone: 'Reach the milestone',
  extensionEndorsement: 'Decide on the extension (lead leader)',
  extensionDecision: 'Decide on the extension',
  checkBack: 'Check on the spot',
  review: 'Give the joint review opinion',
  checkBackDraw: 'Draw the sample for the later check',
  afterCheckBack: 'Check again after closeout',
  signPaper: 'Sign the paper',
  reply: 'Reply to the paper',
  upkeep: 'Confirm the upkeep',
  stageReview: 'Review the stage',
  suspensionReview: 'Review the suspension',
  coordinationAnswer: 'Answer the coordination request',
  coordinationNote: 'Report on the coordination',
  vacancy: 'Fill the vacant post',
  handover: 'Acknowledge the handover',
  calendarTable: 'Enter the holiday table',
  roundPlan: 'Submit the rectification plan',
  organisationReport: 'Submit the rectification report',
  secretaryReport: 'Submit the report of the first responsible person',
  assessment: 'Assess the results',
  checkBackPlan: 'Plan the later checks',
  cadence: 'Hold the regular review',
  collection: 'Collect the progress',
  selfCheck: 'Report own findings',
  finding: 'Decide on the own finding',
  correction: 'Confirm the correction',
  coordinationDecision: 'Decide on the coordination request',
  talkDecision: 'Decide whether to hold a talk',
};

const englishPapers: Readonly<Record<PaperKind, string>> = {
  reminderLetter: 'Reminder letter',
  supervisionOrder: 'Supervision order',
  officeSupervisionOrder: 'Supervision order of the inspection office',
  finalWarning: 'Final warning',
  talkNotice: 'Notice of a talk',
  accountabilityProposal: 'Proposal of accountability',
};

/** The rungs of the policies that ship, as far as kinds and papers do not name them. */
const englishRungs: Readonly<Record<string, string>> = {
  新任务: 'New task',
  逾期: 'Overdue',
  未按期: 'Not done in time',
  催办: 'Second reminder',
  报第一责任人: 'To the first responsible person',
  报巡察办: 'To the inspection office',
  报巡察办督办: 'To the inspection office, for supervision',
  报巡察工作领导小组: 'To the inspection leading group',
  开始整改: 'Start rectifying',
  '反弹，重新整改': 'Relapse: rectify again',
  '新登记问题，请交账': 'New issue: please assign it',
  '新任务，请签收': 'New task: please acknowledge receipt',
  请制定整改措施: 'Please draw up the measures',
  请落实整改措施: 'Please carry out the measure',
  请审批整改措施: 'Please approve the measures',
  请审核整改方案: 'Please review the plan',
  请审批延期申请: 'Please decide on the extension',
  请组织现场核查: 'Please check on the spot',
  请提出联审意见: 'Please give the joint review opinion',
  请抽取回头看: 'Please draw the sample for the later check',
  请开展回头看: 'Please check again after closeout',
  文书待签发: 'A paper waits for your signature',
  请回复文书: 'Please reply to the paper',
  请确认长期坚持情况: 'Please confirm the upkeep',
  请阶段复核: 'Please review the stage',
  请复核中止事项: 'Please review the suspension',
  请答复协调事项: 'Please answer the coordination request',
  请说明协调事项进展: 'Please report on the coordination',
  请决定是否受理协调: 'Please decide on the coordination request',
  '岗位空缺，请补充人员': 'A post is vacant: please fill it',
  请签收交接清单: 'Please acknowledge the handover list',
  请录入节假日安排: 'Please enter the holiday table',
  请报送整改方案: 'Please submit the rectification plan',
  请报送整改情况报告: 'Please submit the rectification report',
  请报送主要负责人组织落实情况报告: 'Please submit the report of the first responsible person',
  请组织成效评估: 'Please assess the results',
  请制定回头看方案: 'Please plan the later checks',
  请组织调度: 'Please hold the regular review',
  请收报: 'Please collect the progress',
  '请上报自查问题，没有的报告无问题': 'Please report own findings, or that there are none',
  请审定自查问题: 'Please decide on the own findings',
  更正待另一人复核: 'A correction waits for a second person',
  请决定是否约谈: 'Please decide whether to hold a talk',
  基础数据: 'Base data',
};

const table = <K extends string>(labels: Readonly<Record<K, string>>, english: Readonly<Record<K, string>>): [string, string][] =>
  (Object.keys(labels) as K[]).map((key) => [labels[key], english[key]]);

const terms = new Map([...table(obligationLabels, englishKinds), ...table(paperLabels, englishPapers), ...Object.entries(englishRungs)]);
const roleWords = new Map([...table(roles, englishRoles), ['相关人员', 'others concerned']]);

/** For a word that moves into a sentence; a word in capitals stays. */
export const lowerFirst = (text: string): string => (/^[A-Z][a-z]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text);

/** The English of a kind, a rung or a paper, also in the forms that the ledger makes of them; other texts as they are. */
export function termInEnglish(text: string): string {
  const known = terms.get(text);
  if (known !== undefined) return known;
  const [, days] = /^提前(\d+)日提醒$/.exec(text) ?? [];
  if (days !== undefined) return `Reminder ${days} days ahead`;
  const [, undelivered] = /^(.+)（邮件未能送达原收件人）$/.exec(text) ?? [];
  if (undelivered !== undefined) return `${termInEnglish(undelivered)} (the mail did not reach its first reader)`;
  return chased(text) ?? text;
}

/** 督促责任单位负责人签收: a reader who sees to it that another does his part. */
function chased(text: string): string | undefined {
  if (!text.startsWith('督促')) return undefined;
  for (const [role, english] of roleWords) {
    const kind = terms.get(text.slice('督促'.length + role.length));
    if (kind !== undefined && text.startsWith(role, '督促'.length)) return `See that the ${english} does this: ${lowerFirst(kind)}`;
  }
  return undefined;
}

/** The English of roles joined by 、, with 代…（空缺） where the reader stands in for a vacant one. */
export function rolesInEnglish(text: string): string {
  return text
    .split('、')
    .map((part) => {
      const [, vacant] = /^代(.+)（空缺）$/.exec(part) ?? [];
      return vacant === undefined ? (roleWords.get(part) ?? part) : `in place of the vacant ${roleWords.get(vacant) ?? vacant}`;
    })
    .join(', ');
}
