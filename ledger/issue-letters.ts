import type { RuleContext } from '../domain/context';
import { NUMBER_TO_DRAW, type IssueEvent } from '../domain/issue/events';
import type { IssueState } from '../domain/issue/types';
import type { Paper } from '../domain/obligation/types';
import { letterOf, type DraftSubject } from '../domain/paper/letter';
import type { LocalDate } from '../domain/time';
import type { Transaction } from './database';
import { signLetter } from './letter-signing';

/** Words the letters that are being signed, with the numbers just drawn, and seals them: the event proves the text. */
export async function sealLetters(
  tx: Transaction,
  state: IssueState,
  events: readonly IssueEvent[],
  context: RuleContext,
): Promise<IssueEvent[]> {
  const sealed: IssueEvent[] = [];
  for (const event of events) {
    const paper = event.type === 'paperSigned' ? state.papers.find(({ id }) => id === event.paperId) : undefined;
    if (event.type !== 'paperSigned' || event.number !== NUMBER_TO_DRAW || !paper) {
      sealed.push(event);
      continue;
    }
    const { letterId, ...rest } = event;
    const { signedOn } = event;
    const { asOf: _, ...subject } = await draftSubject(tx, state, paper, signedOn);
    const signed = await signLetter(tx, {
      streamId: state.id,
      paper,
      signedOn,
      letterId,
      write: (number) => letterOf(state, paper, { ...subject, number, signedOn }, context),
    });
    sealed.push({ ...rest, ...signed });
  }
  return sealed;
}

/** What a letter says of the issue besides its state: its title, and what a person arranged or stated when the paper was drafted. */
export async function draftSubject(tx: Transaction, state: IssueState, paper: Paper, asOf: LocalDate): Promise<DraftSubject> {
  const { title } = await tx.issue.findUniqueOrThrow({ where: { id: state.id }, select: { title: true } });
  if (paper.kind !== 'talkNotice' && paper.kind !== 'accountabilityProposal') return { title, asOf };
  const [said] = await tx.$queryRaw<{ talk_on: LocalDate | null; text: Uint8Array | null }[]>`
    SELECT e.payload->>'talkOn' AS talk_on, c.bytes AS text FROM event e
      LEFT JOIN content c ON c.id = CASE e.type WHEN 'talkDecided' THEN e.payload->'place'->>'content' ELSE e.payload->'reason'->>'content' END
    WHERE e.stream_id = ${state.id} AND e.type IN ('talkDecided', 'escalated') AND e.payload->'paper'->>'id' = ${paper.id}`;
  // what was erased is left out
  const text = said?.text ? Buffer.from(said.text).toString('utf8') : null;
  if (paper.kind === 'accountabilityProposal') return { title, asOf, ...(text === null ? {} : { proposal: { facts: text } }) };
  const on = said?.talk_on ?? null;
  return { title, asOf, talk: { ...(on === null ? {} : { on }), ...(text === null ? {} : { place: text }) } };
}
