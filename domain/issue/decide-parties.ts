import { personOf } from '../parties';
import { roles } from '../roles';
import { dateOf } from '../time';
import { accept, reject, type CommandOf, type Decision, type Judging } from './decision';
import { unknownPerson } from './gates';
import type { IssueState } from './types';

/**
 * recuse: a person keeps out of the issue's check-backs and reviews from now on; also by themself. A running check-back goes on
 * without them; with too few checkers left, others must be named before anything is recorded. An opinion they gave before stands.
 */
export function decideRecusal(state: IssueState, { personId, reason }: CommandOf<'recuse'>, context: Judging): Decision {
  const unknown = unknownPerson(context, [personId]);
  if (unknown) return unknown;
  if (state.recused.includes(personId))
    return reject('recuse.twice', `${personOf(context.directory, personId)?.name ?? personId}已经回避。`, '无需重复办理。');
  const goesOn = isChecker(state, personId) && state.checkers.length > context.policy.minimumCheckers.value;
  return accept({ type: 'recused', personId, reason, ...(goesOn ? { goesOn } : {}) });
}

/** handOver: another person in the place that the assignment gives to one by name. The unit's own posts need no handing over. */
export function decideHandOver(state: IssueState, { role, to, reason }: CommandOf<'handOver'>, context: Judging): Decision {
  const { assignment } = state;
  if (!assignment) return reject('handover.notAssigned', '该问题尚未交账。', '请先交账，并写明牵头领导和责任人。');
  const { directory, now } = context;
  const from = assignment[`${role}Id`];
  const unknown = unknownPerson(context, [to]);
  if (unknown) return unknown;
  const name = personOf(directory, to)?.name ?? to;
  const today = dateOf(now);
  if (from === to) return reject('handover.same', `${name}已是该问题的${roles[role]}。`, '请填写另一人。');
  if (!directory.posts.some((post) => post.personId === to && (post.from ?? '') <= today && today <= (post.to ?? '9')))
    return reject('handover.noPost', `${name}目前没有任职。`, '请先在通讯录中登记任职，或改用其他人。');
  if (role === 'handler' && isChecker(state, to))
    return reject('handover.checker', `${name}是该问题的检查人，不能同时是责任人。`, '请改用其他人，或在核查结束后移交。');
  return accept({ type: 'handedOver', role, from, to, reason });
}

/** Of a check-back that is running. */
const isChecker = ({ phase, checkers }: IssueState, personId: string): boolean =>
  (phase === 'checkBack' || phase === 'afterCheckBack') && checkers.includes(personId);

/** At most so many issues are named together. */
export const MOST_LINKED = 50;
/** Characters of a reference, as an earlier paper words it. */
export const LONGEST_REFERENCE = 100;

/** linkRecurrence: the earlier findings that this one repeats, by number or as the paper of their round names them; replaces the list. */
export function decideRecurrence(state: IssueState, command: CommandOf<'linkRecurrence'>, _context: Judging): Decision {
  const recursOf = command.recursOf.map((one) => one.trim());
  const unfit = recursOf.find((one) => one === '' || one.length > LONGEST_REFERENCE);
  return (
    (unfit === undefined
      ? undefined
      : reject(
          'link.length',
          unfit === '' ? '有一项以往问题是空的。' : '有一项以往问题过长。',
          `请填写编号或名称，每项不超过${LONGEST_REFERENCE}字。`,
        )) ??
    unfitList(state, recursOf, state.recursOf) ??
    accept({ type: 'recurrenceLinked', recursOf, reason: command.reason })
  );
}

/** shareRectification: the issues that are rectified together with this one; replaces the list. */
export function decideSharing(state: IssueState, { sharedWith }: CommandOf<'shareRectification'>, { facts }: Judging): Decision {
  const unknown = sharedWith.find((id) => id !== state.id && !facts.issues.includes(id));
  return (
    unfitList(state, sharedWith, state.sharedWith) ??
    (unknown === undefined ? undefined : reject('issue.unknown', `没有问题${unknown}。`, '请用 issue list 查看编号。')) ??
    accept({ type: 'rectificationShared', sharedWith })
  );
}

function unfitList({ id }: IssueState, named: readonly string[], before: readonly string[]): Decision | undefined {
  if (named.length > MOST_LINKED) return reject('link.tooMany', `列出了${named.length}个问题。`, `请最多列${MOST_LINKED}个。`);
  if (named.includes(id)) return reject('link.self', '不能关联该问题自身。', '请填写其他问题的编号。');
  if (new Set(named).size < named.length) return reject('link.twice', '同一问题列了两次。', '请每个问题只列一次。');
  return named.length === before.length && named.every((one) => before.includes(one))
    ? reject('link.same', '关联的问题没有变化。', '无需重复办理。')
    : undefined;
}
