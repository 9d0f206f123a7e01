import type { RuleContext } from '../domain/context';
import type { IssueEvent } from '../domain/issue/events';
import type { IssueState } from '../domain/issue/types';
import { letterText } from '../domain/paper/letter';
import { insertContents, sealText, type SealedContent } from './content';
import type { Transaction } from './database';

/** Words the letters that are being signed, with the numbers just drawn, and seals them: the event proves the text. */
export async function sealLetters(
  tx: Transaction,
  state: IssueState,
  events: readonly IssueEvent[],
  context: RuleContext,
): Promise<IssueEvent[]> {
  if (!events.some(({ type }) => type === 'paperSigned')) return [...events];
  const { title } = await tx.issue.findUniqueOrThrow({ where: { id: state.id }, select: { title: true } });
  const letters: SealedContent[] = [];
  const sealed = events.map((event): IssueEvent => {
    const paper = event.type === 'paperSigned' ? state.papers.find(({ id }) => id === event.paperId) : undefined;
    if (event.type !== 'paperSigned' || !paper) return event;
    const letter = sealText(letterText(state, paper, { title, number: event.number, signedOn: event.signedOn }, context));
    letters.push(letter);
    return { ...event, text: letter.ref };
  });
  await insertContents(tx, letters);
  return sealed;
}
