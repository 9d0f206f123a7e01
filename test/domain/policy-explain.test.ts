import { defaultPolicy } from '../../domain/policy/default-policy';
import { describeLadder, describeOffset, describeScale, describeTerm, roleLabel } from '../../domain/policy/describe';
import { fieldExplanations, fieldLabels, termExplanations, termLabels } from '../../domain/policy/explain';
import { campaign } from '../../domain/policy/packs';
import type { Offset, Term } from '../../domain/policy/policy';

it('every field and every term has a label and an explanation', () => {
  for (const texts of [fieldLabels, fieldExplanations]) expect(Object.keys(texts).sort()).toEqual(Object.keys(defaultPolicy).sort());
  for (const texts of [termLabels, termExplanations]) expect(Object.keys(texts).sort()).toEqual(Object.keys(defaultPolicy.terms).sort());
  for (const texts of [fieldLabels, termLabels]) expect(new Set(Object.values(texts)).size).toBe(Object.keys(texts).length);
  for (const texts of [fieldExplanations, termExplanations]) for (const text of Object.values(texts)) expect(text).toMatch(/^[^,;:()]+。$/);
});

const terms: readonly (readonly [Term, string])[] = [
  [{ days: 30 }, '30日'],
  [{ workdays: 3 }, '3个工作日'],
  [{ months: 1 }, '1个月'],
];
it.each(terms)('%j reads %s', (term, text) => {
  expect(describeTerm(term)).toBe(text);
});

const offsets: readonly (readonly [Offset, string])[] = [
  ['opened', '事项产生时'],
  [{ days: -20 }, '到期前20日'],
  [{ days: 0 }, '到期当日'],
  [{ days: 1 }, '逾期第1日'],
  [{ workdays: -3 }, '到期前第3个工作日'],
  [{ workdays: 0 }, '到期当日（工作日）'],
  [{ workdays: 5 }, '逾期后第5个工作日'],
];
it.each(offsets)('%j reads %s', (offset, text) => {
  expect(describeOffset(offset)).toBe(text);
});

it('a ladder reads a rung a line', () => {
  const lines = describeLadder(defaultPolicy.ladders.rectify.value);
  expect(lines[1]).toBe('到期前20日 → 责任人（绿）');
  expect(lines[4]).toBe(
    '逾期后第5个工作日 → 牵头领导、第一责任人、责任单位负责人（红），拟提醒函（整改办签发，主送牵头领导，抄送第一责任人，5个工作日内回复）',
  );
  expect(lines.at(-1)).toBe('逾期后第45个工作日 → 巡察办（红），须决定是否约谈，此后每20个工作日一次');
  expect(describeLadder([])).toEqual([]);
});

it('in a campaign the leader in charge is 包联领导', () => {
  expect(roleLabel('leaderInCharge')).toBe('分管领导');
  expect(roleLabel('leaderInCharge', 'campaign')).toBe('包联领导');
  expect(describeLadder(campaign.ladders.rectify.value, 'campaign')[2]).toBe(
    '到期前10日 → 责任人、责任单位负责人、牵头领导、包联领导（黄）',
  );
});

it('a scale reads from the top', () => {
  expect(describeScale(defaultPolicy.assessmentScale.value)).toBe('满分100：好90分起、较好80分起、一般60分起、差0分起');
});
