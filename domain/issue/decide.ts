import type { Failure } from '../failure';
import { holders, personOf, rolesIn, unitOf } from '../parties';
import { spread, unreachable } from '../result';
import { roles, type Role } from '../roles';
import { dateOf, daysBetween, type LocalDate } from '../time';
import { commandLabels, commandRoles, type IssueCommand } from './commands';
import type { DecisionContext } from './context';
import { NUMBER_TO_DRAW, type IssueEvent } from './events';
import { obligationOf, openDuty, overdueFrom } from './obligations';
import { isFinal, phaseLabels, type IssueState, type Phase } from './types';

/** A command is accepted with its events or refused with a reason; nothing in between. */
export type Decision = { readonly ok: true; readonly events: readonly IssueEvent[] } | { readonly ok: false; readonly rejection: Failure };

const accept = (...events: IssueEvent[]): Decision => ({ ok: true, events });
const reject = (code: string, what: string, todo: string): Decision => ({ ok: false, rejection: { code, what, todo } });

/** The gate: judges a command against the state, the rules and who asks. Pure; never throws; time is `context.now`. */
export function decide(state: IssueState, command: IssueCommand, context: DecisionContext): Decision {
  if (isFinal(state.phase) && command.type !== 'comment')
    return reject('issue.final', '该问题已巩固归档。', '如发现反弹,请由巡察办重新立账。');
  const own = rolesIn(context.directory, state.assignment, context.actor, dateOf(context.now));
  const allowed = commandRoles[command.type];
  const acting = allowed.filter((role) => own.includes(role));
  if (allowed.length > 0 && acting.length === 0)
    return reject(
      'role.notAllowed',
      `${personOf(context.directory, context.actor)?.name ?? context.actor}不能${commandLabels[command.type]}。`,
      `请由${allowed.map((role) => roles[role]).join('或')}办理。`,
    );
  return judge(state, command, { ...context, acting });
}

/** The decision context with the roles in which the actor may give this command. */
interface Judging extends DecisionContext {
  readonly acting: readonly Role[];
}

function judge(state: IssueState, command: IssueCommand, context: Judging): Decision {
  const today = dateOf(context.now);
  switch (command.type) {
    case 'assign':
      return (
        inPhase(state, command.type, ['registered', 'assigned']) ??
        known(context, [command.leadUnitId, ...(command.coUnitIds ?? [])], [command.leadLeaderId, command.leaderInChargeId, command.handlerId]) ??
        accept({
          type: 'assigned',
          leadUnitId: command.leadUnitId,
          leadLeaderId: command.leadLeaderId,
          leaderInChargeId: command.leaderInChargeId ?? null,
          handlerId: command.handlerId ?? null,
          coUnitIds: command.coUnitIds ?? [],
        })
      );
    case 'acknowledge':
      return inPhase(state, command.type, ['assigned']) ?? accept({ type: 'acknowledged' });
    case 'proposePlan':
      return inPhase(state, command.type, ['acknowledged']) ?? decidePlan(state, command, context);
    case 'approvePlan':
      return inPhase(state, command.type, ['planned']) ?? decidePlanApproval(state, command, context);
    case 'returnPlan': {
      const role = approvalStep(state);
      return inPhase(state, command.type, ['planned']) ?? notOfStep(role, context) ?? accept({ type: 'planReturned', role, opinion: command.opinion });
    }
    case 'reviewPlan':
      if (!openDuty(state, 'planReview')) return reject('plan.notUnderReview', '整改方案没有待审核。', '请等待方案批准后报送。');
      if (command.verdict === 'returned' && state.phase !== 'rectifying')
        return reject('phase.notAllowed', `该问题处于“${phaseLabels[state.phase]}”,方案不能再退回。`, '请在核查或联审中提出意见。');
      return accept({ type: 'planReviewed', verdict: command.verdict, opinion: command.opinion ?? null });
    case 'reportProgress':
      return inPhase(state, command.type, ['rectifying']) ?? accept({ type: 'progressReported', progress: command.progress });
    case 'completeMeasure': {
      const measure = state.measures.find(({ id }) => id === command.measureId);
      const refused = inPhase(state, command.type, ['rectifying']);
      if (refused) return refused;
      if (!measure) return reject('measure.unknown', `没有措施${command.measureId}。`, '请用 issue show 查看措施编号。');
      if (measure.completedAt !== null) return reject('measure.completed', `措施${command.measureId}已完成。`, '无需重复填报。');
      return accept({ type: 'measureCompleted', measureId: command.measureId, evidence: command.evidence });
    }
    case 'requestExtension':
      return inPhase(state, command.type, ['rectifying']) ?? decideExtensionRequest(state, command, context);
    case 'decideExtension':
      if (!state.extension) return reject('extension.none', '没有待审批的延期申请。', '请先由责任单位提出申请。');
      if (state.extension.by === context.actor) return selfApproval();
      return accept({ type: 'extensionDecided', granted: command.granted, newDueOn: state.extension.newDueOn, opinion: command.opinion ?? null });
    case 'requestCloseout': {
      const refused = inPhase(state, command.type, ['rectifying']);
      if (refused) return refused;
      const open = state.measures.filter(({ completedAt }) => completedAt === null);
      if (open.length > 0)
        return reject('measure.open', `还有${open.length}条措施未完成:${open.map(({ id }) => id).join('、')}。`, '请逐条完成并附佐证后再申请销号。');
      return accept({ type: 'closeoutRequested', summary: command.summary ?? null });
    }
    case 'planCheckBack':
      return decideCheckBackPlan(state, command, context);
    case 'recordCheckBack':
      return decideCheckBackRecord(state, command, context);
    case 'review':
      return inPhase(state, command.type, ['underReview']) ?? decideReview(state, command, context);
    case 'drawCheckBack':
      return inPhase(state, command.type, ['closed']) ?? decideDraw(state, command, context);
    case 'acceptReported':
      if (state.phase !== 'closeoutRequested' || state.reported !== 'completed' || state.checkers.length > 0)
        return reject('reported.none', '该问题没有待认可的报告完成情况。', '请按现场核查、联审程序办理。');
      return accept({ type: 'closed', closeoutNumber: NUMBER_TO_DRAW, closedOn: today, basis: 'asReported' });
    case 'signPaper': {
      const paper = state.papers.find(({ id }) => id === command.paperId);
      if (paper?.state !== 'draft') return reject('paper.notDraft', `没有待签发的文书${command.paperId}。`, '请用 issue show 查看文书。');
      if (!context.acting.includes(paper.issuer)) return reject('role.notAllowed', '该文书不由您签发。', `请由${roles[paper.issuer]}签发。`);
      return accept({ type: 'paperSigned', paperId: paper.id, number: NUMBER_TO_DRAW, signedOn: today });
    }
    case 'replyToPaper': {
      const paper = state.papers.find(({ id }) => id === command.paperId);
      if (paper?.state !== 'issued' || !openDuty(state, 'reply', paper.addressee))
        return reject('paper.notIssued', `没有待回复的文书${command.paperId}。`, '请用 issue show 查看文书。');
      if (!context.acting.includes(paper.addressee)) return reject('role.notAllowed', '该文书不由您回复。', `请由${roles[paper.addressee]}回复。`);
      return accept({ type: 'paperReplied', paperId: paper.id, reply: command.reply });
    }
    case 'comment':
      return accept({ type: 'commented', note: command.note });
    default:
      return unreachable(command);
  }
}

function inPhase(state: IssueState, command: IssueCommand['type'], phases: readonly Phase[]): Decision | undefined {
  if (phases.includes(state.phase)) return undefined;
  return reject(
    'phase.notAllowed',
    `该问题处于“${phaseLabels[state.phase]}”,不能${commandLabels[command]}。`,
    `${commandLabels[command]}只能在“${phases.map((phase) => phaseLabels[phase]).join('”“')}”时办理。`,
  );
}

const selfApproval = (): Decision => reject('approver.isRequester', '提出人不能审批自己提出的事项。', '请由另一人审批。');

function known(context: DecisionContext, units: readonly string[], persons: readonly (string | undefined)[]): Decision | undefined {
  const unit = units.find((id) => !unitOf(context.directory, id));
  if (unit !== undefined) return reject('unit.unknown', `通讯录中没有单位${unit}。`, '请先导入单位,或改用已有单位。');
  const person = persons.find((id) => id !== undefined && !personOf(context.directory, id));
  if (person !== undefined) return reject('person.unknown', `通讯录中没有人员${person}。`, '请先导入人员,或改用已有人员。');
  return undefined;
}

function pastDate(date: LocalDate, today: LocalDate): Decision | undefined {
  return date < today ? reject('date.past', `日期${date}已过(今天是${today})。`, '请填写今天或以后的日期。') : undefined;
}

function decidePlan(state: IssueState, command: Extract<IssueCommand, { type: 'proposePlan' }>, context: DecisionContext): Decision {
  if (command.measures.length === 0) return reject('plan.noMeasure', '整改方案没有措施。', '请至少填写一条措施。');
  const undated = command.measures.findIndex(({ dueOn, sustained }) => dueOn === null && !sustained);
  if (undated >= 0) return reject('measure.undated', `第${undated + 1}条措施没有完成时限。`, '请填写时限,或注明长期坚持。');
  const past = command.measures.flatMap(({ dueOn }) => (dueOn === null ? [] : (pastDate(dueOn, dateOf(context.now)) ?? [])))[0];
  const stranger = known(
    context,
    command.measures.map(({ unitId }) => unitId),
    [],
  );
  const refused = past ?? stranger;
  if (refused) return refused;
  return accept({
    type: 'planProposed',
    measures: command.measures.map((measure, index) => ({ id: `m${index + 1}`, ...measure })),
    rootCause: command.rootCause ?? null,
  });
}

/** The step at which a plan stands: the lead leader first, then the rectification office (design.md, section 2). */
const approvalStep = (state: IssueState): Role => (state.planApprovals.length === 0 ? 'leadLeader' : 'rectificationOffice');

function notOfStep(role: Role, { acting }: Judging): Decision | undefined {
  const may: readonly Role[] = role === 'rectificationOffice' ? ['rectificationOffice', 'leadingGroup'] : [role];
  return may.some((one) => acting.includes(one))
    ? undefined
    : reject('role.notThisStep', `目前应由${may.map((one) => roles[one]).join('或')}审批。`, '请等待该环节办理。');
}

function decidePlanApproval(state: IssueState, command: Extract<IssueCommand, { type: 'approvePlan' }>, context: Judging): Decision {
  const role = approvalStep(state);
  const refused = notOfStep(role, context);
  if (refused) return refused;
  if (state.planProposedBy === context.actor || state.planApprovals.some(({ by }) => by === context.actor)) return selfApproval();
  const dates = state.measures.flatMap(({ dueOn }) => dueOn ?? []);
  const last = dates.reduce<LocalDate | null>((latest, date) => (latest === null || date > latest ? date : latest), null);
  const final = role === 'rectificationOffice';
  return accept({ type: 'planApproved', role, final, dueOn: final ? last : null, opinion: command.opinion ?? null });
}

function decideExtensionRequest(state: IssueState, command: Extract<IssueCommand, { type: 'requestExtension' }>, context: DecisionContext): Decision {
  const { policy, now } = context;
  const duty = openDuty(state, 'rectify');
  if (!duty) return reject('extension.nothingOwed', '目前没有整改期限可延。', '请用 issue show 查看应办事项。');
  if (state.extension) return reject('extension.pending', '已有延期申请待审批。', '请等待审批结果。');
  if (state.extensions >= policy.maxExtensions.value)
    return reject('extension.tooMany', `已延期${state.extensions}次,达到上限。`, '请按期完成,或提请上级协调。');
  const past = pastDate(command.newDueOn, dateOf(now));
  if (past) return past;
  const obligation = obligationOf(duty, context);
  if (command.newDueOn <= obligation.dueOn) return reject('extension.notLater', `新期限${command.newDueOn}不晚于现期限${obligation.dueOn}。`, '请填写更晚的日期。');
  const origin = state.originalDueOn ?? obligation.dueOn;
  if (daysBetween(origin, command.newDueOn) > policy.maxExtensionDays.value)
    return reject('extension.tooLong', `延期合计超过${policy.maxExtensionDays.value}日(原期限${origin})。`, '请缩短延期,或提请上级协调。');
  const { newDueOn, reason, progress } = command;
  return accept({ type: 'extensionRequested', dutyId: duty.id, newDueOn, late: now >= overdueFrom(obligation), reason, progress });
}

/** Checkers: enough of them, none of the responsible units, each in the directory. */
function unfitCheckers(state: IssueState, checkers: readonly string[], { directory, policy }: DecisionContext): Decision | undefined {
  const least = policy.minimumCheckers.value;
  if (new Set(checkers).size < least) return reject('checkers.tooFew', `检查人只有${new Set(checkers).size}人。`, `请安排至少${least}名检查人。`);
  const units = [state.assignment?.leadUnitId, ...(state.assignment?.coUnitIds ?? [])];
  for (const id of checkers) {
    const person = personOf(directory, id);
    if (!person) return reject('person.unknown', `通讯录中没有人员${id}。`, '请改用已有人员。');
    if (directory.posts.some((post) => post.personId === id && units.includes(post.unitId)))
      return reject('checkers.ofUnit', `检查人${person.name}是责任单位的人。`, '请换成责任单位以外的人。');
  }
  return undefined;
}

function decideCheckBackPlan(state: IssueState, command: Extract<IssueCommand, { type: 'planCheckBack' }>, context: Judging): Decision {
  const refused = inPhase(state, command.type, ['closeoutRequested']);
  if (refused) return refused;
  if (!context.acting.includes('rectificationOffice')) return reject('role.notAllowed', '销号前核查不由您安排。', '请由整改办安排。');
  const unfit = unfitCheckers(state, command.checkers, context);
  if (unfit) return unfit;
  const seed = command.mode === undefined ? (command.seed ?? state.roundId) : null;
  const drawn = seed !== null && isDrawn(seed, state.id, context.policy.onTheSpotPercent.value);
  return accept({ type: 'checkBackPlanned', mode: command.mode ?? (drawn ? 'onTheSpot' : 'onPaper'), checkers: command.checkers, seed });
}

/** Whether an issue falls into a random sample: anyone can recompute it from the recorded seed. */
export const isDrawn = (seed: string, issueId: string, percent: number): boolean => spread(`${seed}/${issueId}`) % 100 < percent;

function decideCheckBackRecord(state: IssueState, command: Extract<IssueCommand, { type: 'recordCheckBack' }>, context: Judging): Decision {
  const refused = inPhase(state, command.type, ['checkBack', 'afterCheckBack']);
  if (refused) return refused;
  const { result, seen } = command;
  const before = state.phase === 'checkBack';
  const role: Role = before ? 'rectificationOffice' : 'inspectionOffice';
  if (!context.acting.includes(role)) return reject('role.notAllowed', '该核查不由您记录。', `请由${roles[role]}记录。`);
  if (before ? result === 'passed' : result === 'consolidated')
    return accept(before ? { type: 'checkBackPassed', seen, reviewParties: parties(state, context) } : { type: 'consolidated', basis: 'checked', seed: null, seen });
  if (before ? result === 'returned' : result === 'relapsed') return accept(before ? { type: 'returned', from: 'checkBack', reason: seen } : { type: 'relapsed', seen });
  return reject('checkBack.result', `“${result}”不是${phaseLabels[state.phase]}的结论。`, before ? '请填 passed 或 returned。' : '请填 consolidated 或 relapsed。');
}

/** The review parties that somebody can speak for; a party nobody holds passes to the inspection office. */
function parties(state: IssueState, { policy, directory, now }: DecisionContext): Role[] {
  const on = dateOf(now);
  return [
    ...new Set(
      policy.reviewParties.value.map((party) => (holders(directory, state.assignment, party, on).length > 0 ? party : ('inspectionOffice' as const))),
    ),
  ];
}

function decideReview(state: IssueState, command: Extract<IssueCommand, { type: 'review' }>, context: Judging): Decision {
  const open = state.reviewParties.filter((party) => !state.reviews.some((review) => review.party === party));
  const party = open.find((one) => context.acting.includes(one) && (command.party === undefined || command.party === one));
  if (!party) return reject('review.notOwed', '您没有待提出的联审意见。', `尚待${open.map((one) => roles[one]).join('、') || '无'}提出意见。`);
  if (state.closeoutRequestedBy === context.actor) return selfApproval();
  if (state.reviews.some(({ by }) => by === context.actor)) return reject('review.twice', '您已提出过联审意见。', '请由另一人代表该方提出意见。');
  const opinion = command.opinion ?? null;
  const reviewed: IssueEvent = { type: 'reviewed', party, verdict: command.verdict, opinion };
  if (command.verdict === 'returned') {
    if (!opinion) return reject('opinion.missing', '退回没有写明理由。', '请填写退回意见。');
    return accept(reviewed, { type: 'returned', from: party, reason: opinion });
  }
  if (open.length > 1) return accept(reviewed);
  return accept(reviewed, { type: 'closed', closeoutNumber: NUMBER_TO_DRAW, closedOn: dateOf(context.now), basis: 'reviewed' });
}

function decideDraw(state: IssueState, command: Extract<IssueCommand, { type: 'drawCheckBack' }>, context: DecisionContext): Decision {
  const drawn = command.chosen === true || isDrawn(command.seed, state.id, context.policy.drawPercent.value);
  if (!drawn) return accept({ type: 'consolidated', basis: 'notDrawn', seed: command.seed, seen: null });
  return unfitCheckers(state, command.checkers, context) ?? accept({ type: 'afterCheckBackPlanned', checkers: command.checkers, seed: command.seed });
}
