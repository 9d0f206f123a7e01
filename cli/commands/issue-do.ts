import { Command } from 'commander';
import { phaseLabels, type Phase } from '../../domain/issue/types';
import { actingPerson } from '../acting';
import { tellAnswer } from '../answer';
import { commandTable, readCommand, readFields } from '../command-input';
import { withInstance } from '../connect';
import { newCommand, withDoOptions, type DoOptions } from '../do-options';
import { withDueDays } from '../due-phrase-input';
import { namesToIds } from '../names';
import { doneWords, stillNeeded } from '../issue-answer';
import { dataDirOf } from '../options';
import { submit } from '../submit';
import { unknownIssue } from '../unknown';

export const issueDoCommand = (): Command =>
  withDoOptions(new Command('do').description('办理一个问题').argument('<编号>', '如 R1-001').argument('<命令>', '见下表'))
    .addHelpText('after', help)
    .action(async (id: string, type: string, words: string[], options: DoOptions) => {
      await withInstance(dataDirOf(options), async (connected) => {
        const { database } = connected;
        const actor = await actingPerson(connected, options);
        const fields = await namesToIds(database, readFields(words));
        const command = readCommand(type, await withDueDays(database, { type, issueId: id, saidOn: options.paperOn }, fields));
        if (!(await database.issue.findUnique({ where: { id }, select: { id: true } }))) throw unknownIssue(id);
        const stored = await newCommand(database, { streamId: id, actor, command }, options);
        const submitted = await submit(database, await connected.lives(), stored);
        tellAnswer(submitted, options.json === true, (answer) => {
          const stands = `${id}现为“${phaseLabels[answer.phase as Phase]}”（版本${answer.version}）`;
          return `${doneWords(command.type, answer)}：${stands}${stillNeeded(command.type, answer)}。`;
        });
      });
    });

const help = (): string =>
  [
    '',
    commandTable(),
    '',
    '例：zhenggai issue do R1-001 acknowledge --as 霍明哲',
    '    报送措施时 measures=[{"unitId":"医政医管科","text":"修订制度","dueOn":"2026-12-31"}]；dueOn 也可写时限用语，如 10月底前并长期坚持、反馈之日起三个月内',
    '    补录：zhenggai issue do R1-001 approvePlan opinion=同意 --decided-by 整改工作领导小组 --paper-on 2026-11-20 --document 第3次会议纪要',
    '',
  ].join('\n');
