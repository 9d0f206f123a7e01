import { createHash } from 'node:crypto';
import { badInput, ZhenggaiError } from '../domain/failure';
import { commandLabels, commandRoles } from '../domain/issue/command-words';
import type { CommandType } from '../domain/issue/commands';
import { storeCommand, type NewCommand } from '../ledger/commands';
import { acceptanceKey } from '../ledger/draft-round';
import type { Outcome } from '../ledger/step';
import type { Connected } from './connect';
import { print, printTable } from './output';
import { startProgress } from './progress';
import { submitAll, type Stored } from './submit';
import type { Cell } from './table';

/** A proposal that a command takes over; `version`: that of the issue as it was looked at. */
export interface Chosen {
  readonly issueId: string;
  readonly field: string;
  readonly from: string | null;
  readonly to: string;
  readonly command: { readonly type: CommandType };
  readonly version: number;
}

export type Answered = Chosen & Stored & { readonly answer: Outcome | null };

export interface ChoiceOptions {
  readonly all?: true;
  readonly only?: readonly string[];
}

interface By {
  /** Where the proposals come from: `draft/D4`, `sheet/…`. With the issue and the field it names a proposal for ever. */
  readonly source: string;
  readonly actor: string;
  readonly recorded: object | undefined;
}

/** Which proposals a person takes: all, those of an issue (`R1-003`), of a kind (`status`), or single ones (`R1-003/status`). */
export function chooseProposals<T extends Chosen>(proposals: readonly T[], { all, only = [] }: ChoiceOptions, look: string): readonly T[] {
  if (all === undefined && only.length === 0)
    throw badInput('draft.acceptNothing', '没有说明采纳哪些更新。', '请用 --only 写明编号，或用 --all 采纳全部。');
  if (all) return proposals;
  const meant = (word: string): readonly T[] =>
    proposals.filter(({ issueId, field }) => [issueId, field, `${issueId}/${field}`].includes(word));
  const unknown = only.find((word) => meant(word).length === 0);
  if (unknown !== undefined) throw badInput('draft.proposalUnknown', `没有待采纳的更新${unknown}。`, `请用 ${look} 查看。`);
  return proposals.filter((proposal) => only.some((word) => meant(word).includes(proposal)));
}

/** Gives the commands. The key names the proposal, the issue's version and what is asked: again is not twice, a later try is another. */
export async function acceptProposals(
  connected: Connected,
  chosen: readonly Chosen[],
  { source, actor, recorded }: By,
): Promise<Answered[]> {
  const { database } = connected;
  const lives = await connected.lives();
  const stored: Stored[] = [];
  for (const proposal of chosen) {
    const { issueId, command, version } = proposal;
    const ofUnit = !commandRoles[command.type].includes('rectificationOffice');
    const body = { command, ...(ofUnit && recorded !== undefined ? { recorded } : {}) };
    const mark = createHash('sha256')
      .update(JSON.stringify([version, actor, body]))
      .digest('hex')
      .slice(0, 16);
    const given: NewCommand = { key: acceptanceKey(source, proposal, mark), streamId: issueId, actor, via: 'cli', ...body };
    stored.push({ streamId: issueId, key: await storeCommand(database, given) });
  }
  const answers = new Map((await submitAll(database, lives, stored, startProgress())).map(({ key, answer }) => [key, answer]));
  return chosen.map((proposal, index) => {
    const { streamId, key } = stored[index] ?? { streamId: proposal.issueId, key: '' };
    return { ...proposal, streamId, key, answer: answers.get(key) ?? null };
  });
}

export function tellAccepted(answers: readonly Answered[]): void {
  print(`采纳${answers.length}项：`);
  printTable(
    [{ title: '编号', whole: true }, { title: '办理', whole: true }, { title: '结果' }],
    answers.map(({ issueId, field, command, answer }) => [`${issueId}/${field}`, commandLabels[command.type], resultCell(answer)]),
  );
}

function resultCell(answer: Outcome | null): Cell {
  if (answer === null) return { text: '未办结，稍后自动办理', tone: 'yellow' };
  return answer.accepted ? { text: '已记入', tone: 'green' } : { text: `${answer.rejection.what}${answer.rejection.todo}`, tone: 'red' };
}

/** An answer as JSON. */
export const acceptedResult = ({ issueId, field, from, to, key, answer }: Answered): object => ({
  issueId,
  field,
  from,
  to,
  key,
  pending: answer === null,
  ...answer,
});

/** Throws `draft.refused` when the ledger refused one. */
export function concludeAccepted(answers: readonly Answered[]): void {
  const refused = answers.filter(({ answer }) => answer?.accepted === false);
  if (refused.length > 0)
    throw new ZhenggaiError('doesNotHold', {
      code: 'draft.refused',
      what: `${answers.length}项中有${refused.length}项未能记入：${refused.map(({ issueId, field }) => `${issueId}/${field}`).join('、')}。`,
      todo: '请按所列原因办理；已记入的不受影响。',
    });
}
