import fc from 'fast-check';
import { ZhenggaiError } from '../../domain/failure';
import { policyPacks } from '../../domain/policy/packs';
import type { Policy } from '../../domain/policy/policy';
import { readPolicyFile, writePolicyFile } from '../../intake/policy-file';
import { changed, type Changes } from '../domain/policy-changes';

const [policy] = policyPacks as readonly [Policy, ...Policy[]];

/** How reading ends: the code and the sentence for a person. */
function refusal(text: string): { code: string; what: string } {
  try {
    readPolicyFile(text);
  } catch (error) {
    if (error instanceof ZhenggaiError) return { code: `${error.kind} ${error.failure.code}`, what: error.failure.what };
    throw error;
  }
  throw new Error('was not refused');
}

it.each(policyPacks)('$id: what is written reads back as it was', (pack) => {
  const text = writePolicyFile(pack);
  expect(readPolicyFile(text)).toEqual(pack);
  expect(writePolicyFile(readPolicyFile(text))).toBe(text);
  expect(readPolicyFile(`\uFEFF${text.replaceAll('\n', '\r\n')}`)).toEqual(pack);
});

it('any numbers read back as they were', () => {
  const term = fc.oneof(
    fc.record({ days: fc.integer({ min: 1, max: 3_660 }) }),
    fc.record({ workdays: fc.integer({ min: 1, max: 2_600 }) }),
    fc.record({ months: fc.integer({ min: 1, max: 120 }) }),
  );
  const source = fc.string({ unit: 'grapheme', minLength: 1 }).map((text) => `依据：${text}`);
  fc.assert(
    fc.property(fc.constantFrom(...policyPacks), term, source, fc.integer({ min: 0, max: 100 }), (pack, value, said, percent) => {
      const own = changed(pack, { 'terms.receipt.value': value, 'terms.receipt.source': said, 'drawPercent.value': percent });
      expect(readPolicyFile(writePolicyFile(own))).toEqual(own);
    }),
  );
});

it('has a line for a rung and its head on top', () => {
  const lines = writePolicyFile(policy).split('\n');
  expect(lines.slice(1, 6).map((line) => line.trim())).toEqual([
    '"schema": "zhenggai.policy/1",',
    '"id": "district-inspection",',
    `"version": ${policy.version},`,
    '"title": "区县巡察整改",',
    '"source": "inspection",',
  ]);
  expect(lines).toContain(
    '        { "id": "before-20", "label": "提前20日提醒", "offset": { "days": -20 }, "audience": ["handler"], "tone": "green" },',
  );
});

describe('is no policy file', () => {
  const wrong: readonly (readonly [what: string, changes: Changes, said: string])[] = [
    ['a field missing', { cadences: undefined }, 'cadences：缺少这一项'],
    ['a term missing', { 'terms.upkeep': undefined }, 'terms.upkeep：缺少这一项'],
    ['a ladder missing', { 'ladders.milestone': undefined }, 'ladders.milestone：缺少这一项'],
    ['a kind nobody knows', { 'ladders.party': policy.ladders.plan }, 'ladders：不认识的字段：party'],
    ['a field nobody knows', { 'terms.plan.note': '无' }, 'terms.plan：不认识的字段：note'],
    [
      'a unit nobody knows',
      { 'terms.plan.value': { weeks: 2 } },
      'terms.plan.value：应为{"days":日数}、{"workdays":工作日数}或{"months":月数}之一',
    ],
    ['a role nobody knows', { 'ladders.rectify.value.3.audience.0': 'mayor' }, 'ladders.rectify.value[3].audience[0]：只能填写holder、'],
    ['a number in words', { 'maxExtensions.value': '两次' }, 'maxExtensions.value：应为数字'],
    ['a part of a number', { 'maxExtensions.value': 1.5 }, 'maxExtensions.value：应为整数'],
  ];
  it.each(wrong)('%s', (_, changes, said) => {
    const { code, what } = refusal(writePolicyFile(changed(policy, changes)));
    expect(code).toBe('badInput policy.file');
    expect(what).toContain(`策略文件的格式不对，有1处：\n${said}`);
  });

  it.each([
    ['nothing', ''],
    ['no JSON', '策略'],
    ['a list', '[]'],
    ['null', 'null'],
    ['another file', '{"schema":"zhenggai.draft/1"}'],
  ])('%s', (_, text) => {
    expect(refusal(text).code).toBe('badInput policy.file');
  });

  it('names the line of a comma too many', () => {
    expect(refusal('{\n  "schema": "zhenggai.policy/1",\n}').what).toContain('第3行');
  });

  it('lists twenty places and says how many there are', () => {
    const { what } = refusal('{}');
    expect(what).toContain('有21处（列出前20处）');
    expect(what.split('\n')).toHaveLength(21);
  });
});

describe('is no policy that holds together', () => {
  const wrong: readonly (readonly [what: string, changes: Changes, said: string])[] = [
    ['a negative term', { 'terms.receipt.value': { workdays: -3 } }, 'terms.receipt.value：'],
    ['unordered rungs', { 'ladders.rectify.value.5.offset': { workdays: 3 } }, 'ladders.rectify.value[5].offset：'],
    ['a hole', { 'ladders.receipt.value.-1': undefined }, 'ladders.receipt.value：'],
    ['no source', { 'terms.plan.source': '' }, 'terms.plan：'],
  ];
  it.each(wrong)('%s', (_, changes, said) => {
    const { code, what } = refusal(writePolicyFile(changed(policy, changes)));
    expect(code).toBe('badInput policy.check');
    expect(what).toContain(`\n${said}`);
    expect(what).toMatch(/［policy\.[\w.]+］/);
  });
});
