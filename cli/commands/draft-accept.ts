import { createHash } from 'node:crypto';
import { Command } from 'commander';
import { badInput, ZhenggaiError } from '../../domain/failure';
import { commandLabels, commandRoles } from '../../domain/issue/command-words';
import { storeCommand, type NewCommand } from '../../ledger/commands';
import { acceptanceKey } from '../../ledger/draft-round';
import { endedAlready } from '../../ledger/draft-head';
import type { Outcome } from '../../ledger/step';
import type { ActingOptions } from '../acting';
import { withInstance, type Connected } from '../connect';
import { asOption, dataDirOf, dataDirOption, jsonOption, listArgument, tokenOption } from '../options';
import { print, printJson, printTable } from '../output';
import { startProgress } from '../progress';
import { readRecorded, withRecordedOptions, type RecordedOptions } from '../recorded';
import { submitAll, type Stored } from '../submit';
import type { Cell } from '../table';
import { comparisonOf, type Comparison } from './draft-comparison';
import { draftActor, openDraft } from './draft-open';

interface AcceptOptions extends ActingOptions, RecordedOptions {
  readonly all?: true;
  readonly only?: readonly string[];
  readonly dataDir?: string;
  readonly json?: true;
}

type Chosen = Comparison['proposals'][number];
type Answered = Chosen & Stored & { readonly answer: Outcome | null };

export const draftAcceptCommand = (): Command =>
  withRecordedOptions(
    new Command('accept')
      .description('采纳更新报告中的更新：逐项办理相应命令，从不销号；再次采纳不会重复记入')
      .argument('<草稿>', '如 D4')
      .option('--only <编号>', '只采纳这些：一个问题的（R1-003）、一项（R1-004/status）或一类（status）；用顿号分开', listArgument)
      .option('--all', '采纳全部')
      .addOption(asOption())
      .addOption(tokenOption()),
  )
    .addOption(dataDirOption())
    .addOption(jsonOption())
    .addHelpText('after', help)
    .action(async (id: string, options: AcceptOptions) => {
      await withInstance(dataDirOf(options), async (connected) => {
        const actor = await draftActor(connected, options, '采纳更新');
        const opened = await openDraft(connected.database, id);
        const ended = endedAlready(opened.head);
        if (ended !== null) throw ended;
        const chosen = choose(await comparisonOf(connected.database, opened), options);
        const answers = await accept(connected, chosen, { draftId: id, actor, recorded: await readRecorded(connected.database, options) });
        if (options.json)
          printJson({ schema: 'zhenggai.draftAccepted/1', draft: id, round: opened.head.aboutRoundId, answers: answers.map(resultOf) });
        else tell(answers);
        conclude(answers);
      });
    });

const help = (): string =>
  [
    '',
    '填报进展、申请延期是责任单位的事：由单位决定、整改办补录的，请一并写明 --decided-by、--paper-on 和 --document；',
    '其余（对外口径、落实情况、人员处理）以办理人的名义记入。',
    '',
  ].join('\n');

/** Which proposals a person takes: all, those of an issue (`R1-003`), of a kind (`status`), or single ones (`R1-003/status`). */
function choose({ proposals, draftId }: Comparison, { all, only = [] }: AcceptOptions): readonly Chosen[] {
  if (all === undefined && only.length === 0)
    throw badInput('draft.acceptNothing', '没有说明采纳哪些更新。', '请用 --only 写明编号，或用 --all 采纳全部。');
  if (all) return proposals;
  const meant = (word: string): readonly Chosen[] =>
    proposals.filter(({ issueId, field }) => [issueId, field, `${issueId}/${field}`].includes(word));
  const unknown = only.find((word) => meant(word).length === 0);
  if (unknown !== undefined)
    throw badInput('draft.proposalUnknown', `草稿${draftId}没有待采纳的更新${unknown}。`, `请用 zhenggai draft show ${draftId} 查看。`);
  return proposals.filter((proposal) => only.some((word) => meant(word).includes(proposal)));
}

/** Gives the commands. The key names the proposal, the issue's version and what is asked: again is not twice, a later try is another. */
async function accept(
  connected: Connected,
  chosen: readonly Chosen[],
  { draftId, actor, recorded }: { readonly draftId: string; readonly actor: string; readonly recorded: object | undefined },
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
    const given: NewCommand = { key: acceptanceKey(draftId, proposal, mark), streamId: issueId, actor, via: 'cli', ...body };
    stored.push({ streamId: issueId, key: await storeCommand(database, given) });
  }
  const answers = new Map((await submitAll(database, lives, stored, startProgress())).map(({ key, answer }) => [key, answer]));
  return chosen.map((proposal, index) => {
    const { streamId, key } = stored[index] ?? { streamId: proposal.issueId, key: '' };
    return { ...proposal, streamId, key, answer: answers.get(key) ?? null };
  });
}

function tell(answers: readonly Answered[]): void {
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

const resultOf = ({ issueId, field, from, to, key, answer }: Answered): object => ({
  issueId,
  field,
  from,
  to,
  key,
  pending: answer === null,
  ...answer,
});

function conclude(answers: readonly Answered[]): void {
  const refused = answers.filter(({ answer }) => answer?.accepted === false);
  if (refused.length > 0)
    throw new ZhenggaiError('doesNotHold', {
      code: 'draft.refused',
      what: `${answers.length}项中有${refused.length}项未能记入：${refused.map(({ issueId, field }) => `${issueId}/${field}`).join('、')}。`,
      todo: '请按所列原因办理；已记入的不受影响。',
    });
}
