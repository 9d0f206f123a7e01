import { obligationLabels, paperLabels } from '../../domain/policy/policy';
import type { IssueEvent } from '../../domain/issue/events';
import { dateOf, type Instant, type LocalDate } from '../../domain/time';

interface Told {
  readonly issueId: string;
  readonly event: IssueEvent;
  readonly at: Instant;
}

/** Tells the demo: a line a day and sort of happening, so that 38 issues over a year stay readable. */
export class Story {
  private day: LocalDate | null = null;
  private readonly today = new Map<string, string[]>();

  constructor(private readonly say: (line: string) => void) {}

  tell({ issueId, event, at }: Told): void {
    const what = wordsOf(event);
    if (what === null) return;
    const day = dateOf(at);
    if (day !== this.day) this.flush();
    this.day = day;
    this.today.set(what, [...(this.today.get(what) ?? []), issueId]);
  }

  /** Prints the day that is still open. */
  flush(): void {
    for (const [what, issues] of this.today) {
      const unique = [...new Set(issues)].sort();
      const shown = unique.length > 6 ? `${unique.slice(0, 5).join(' ')} 等${unique.length}个` : unique.join(' ');
      this.say(`${this.day ?? ''}  ${what}  ${shown}`);
    }
    this.today.clear();
  }
}

function wordsOf(event: IssueEvent): string | null {
  switch (event.type) {
    case 'assigned':
      return '交账';
    case 'acknowledged':
      return '签收';
    case 'planApproved':
      return event.final ? '整改措施获批' : null;
    case 'extensionDecided':
      return event.granted ? `延期获准（至${event.newDueOn}）` : '延期未准';
    case 'checkBackPlanned':
      return event.mode === 'onTheSpot' ? '安排现场核查' : '安排书面核查';
    case 'returned':
      return '退回整改';
    case 'closed':
      return '联审通过，销号';
    case 'afterCheckBackPlanned':
      return '抽中回头看';
    case 'consolidated':
      return event.basis === 'checked' ? '回头看通过，已巩固' : '未抽中，已巩固';
    case 'relapsed':
      return '回头看发现反弹，重新整改';
    case 'paperSigned':
      return `签发${paperLabels[event.paperId.replace(/-\d+$/, '') as keyof typeof paperLabels]}`;
    case 'rungFired':
      return event.tone === 'none' || event.rung === 'half-time'
        ? null
        : `${event.tone === 'red' ? '●' : event.tone === 'yellow' ? '▲' : '○'} ${obligationLabels[event.kind]} ${event.label}`;
    default:
      return null;
  }
}
