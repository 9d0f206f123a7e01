import type { Database } from './database';

/** Ids of issues that are not final, after `cursor`, in order: whose life should be running. */
export async function openIssues(database: Database, cursor: string, size: number): Promise<string[]> {
  const rows = await database.stream.findMany({
    where: { kind: 'issue', final: false, id: { gt: cursor } },
    orderBy: { id: 'asc' },
    take: size,
    select: { id: true },
  });
  return rows.map(({ id }) => id);
}
