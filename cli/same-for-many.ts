/** Rows that tell the same of several issues or rounds, in the order of their first: each with the references of all. */
export function sameForMany<T extends { readonly reference: string }>(
  rows: readonly T[],
  storyOf: (row: T) => readonly string[],
): [T, string[]][] {
  const groups = new Map<string, [T, string[]]>();
  for (const row of rows) {
    const key = storyOf(row).join('|');
    const group = groups.get(key) ?? [row, []];
    group[1].push(row.reference);
    groups.set(key, group);
  }
  return [...groups.values()];
}

/** `R1-001 R1-002`, `R1-001 等16个` */
export const idsOf = (ids: readonly string[]): string => (ids.length > 2 ? `${ids[0] ?? ''} 等${ids.length}个` : ids.join(' '));
