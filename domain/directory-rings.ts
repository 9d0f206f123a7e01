import type { Substitute } from './directory';
import { endOf, startOf } from './directory-terms';
import type { LocalDate } from './time';

/** Persons who stand in for each other in a ring: the indexes of the substitutes, each leading to the next, and the first day of it. */
export interface Ring {
  readonly indexes: readonly number[];
  readonly day: string;
}

interface Edge {
  readonly index: number;
  readonly away: string;
  readonly there: string;
  readonly start: string;
  readonly end: string;
}

/**
 * Rings of substitutes on one day, on or after `asOf`, whatever the roles: whoever stands in for somebody is there, so isn't away.
 * A ring begins on a day on which one of its substitutes begins, so only these days are looked at, and only from those who begin.
 * Rings that share persons are told one after the other, each when the one before is mended.
 */
export function ringsOf(substitutes: readonly Substitute[], asOf: LocalDate): Ring[] {
  const edges = substitutes
    .map((one, index) => ({ index, away: one.personId, there: one.substituteId, start: startOf(one, asOf), end: endOf(one) }))
    .filter(({ away, there, start, end }) => away !== there && start <= end);
  const leaving = groupBy(edges, ({ away }) => away);
  const arriving = groupBy(edges, ({ there }) => there);

  const rings = new Map<string, Ring>();
  for (const [day, beginning] of [...groupBy(edges, ({ start }) => start)].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const onDay = (some: readonly Edge[] = []): Edge[] => some.filter(({ start, end }) => start <= day && day <= end);
    const done = new Set<string>();
    for (const { away } of beginning) {
      if (done.has(away) || onDay(arriving.get(away)).length === 0) continue;
      const ring = ringFrom(away, (person) => onDay(leaving.get(person)), done);
      const key = ring.toSorted((a, b) => a - b).join(' ');
      if (ring.length > 0 && !rings.has(key)) rings.set(key, { indexes: ring, day });
    }
  }
  return [...rings.values()];
}

/** The first ring met on the way from a person to their substitutes, and on to theirs; `done` keeps everybody who was passed. */
function ringFrom(start: string, leaving: (person: string) => Edge[], done: Set<string>): number[] {
  const path: { readonly person: string; readonly via: number; readonly left: Edge[] }[] = [
    { person: start, via: -1, left: leaving(start) },
  ];
  const onPath = new Set([start]);
  for (let last = path.at(-1); last !== undefined; last = path.at(-1)) {
    const edge = last.left.shift();
    if (edge === undefined) {
      path.pop();
      onPath.delete(last.person);
      done.add(last.person);
    } else if (onPath.has(edge.there)) {
      const from = path.findIndex(({ person }) => person === edge.there);
      onPath.forEach((person) => done.add(person));
      return [...path.slice(from + 1).map(({ via }) => via), edge.index];
    } else if (!done.has(edge.there)) {
      path.push({ person: edge.there, via: edge.index, left: leaving(edge.there) });
      onPath.add(edge.there);
    }
  }
  return [];
}

function groupBy(edges: readonly Edge[], keyOf: (edge: Edge) => string): Map<string, Edge[]> {
  const groups = new Map<string, Edge[]>();
  for (const edge of edges) {
    const group = groups.get(keyOf(edge));
    if (group === undefined) groups.set(keyOf(edge), [edge]);
    else group.push(edge);
  }
  return groups;
}
