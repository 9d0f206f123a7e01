import { commandLabels } from '../domain/issue/command-words';
import type { DraftLedger } from '../intake/draft';
import type { Pair } from '../intake/match-issues';
import type { Proposal } from '../intake/match-proposals';
import type { Comparison } from './commands/draft-comparison';
import { print, printTable } from './output';
import { placesOf } from './show-draft';
import { shorten } from './table';

const whyWords: Readonly<Record<Pair['why'], string>> = { byHand: '人工指定', numberAndTitle: '序号相同，标题相近', title: '标题相近' };

const fieldWords: Readonly<Record<string, string>> = {
  status: '状态',
  progress: '进展',
  implementation: '落实情况',
  deadline: '时限',
  money: '资金',
};

/** What a difference is about, in office words. */
export const fieldLabel = (field: Proposal['field']): string => fieldWords[field] ?? field.replace(/^handling:/, '处理：');

const LONGEST = 40;
const short = (text: string | null): string | null => (text === null ? null : shorten(text.replace(/\s+/g, ' '), LONGEST));

/** A newer report beside its round: pairs, leftovers, proposals, and what is left to a person. */
export function showComparison(comparison: Comparison, draft: Pick<DraftLedger, 'places'>): void {
  const at = placesOf(draft);
  const { draftId, roundId, pairs, onlyInRound, onlyInReport, titles, proposals, accepted, told } = comparison;
  print('', `与轮次${roundId}比对：对应${pairs.length}个问题，轮次多出${onlyInRound.length}个，报告多出${onlyInReport.length}个。`);
  printTable(
    [
      { title: '台账', whole: true },
      { title: '报告', whole: true },
      { title: '报告中的问题' },
      { title: '相近', align: 'right', whole: true },
      { title: '依据', whole: true },
      { title: '存疑', whole: true },
    ],
    pairs.map(({ issueId, found, score, why, rival }) => [
      issueId,
      found,
      titles[found]?.title ?? null,
      score.toFixed(2),
      whyWords[why],
      rival === null ? null : { text: `也像${rival}`, tone: 'yellow' },
    ]),
  );
  leftover('报告没有提到的问题', onlyInRound, titles);
  leftover('台账没有的问题（未登记；新反馈的问题另行建账）', onlyInReport, titles);
  print('', `可采纳的更新（${proposals.length}）${accepted.length === 0 ? '' : `，已采纳${accepted.length}项`}`);
  printTable(
    [
      { title: '编号', whole: true },
      { title: '', whole: true },
      { title: '现为' },
      { title: '报告所写' },
      { title: '行', whole: true },
      { title: '办理', whole: true },
    ],
    proposals.map(({ issueId, field, from, to, line, command }) => [
      `${issueId}/${field}`,
      fieldLabel(field),
      short(from),
      short(to),
      at(line),
      commandLabels[command.type],
    ]),
  );
  if (told.length > 0) {
    print('', `须由人办理的不同之处（${told.length}）`);
    printTable(
      [
        { title: '编号', whole: true },
        { title: '', whole: true },
        { title: '现为' },
        { title: '报告所写' },
        { title: '行', whole: true },
        { title: '说明' },
      ],
      told.map(({ issueId, field, from, to, line, why }) => [issueId, fieldLabel(field), short(from), short(to), at(line), why]),
    );
  }
  if (proposals.length > 0)
    print('', `采纳用 draft accept ${draftId} --only 编号 或 --all；对应错了，先用 draft edit ${draftId} --match 改正。`);
}

function leftover(title: string, ids: readonly string[], titles: Comparison['titles']): void {
  if (ids.length === 0) return;
  print('', `${title}（${ids.length}）`);
  printTable(
    [{ title: '编号', whole: true }, { title: '序号', align: 'right', whole: true }, { title: '问题' }],
    ids.map((id) => [id, titles[id]?.number ?? null, titles[id]?.title ?? null]),
  );
}
