import { LONGEST_REFERENCE, MOST_LINKED } from '../domain/issue/decide-parties';
import type { DraftIssue } from './draft';

/** The longest name of a round beside a finding's own. */
const LONGEST_ROUND = 40;

/**
 * References to the earlier findings that an issue repeats (`recursOf`): `2018年市委第三巡察组常规巡察：科室合作` for each that is named as not
 * rectified, else the earlier round as a whole. Longer ones end in …; empty when the issue is about no earlier round.
 */
export function earlierReferences({ earlier }: Pick<DraftIssue, 'earlier'>): string[] {
  if (earlier == null) return [];
  const { source, year, named, raw } = earlier;
  const stated = source === null ? null : year === null || /年/u.test(source) ? source : `${year}年${source}`;
  if (named.length === 0 || named.length > MOST_LINKED) return [shortened(stated ?? raw, LONGEST_REFERENCE)];
  const round = stated === null ? '' : `${shortened(stated, LONGEST_ROUND)}：`;
  return [...new Set(named.map((name) => shortened(`${round}${name}`, LONGEST_REFERENCE)))];
}

/** Never cuts a character in two. */
function shortened(text: string, length: number): string {
  if (text.length <= length) return text;
  let kept = '';
  for (const char of text) {
    if (kept.length + char.length >= length) break;
    kept += char;
  }
  return `${kept}…`;
}
