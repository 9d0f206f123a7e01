import { Command } from 'commander';
import { endedAlready } from '../../ledger/draft-head';
import { draftSource } from '../../ledger/draft-round';
import { acceptedResult, acceptProposals, chooseProposals, concludeAccepted, tellAccepted, type ChoiceOptions } from '../accept-proposals';
import type { ActingOptions } from '../acting';
import { withInstance } from '../connect';
import { asOption, dataDirOf, dataDirOption, jsonOption, listArgument, tokenOption } from '../options';
import { printJson } from '../output';
import { readRecorded, withRecordedOptions, type RecordedOptions } from '../recorded';
import { comparisonOf } from './draft-comparison';
import { draftActor, openDraft } from './draft-open';

interface AcceptOptions extends ActingOptions, RecordedOptions, ChoiceOptions {
  readonly dataDir?: string;
  readonly json?: true;
}

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
    .addHelpText('after', acceptHelp)
    .action(async (id: string, options: AcceptOptions) => {
      await withInstance(dataDirOf(options), async (connected) => {
        const actor = await draftActor(connected, options, '采纳更新');
        const opened = await openDraft(connected.database, id);
        const ended = endedAlready(opened.head);
        if (ended !== null) throw ended;
        const { proposals } = await comparisonOf(connected.database, opened);
        const chosen = chooseProposals(proposals, options, `zhenggai draft show ${id}`);
        const recorded = await readRecorded(connected.database, options);
        const answers = await acceptProposals(connected, chosen, { source: draftSource(id), actor, recorded });
        if (options.json)
          printJson({
            schema: 'zhenggai.draftAccepted/1',
            draft: id,
            round: opened.head.aboutRoundId,
            answers: answers.map(acceptedResult),
          });
        else tellAccepted(answers);
        concludeAccepted(answers);
      });
    });

export const acceptHelp = (): string =>
  [
    '',
    '填报进展、申请延期是责任单位的事：由单位决定、整改办补录的，请一并写明 --decided-by、--paper-on 和 --document；',
    '其余（对外口径、落实情况、人员处理）以办理人的名义记入。',
    '',
  ].join('\n');
