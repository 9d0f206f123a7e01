import type { DraftRound } from '../draft';
import type { Prose } from '../prose';
import { datesIn } from './dates';
import { periods } from './visit';

/** What a ledger's or feedback's head says in fields: 被巡察单位：县农业局党组　反馈时间：2024年6月12日. */
export type LabelledRound = Pick<DraftRound, 'inspectedBody' | 'inspectingBody' | 'onSite' | 'feedbackDate'>;

const field = (words: string): RegExp => new RegExp(`(?:^|[\\s　；;，,（(])(?:${words})\\s?[:：]\\s?(?<value>[^\\t　；;。\\n]{2,60})`, 'u');
const inspected = field('被?(?:巡察|巡视|审计|检查)(?:党组织|单位|对象)|(?:整改|填报|报送|责任主体)单位|被审计单位');
const inspecting = field('(?:巡察|巡视|审计|检查)(?:组|机构|机关)|巡察组名称|组织(?:巡察|巡视)单位');
const during = field('(?:现场|进驻)?(?:巡察|巡视|审计|进驻|检查)(?:时间|期间|日期)');
const fedBack = field('(?:巡察|巡视|审计|意见|问题)?反馈(?:时间|日期)');

/** The fields near the head, null or empty where the document has none. */
export function labelledRound(outside: readonly Prose[]): LabelledRound {
  const head = outside.slice(0, 20).filter(({ text }) => text.length <= 200);
  return {
    inspectedBody: bodyIn(head, inspected),
    inspectingBody: bodyIn(head, inspecting),
    onSite: head.map((prose) => rangeOf(prose, during)).find((found) => found.length > 0) ?? [],
    feedbackDate: dayIn(head, fedBack),
  };
}

function bodyIn(head: readonly Prose[], pattern: RegExp): DraftRound['inspectedBody'] {
  for (const prose of head) {
    const match = pattern.exec(prose.text);
    const value = (match?.groups?.['value'] ?? '').split(/\s{1,}|（盖章）|\(盖章\)/u)[0]?.trim() ?? '';
    if (match !== null && /^[一-鿿（()）]{3,40}$/u.test(value)) return { value, raw: match[0].trim(), line: prose.lineAt(match.index) };
  }
  return null;
}

function rangeOf(prose: Prose, pattern: RegExp): DraftRound['onSite'] {
  const match = pattern.exec(prose.text);
  return match === null ? [] : periods(prose, match.index, match.index + match[0].length);
}

function dayIn(head: readonly Prose[], pattern: RegExp): DraftRound['feedbackDate'] {
  for (const prose of head) {
    const match = pattern.exec(prose.text);
    if (match === null) continue;
    const date = datesIn(prose.slice(match.index, match.index + match[0].length))[0];
    if (date?.iso != null && date.monthDay !== null) return { value: date.iso, raw: date.raw, line: prose.lineAt(match.index) };
  }
  return null;
}
