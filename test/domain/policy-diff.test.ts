import fc from 'fast-check';
import { defaultPolicy } from '../../domain/policy/default-policy';
import { diffPolicies } from '../../domain/policy/diff';
import { policyPacks } from '../../domain/policy/packs';
import type { Policy } from '../../domain/policy/policy';
import { changed, type Changes } from './policy-changes';

const diff = (changes: Changes) => diffPolicies(defaultPolicy, changed(defaultPolicy, changes));
const rungs = defaultPolicy.ladders.rectify.value;

const stories: readonly (readonly [what: string, changes: Changes, path: string, from: string | null, to: string | null])[] = [
  ['a version', { version: 4 }, '版本', '3', '4'],
  ['another source of rounds', { source: 'audit' }, '轮次来源', '巡察', '审计'],
  ['a term', { 'terms.receipt.value': { days: 5 } }, '期限 › 签收', '3个工作日', '5日'],
  ['what a term rests on', { 'terms.receipt.source': '本单位规定' }, '期限 › 签收 › 依据', '本产品默认值（默认）', '本单位规定（默认）'],
  [
    'who hears',
    { 'ladders.rectify.value.4.audience': ['leadLeader'] },
    '整改 › 逾期后第5个工作日：提醒函 › 听取人',
    '牵头领导、第一责任人、责任单位负责人',
    '牵头领导',
  ],
  ['when', { 'ladders.rectify.value.1.offset': { days: -15 } }, '整改 › 到期前20日：提前20日提醒 › 时点', '到期前20日', '到期前15日'],
  ['a colour', { 'ladders.rectify.value.1.tone': 'yellow' }, '整改 › 到期前20日：提前20日提醒 › 颜色', '绿', '黄'],
  ['a name', { 'ladders.rectify.value.3.label': '超期' }, '整改 › 逾期第1日：逾期 › 名称', '逾期', '超期'],
  [
    'how often',
    { 'ladders.rectify.value.-1.repeatEveryWorkdays': 10 },
    '整改 › 逾期后第45个工作日：请决定是否约谈 › 重复间隔',
    '每20个工作日',
    '每10个工作日',
  ],
  [
    'a paper gone',
    { 'ladders.rectify.value.4.paper': undefined },
    '整改 › 逾期后第5个工作日：提醒函 › 文书',
    '提醒函（整改办签发，主送牵头领导，抄送第一责任人，5个工作日内回复）',
    null,
  ],
  [
    'a rung gone',
    { 'ladders.rectify.value.1': undefined },
    '整改 › 到期前20日：提前20日提醒',
    '名称：提前20日提醒；时点：到期前20日；听取人：责任人；颜色：绿',
    null,
  ],
  [
    'a rung more',
    { 'relapseLadder.value': [rungs[0], rungs[1], ...defaultPolicy.relapseLadder.value.slice(1)] },
    '反弹后整改的阶梯 › 到期前20日：提前20日提醒',
    null,
    '名称：提前20日提醒；时点：到期前20日；听取人：责任人；颜色：绿',
  ],
  [
    'another order',
    { 'ladders.rectify.value.1': rungs[2], 'ladders.rectify.value.2': rungs[1] },
    '整改 › 各档顺序',
    rungs.map(({ label }) => label).join('、'),
    [rungs[0], rungs[2], rungs[1], ...rungs.slice(3)].map((rung) => rung?.label).join('、'),
  ],
  ['review parties', { 'reviewParties.value': ['inspectionOffice'] }, '联审单位', '纪检监察组、组织部门、巡察办', '巡察办'],
  ['their order', { 'reviewOrder.value': 'inOrder' }, '联审顺序', '并行', '依次'],
  ['a number', { 'maxExtensions.value': 1 }, '延期次数上限', '2', '1'],
  ['a choice', { 'checkBackAfter.value': 'all' }, '销号后回头看', '随机抽取', '全部'],
  ['yes and no', { 'checkBackBefore.value': false }, '销号前现场核查', '是', '否'],
  ['a cadence gone', { 'cadences.value': [] }, '调度节奏', 'half-monthly：一分析一调度一督导，每半月一次（集中整改期内）', '（无）'],
  [
    'a grade',
    { 'assessmentScale.value.grades.0.from': 95 },
    '成效评估等次',
    '满分100：好90分起、较好80分起、一般60分起、差0分起',
    '满分100：好95分起、较好80分起、一般60分起、差0分起',
  ],
];

it.each(stories)('tells %s', (_, changes, path, from, to) => {
  const told = diff(changes).filter((change) => change.path === path);
  expect(told).toEqual([{ path, from, to }]);
});

it.each(stories.filter(([what]) => what !== 'a rung more'))('and nothing else: %s', (_, changes) => {
  expect(diff(changes)).toHaveLength(1);
});

it.each(policyPacks)('$id differs in nothing from itself', (policy) => {
  expect(diffPolicies(policy, structuredClone(policy))).toEqual([]);
});

it.each(policyPacks.slice(1))('$id: a difference read backwards swaps from and to', (policy) => {
  const swapped = diffPolicies(policy, defaultPolicy).map(({ path, from, to }) => `${path}|${to}|${from}`);
  const straight = diffPolicies(defaultPolicy, policy).map(({ path, from, to }) => `${path}|${from}|${to}`);
  expect(swapped.sort()).toEqual(straight.sort());
});

/** Every leaf of a policy but the ids of rungs, by its place. */
const leaves = (value: unknown, place = ''): string[] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([name, one]) => leaves(one, place === '' ? name : `${place}.${name}`))
    : [place];
const valueAt = (policy: Policy, place: string): unknown =>
  place.split('.').reduce<unknown>((at, step) => Reflect.get(at as object, step), policy);
const other = (value: unknown): unknown =>
  typeof value === 'boolean' ? !value : typeof value === 'number' ? value + 1 : `${String(value)}二`;

it('no change of any place goes untold', () => {
  // closed lists of words have their own stories above; a word outside of them has no label
  const open = /(id|version|title|label|source|workdays|days|months|replyWorkdays|repeatEveryWorkdays|grade|from|fullMarks|\.value)$/;
  const places = leaves(defaultPolicy).filter(
    (place) => open.test(place) && !['source', 'reviewOrder.value', 'checkBackAfter.value'].includes(place),
  );
  expect(places.length).toBeGreaterThan(300);
  fc.assert(
    fc.property(fc.constantFrom(...places), (place) => diff({ [place]: other(valueAt(defaultPolicy, place)) }).length > 0),
    { numRuns: 400 },
  );
});
