import canonicalize from 'canonicalize';
import type { Directory } from '../domain/directory';
import type { IssueEvent } from '../domain/issue/events';
import type { IssueState } from '../domain/issue/types';
import { personOf, unitOf } from '../domain/parties';
import { heldOn } from '../domain/substitutes';
import type { LocalDate } from '../domain/time';
import { insertContents, sealText } from './content';
import type { Transaction } from './database';

/** Somebody who acted in an issue, as they were when it was closed. */
export interface FrozenPerson {
  readonly id: string;
  readonly name: string;
  readonly posts: readonly { readonly unit: string; readonly role: string; readonly title: string }[];
}

/**
 * Seals with a closeout the names and posts of everybody who acted in the issue until then: the directory goes on, the dossier says who
 * they were. Events other than `closed` stay as they are.
 */
export async function freezePeople(
  tx: Transaction,
  { id }: IssueState,
  events: readonly IssueEvent[],
  { directory, actor }: { readonly directory: Directory; readonly actor: string },
): Promise<IssueEvent[]> {
  const frozen: IssueEvent[] = [];
  for (const event of events) {
    if (event.type !== 'closed') {
      frozen.push(event);
      continue;
    }
    const rows = await tx.$queryRaw<{ actor: string }[]>`SELECT DISTINCT actor FROM event WHERE stream_id = ${id}`;
    const ids = [...new Set([...rows.map((row) => row.actor), actor])].sort();
    const people = ids.flatMap((personId) => personOn(directory, personId, event.closedOn) ?? []);
    const sealed = sealText(canonicalize(people) ?? '[]');
    await insertContents(tx, [sealed], 'application/json');
    frozen.push({ ...event, people: sealed.ref });
  }
  return frozen;
}

function personOn(directory: Directory, id: string, on: LocalDate): FrozenPerson | null {
  const person = personOf(directory, id);
  if (!person) return null; // the engine, a meeting that decided
  const posts = directory.posts.filter((post) => post.personId === id && heldOn(post, on));
  return {
    id,
    name: person.name,
    posts: posts.map(({ unitId, role, title }) => ({ unit: unitOf(directory, unitId)?.name ?? unitId, role, title })),
  };
}
