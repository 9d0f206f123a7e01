import { Command } from 'commander';
import { roundCommandLabels, type RoundCommandType } from '../../domain/round/commands';
import { roundPhaseLabels, roundStreamId, type RoundPhase } from '../../domain/round/types';
import { actingPerson } from '../acting';
import { tellAnswer } from '../answer';
import { withInstance } from '../connect';
import { newCommand, withDoOptions, type DoOptions } from '../do-options';
import { readFields } from '../input-shape';
import { namesToIds } from '../names';
import { dataDirOf } from '../options';
import { readRoundCommand, roundCommandTable } from '../round-input';
import { submit } from '../submit';
import { unknownRound } from '../unknown';

export const roundDoCommand = (): Command =>
  withDoOptions(new Command('do').description('办理一个轮次').argument('<轮次>', '如 R1').argument('<命令>', '见下表'))
    .addHelpText('after', help)
    .action(async (id: string, type: string, words: string[], options: DoOptions) => {
      await withInstance(dataDirOf(options), async (connected) => {
        const { database } = connected;
        const actor = await actingPerson(connected, options);
        const command = readRoundCommand(type, await namesToIds(database, readFields(words)));
        if (!(await database.round.findUnique({ where: { id }, select: { id: true } }))) throw unknownRound(id);
        const stored = await newCommand(database, { streamId: roundStreamId(id), actor, command }, options);
        const submitted = await submit(database, await connected.lives(), stored);
        tellAnswer(submitted, options.json === true, ({ phase, version }) =>
          [
            `已${roundCommandLabels[command.type]}：${id}现为“${roundPhaseLabels[phase as RoundPhase]}”（版本${version}）。`,
            ...nextStep(id, command),
          ].join('\n'),
        );
      });
    });

/** What is to be done next where the command alone does not do it. */
function nextStep(id: string, command: { readonly type: RoundCommandType } & Record<string, unknown>): string[] {
  if (command.type === 'planRoundCheckBack')
    return [`下一步，按方案逐个抽取：zhenggai issue batch drawCheckBack seed=${String(command['seed'])} --round ${id} --phase closed`];
  if (command.type === 'callCollection') return [`各单位填报后查看：zhenggai round proposals ${id} <收报编号>`];
  return [];
}

const help = (): string =>
  [
    '',
    roundCommandTable(),
    '',
    '例：zhenggai round do R1 holdMeeting minutes=分析进度，明确下一步 --as 乔子衿',
    '    zhenggai round do R1 assess deductions=[{"item":"整改时限","points":6,"reason":"部分问题逾期"}] --as 耿怀瑜',
    '    zhenggai round do R1 callCollection period=12月上旬 dueOn=2026-12-10 units=医政医管科、党政办公室 --as 乔子衿',
    '',
  ].join('\n');
