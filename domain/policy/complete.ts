import { defaultPolicy } from './default-policy';
import { policyPacks } from './packs';
import type { Policy } from './policy';

/** A policy as some version of the program stored it: later fields, terms and ladders may be absent. */
export type StoredPolicy = {
  readonly [K in keyof Policy]?: (K extends 'terms' | 'ladders' ? Partial<Policy[K]> : Policy[K]) | null;
};

/**
 * The stored policy with what its version did not know yet filled in from the pack of the same id, else of the
 * same source, else from the default policy.
 * What is there stays as it is, also a ladder that today's pack has otherwise; what this version does not know is left out.
 * Never throws and changes nothing: a policy without a hole stays equal.
 */
export function completePolicy(stored: StoredPolicy): Policy {
  const pack =
    policyPacks.find(({ id }) => id === stored.id) ?? policyPacks.find(({ source }) => source === stored.source) ?? defaultPolicy;
  return { ...fill(pack, stored), terms: fill(pack.terms, stored.terms), ladders: fill(pack.ladders, stored.ladders) };
}

/** The fields of `pack`, each as `stored` has it, if it does. */
function fill<T extends object>(pack: T, stored: object | null | undefined): T {
  const known = new Map<string, unknown>(Object.entries(stored ?? {}));
  return Object.fromEntries(Object.entries(pack).map(([name, value]) => [name, known.get(name) ?? value])) as T;
}
