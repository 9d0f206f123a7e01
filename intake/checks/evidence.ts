import { publicTitle } from '../privacy';
import { isRectification } from '../labels';
import { finding, nameOf, type Check, type ReadIssue } from './context';

/** Fewer characters are a turn of phrase, not one and the same deed. */
const shortestDeed = 20;
const made = /(?:制定|印发|修订|出台|下发|完善|拟定|建立)[^《》。；;，,]{0,14}《(?<name>[^《》\n]{8,60})》/gu;

/**
 * The same deed, or the same paper, told as the rectification of several issues. Information only: sharing is legitimate (design.md,
 * section 2, shared evidence is shown, not suspected).
 */
export const sharedEvidence: Check = ({ read }) => {
  const users = new Map<string, Map<ReadIssue, number>>();
  for (const issue of read) {
    for (const { words, line } of deedsOf(issue)) {
      const known = users.get(words) ?? new Map<ReadIssue, number>();
      if (!known.has(issue)) known.set(issue, line);
      users.set(words, known);
    }
  }
  return grouped([...users].filter(([, issues]) => issues.size > 1)).map(({ issues, deeds, lines }) => {
    const [first = ''] = deeds;
    const more = deeds.length > 1 ? `等 ${deeds.length} 处` : '';
    const message = `问题${issues.map((issue) => nameOf(issue)).join('、')}写有相同的整改内容或文件“${publicTitle(first.slice(0, 30))}”${more}，属共用的请注明。`;
    return finding('info', 'sharedEvidence', message, lines);
  });
};

interface Deed {
  readonly words: string;
  readonly line: number;
}

function deedsOf({ finding: { sections } }: ReadIssue): Deed[] {
  const accounts = sections.filter(({ kind }) => kind !== 'statement' && kind !== 'loose' && isRectification(kind));
  return accounts.flatMap(({ prose }) => [
    ...[...prose.text.matchAll(/[^，,。；;：:\n]+/gu)].flatMap(({ 0: clause, index }) => {
      const words = clause.replace(/^[\s①-⑳（()）\d.、]*(?:[一二三四五六七八九十]{1,3}是)?/u, '').trim();
      return words.length >= shortestDeed && !words.includes('《') ? [{ words, line: prose.lineAt(index) }] : [];
    }),
    ...[...prose.text.matchAll(made)].map(({ index, groups }) => ({ words: `《${groups?.['name'] ?? ''}》`, line: prose.lineAt(index) })),
  ]);
}

interface SharedDeeds {
  readonly issues: readonly ReadIssue[];
  readonly deeds: string[];
  readonly lines: number[];
}

/** One finding for all that the same issues share. */
function grouped(shared: readonly (readonly [string, ReadonlyMap<ReadIssue, number>])[]): SharedDeeds[] {
  const groups = new Map<string, SharedDeeds>();
  for (const [words, issues] of shared) {
    const key = [...issues.keys()].map(({ issue }) => issue.id).join('/');
    const group = groups.get(key) ?? { issues: [...issues.keys()], deeds: [], lines: [] };
    group.deeds.push(words);
    group.lines.push(...issues.values());
    groups.set(key, group);
  }
  return [...groups.values()];
}
