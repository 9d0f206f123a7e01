import fc from 'fast-check';
import { completePolicy, type StoredPolicy } from '../../domain/policy/complete';
import { defaultPolicy } from '../../domain/policy/default-policy';
import { campaign, policyPacks } from '../../domain/policy/packs';
import { changed } from './policy-changes';

const without = (names: readonly string[], policy = defaultPolicy): StoredPolicy =>
  changed(policy, Object.fromEntries(names.map((name) => [name, undefined])));

it.each(policyPacks)('$id is complete as it is', (policy) => {
  expect(completePolicy(policy)).toEqual(policy);
});

it('fills what the first version of the program did not know', () => {
  const later =
    'source reviewOrder checkBackAfter lateRecordWorkdays cadences assessmentScale terms.roundPlan terms.upkeep ladders.collection';
  const old = { ...without(later.split(' ')), version: 1 };
  expect(completePolicy(old)).toEqual({ ...defaultPolicy, version: 1 });
});

it('fills from the pack of the same id, else of the same source, else from the default', () => {
  const { cadences, ...own } = { ...campaign, title: '某区集中治理' };
  expect(completePolicy(own)).toEqual({ ...own, cadences });
  expect(completePolicy({ ...own, id: 'own-campaign' }).cadences).toBe(cadences);
  expect(completePolicy({ id: 'own' })).toEqual({ ...defaultPolicy, id: 'own' });
  expect(completePolicy({})).toEqual(defaultPolicy);
});

it('keeps what an office has changed', () => {
  const own = changed(defaultPolicy, { 'terms.receipt.value': { days: 7 }, 'ladders.plan.value.2': undefined, 'terms.plan': undefined });
  expect(completePolicy(own)).toEqual({ ...own, terms: { ...own.terms, plan: defaultPolicy.terms.plan } });
});

it('leaves out what this version does not know', () => {
  const newer = changed(defaultPolicy, { 'terms.moon': { value: { days: 28 } }, 'ladders.moon': defaultPolicy.ladders.plan, moon: true });
  expect(completePolicy(newer)).toEqual(defaultPolicy);
});

it('fills any holes whatever they are, changes nothing that it is given, and needs to do so once', () => {
  const names = [
    ...Object.keys(defaultPolicy).filter((name) => name !== 'id' && name !== 'source'),
    ...Object.keys(defaultPolicy.terms).map((name) => `terms.${name}`),
    ...Object.keys(defaultPolicy.ladders).map((kind) => `ladders.${kind}`),
  ];
  fc.assert(
    fc.property(fc.constantFrom(...policyPacks), fc.subarray(names), fc.boolean(), (policy, holes, isNull) => {
      const inner = holes.filter((name) => name.includes('.'));
      const outer = holes.filter((name) => !name.includes('.'));
      const stored = { ...without(inner, policy), ...Object.fromEntries(outer.map((name) => [name, isNull ? null : undefined])) };
      const before = structuredClone(stored);
      const complete = completePolicy(stored);
      expect(complete).toEqual(policy);
      expect(completePolicy(complete)).toEqual(complete);
      expect(stored).toEqual(before);
    }),
  );
});
