import { matchIssues, plain, type Titled } from '../../intake/match-issues';
import { refusalOf } from '../cli/support';

const known = (...titles: string[]): Titled[] => titles.map((title, index) => ({ id: `R1-${index + 1}`, number: index + 1, title }));
const found = (...titles: string[]): Titled[] => titles.map((title, index) => ({ id: `f${index + 1}`, number: index + 1, title }));
const paired = (issues: Titled[], findings: Titled[], byHand?: Record<string, string | null>): string[] =>
  matchIssues(issues, findings, byHand).pairs.map(({ issueId, found: id, why }) => `${issueId} ${id} ${why}`);

test('titles are alike whatever the width of their marks and what offices put around them', () => {
  expect(plain('关于“三重一大”事项（2023年）决策不规范问题的整改情况')).toBe(plain('"三重一大"事项(２０２３年) 决策不规范'));
  expect(plain('问题')).toBe('问题');
  expect(matchIssues(known('采购程序不规范，比价走形式。'), found('关于采购程序不规范,比价走形式的问题')).pairs).toEqual([
    { issueId: 'R1-1', found: 'f1', score: 1, why: 'numberAndTitle', rival: null },
  ]);
});

test('a finding that was put in between moves the numbers, not the pairs', () => {
  expect(
    paired(
      known('采购程序不规范', '采购合同不规范', '库房管理混乱'),
      found('会议记录缺失', '采购程序不规范', '采购合同不规范', '库房管理混乱'),
    ),
  ).toEqual(['R1-1 f2 title', 'R1-2 f3 title', 'R1-3 f4 title']);
});

test('with the same number a title may be reworded further; without it, not', () => {
  const reworded = '重大事项集体决策走过场';
  expect(paired(known('重大事项决策不规范'), found(reworded))).toEqual(['R1-1 f1 numberAndTitle']);
  const { pairs, onlyInRound, onlyInReport } = matchIssues(known('甲乙丙丁', '重大事项决策不规范'), found(reworded));
  expect([pairs, onlyInRound, onlyInReport]).toEqual([[], ['R1-1', 'R1-2'], ['f1']]);
});

test('nothing in common is no pair, even with the same number', () => {
  const { pairs, onlyInRound, onlyInReport } = matchIssues(known('用车不严', '接待超标'), found('库房混乱', '接待超标准'));
  expect(pairs.map(({ issueId, score }) => [issueId, score])).toEqual([['R1-2', 0.86]]);
  expect([onlyInRound, onlyInReport]).toEqual([['R1-1'], ['f1']]);
});

test('equal titles go by their numbers, and each issue has one finding', () => {
  expect(paired(known('台账缺失', '用车不严', '台账缺失'), found('台账缺失', '台账缺失', '台账缺失'))).toEqual([
    'R1-1 f1 numberAndTitle',
    'R1-3 f3 numberAndTitle',
  ]);
});

test('what is nearly as like and has no better finding is named, so that a person looks', () => {
  const [pair] = matchIssues([...known('甲', '项目资金拨付不及时', '项目资金拨付不够及时')], found('项目资金拨付不太及时')).pairs;
  expect(pair).toMatchObject({ found: 'f1', why: 'title' });
  expect([pair?.issueId, pair?.rival].sort()).toEqual(['R1-2', 'R1-3']);
  const settled = matchIssues(
    known('甲', '项目资金拨付不及时', '项目资金拨付不够及时'),
    found('乙', '项目资金拨付不及时', '项目资金拨付不够及时'),
  );
  expect(settled.pairs.map(({ rival }) => rival)).toEqual([null, null]);
});

test('a hand goes before everything, and says none too', () => {
  const issues = known('台账缺失', '用车不严');
  const findings = found('台账缺失', '用车不严');
  expect(paired(issues, findings, { f1: 'R1-2' })).toEqual(['R1-2 f1 byHand']);
  expect(paired(issues, findings, { f1: null })).toEqual(['R1-2 f2 numberAndTitle']);
  expect(refusalOf(() => matchIssues(issues, findings, { f1: 'R9-1' })).failure.code).toBe('match.unknown');
  expect(refusalOf(() => matchIssues(issues, findings, { f1: 'R1-1', f2: 'R1-1' })).failure.code).toBe('match.twice');
});

test('nothing on either side is no pair', () => {
  expect(matchIssues([], [])).toEqual({ pairs: [], onlyInRound: [], onlyInReport: [] });
  expect(matchIssues(known(''), found(''))).toEqual({ pairs: [], onlyInRound: ['R1-1'], onlyInReport: ['f1'] });
});

test('three thousand issues in another order find their own, though most words are common to all', () => {
  const parts = ['采购', '合同', '库房', '档案', '培训', '会议', '车辆', '接待', '资金', '项目'];
  const titleOf = (n: number): string =>
    `${parts[n % 10] ?? ''}${parts[Math.floor(n / 10) % 10] ?? ''}${parts[Math.floor(n / 100) % 10] ?? ''}管理第${n}号事项落实不到位`;
  const titles = Array.from({ length: 3_000 }, (_, index) => titleOf(index));
  const { pairs } = matchIssues(known(...titles), found(...[...titles].reverse()));
  const wrong = pairs.filter(({ issueId, found: id }) => Number(issueId.slice(3)) + Number(id.slice(1)) !== 3_001);
  expect([pairs.length, wrong]).toEqual([3_000, []]);
});
