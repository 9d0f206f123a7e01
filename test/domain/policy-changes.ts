import type { Policy } from '../../domain/policy/policy';

/** Places of a policy and what stands there instead: `ladders.rectify.value.3.tone`; `-1` is the last; undefined takes it away. */
export type Changes = Readonly<Record<string, unknown>>;

/** The policy with the changes made, whatever they are: data from a file is not typed either. */
export function changed(policy: Policy, changes: Changes): Policy {
  const copy = structuredClone(policy);
  for (const [place, value] of Object.entries(changes)) {
    const steps = place.split('.');
    const last = steps.pop() ?? '';
    const owner = steps.reduce<unknown>((at, step) => Reflect.get(at as object, keyIn(at, step)), copy) as object;
    const key = keyIn(owner, last);
    if (value !== undefined) Reflect.set(owner, key, structuredClone(value));
    else if (Array.isArray(owner)) owner.splice(Number(key), 1);
    else Reflect.deleteProperty(owner, key);
  }
  return copy;
}

const keyIn = (at: unknown, step: string): string => (Array.isArray(at) && step === '-1' ? String(at.length - 1) : step);
