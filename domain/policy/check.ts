import { checkFields } from './check-fields';
import { checkLadder } from './check-ladder';
import { strengthLabels, termLabels } from './explain';
import { fault, isCount, type PolicyFailure } from './policy-failure';
import { obligationLabels, roundSourceLabels, type ObligationKind, type Policy, type Sourced, type Term, type TermName } from './policy';

export type { PolicyFailure } from './policy-failure';

/** The longest term: ten years, in each unit. */
const longest = { months: 120, workdays: 2_600, days: 3_660 } as const;

/**
 * What is wrong with a policy, each fault with its place; empty means that it can be put in force. Refuses what would let an
 * obligation go unheard (a kind without ladder, a ladder with a hole, rungs out of order), what can't be (negative terms, percentages
 * beyond 100, unknown roles), and numbers without a source (design.md, section 3). Names are looked up, since a policy is data.
 */
export function checkPolicy(policy: Policy): PolicyFailure[] {
  return [...checkHead(policy), ...checkTerms(policy), ...checkLadders(policy), ...checkFields(policy), ...checkSources(policy)];
}

function checkHead({ id, version, title, source }: Policy): PolicyFailure[] {
  const found: PolicyFailure[] = [];
  if (!/^[a-z0-9][a-z0-9-]*$/.test(id)) found.push(fault('id', 'id', `策略编号“${id}”不合规。`, '只用小写字母、数字和连字符。'));
  if (!isCount(version, 1, 1e6)) found.push(fault('version', 'version', '版本号不是正整数。', '请从1开始，每次修改加1。'));
  if (title.trim() === '') found.push(fault('title', 'title', '策略没有名称。', '请填写名称。'));
  if (!Object.hasOwn(roundSourceLabels, source))
    found.push(fault('source', 'source', `轮次来源“${source}”不存在。`, `只能填写${Object.keys(roundSourceLabels).join('、')}。`));
  return found;
}

function checkTerms({ terms }: Policy): PolicyFailure[] {
  const found: PolicyFailure[] = [];
  for (const name of missing(termLabels, terms))
    found.push(fault('term.missing', `terms.${name}`, `缺少期限“${termLabels[name as TermName]}”。`, '请补上这一期限。'));
  for (const [name, { value }] of Object.entries<Sourced<Term>>(terms)) {
    const path = `terms.${name}`;
    if (!Object.hasOwn(termLabels, name)) found.push(fault('term.unknown', path, `期限“${name}”不存在。`, '请删去，或改正名称。'));
    else if (!isTerm(value))
      found.push(
        fault(
          'term.value',
          `${path}.value`,
          `期限“${termLabels[name as TermName]}”不是十年以内的正整数。`,
          '请填写days（日）、workdays（工作日）或months（月）之一。',
        ),
      );
  }
  for (const [step, end] of [['upkeep', 'upkeepEnd'] as const, ['stageReview', 'sustainedEnd'] as const])
    if (Object.hasOwn(terms, step) && Object.hasOwn(terms, end) && roughDays(terms[step].value) > roughDays(terms[end].value))
      found.push(
        fault('term.pair', `terms.${step}.value`, `“${termLabels[step]}”比“${termLabels[end]}”还长。`, '请缩短周期，否则一次也不会确认。'),
      );
  return found;
}

function isTerm(term: Term): boolean {
  const units = Object.entries(term);
  return units.length === 1 && units.every(([unit, value]) => isCount(value, 1, longest[unit as keyof typeof longest]));
}

/** Only to tell a step from its end: a month as 30 days, five workdays as seven. */
const roughDays = (term: Term): number => ('months' in term ? term.months * 30 : 'days' in term ? term.days : term.workdays * 1.4);

function checkLadders({ ladders, relapseLadder }: Policy): PolicyFailure[] {
  const found = missing(obligationLabels, ladders).map((kind) =>
    fault(
      'ladder.missing',
      `ladders.${kind}`,
      `缺少“${obligationLabels[kind as ObligationKind]}”的阶梯。`,
      '请补上：每类应办事项都要有阶梯。',
    ),
  );
  for (const [kind, { value }] of Object.entries(ladders)) {
    const path = `ladders.${kind}`;
    if (Object.hasOwn(obligationLabels, kind))
      found.push(...checkLadder({ kind: kind as ObligationKind, path: `${path}.value`, ladder: value }));
    else found.push(fault('ladder.unknownKind', path, `应办事项“${kind}”不存在。`, '请删去，或改正名称。'));
  }
  return [...found, ...checkLadder({ kind: 'rectify', path: 'relapseLadder.value', ladder: relapseLadder.value })];
}

/** Every number says how well it is founded and on what. */
function checkSources(policy: Policy): PolicyFailure[] {
  const { terms, ladders, ...rest } = policy;
  const named = (prefix: string, table: object): [string, unknown][] => Object.entries(table).map(([name, one]) => [prefix + name, one]);
  return [...named('terms.', terms), ...named('ladders.', ladders), ...named('', rest)].flatMap(([path, one]) => {
    if (typeof one !== 'object' || one === null) return [];
    const { strength, source } = one as Partial<Sourced<unknown>>;
    if (Object.hasOwn(strengthLabels, strength ?? '') && source !== undefined && source.trim() !== '') return [];
    return [fault('unsourced', path, '没有写明依据或依据强度。', '请填写source和strength；自定的写“本单位规定”，强度填default。')];
  });
}

const missing = (labels: object, table: object): string[] => Object.keys(labels).filter((name) => !Object.hasOwn(table, name));
