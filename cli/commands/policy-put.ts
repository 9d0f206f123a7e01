import { Command } from 'commander';
import { diffPolicies } from '../../domain/policy/diff';
import { roundStreamId } from '../../domain/round/types';
import { loadPolicy, policyName } from '../../ledger/rules';
import { actingPerson, type ActingOptions } from '../acting';
import { tellAnswer } from '../answer';
import { withInstance } from '../connect';
import { readFields } from '../input-shape';
import { newCommand } from '../do-options';
import { nowOf } from '../now';
import { asOption, dataDirOf, dataDirOption, jsonOption, tokenOption } from '../options';
import { print, printJson } from '../output';
import { policyNameOf, policyOf } from '../policy-of';
import { withRecordedOptions, type RecordedOptions } from '../recorded';
import { readRoundCommand } from '../round-input';
import { previewRules } from '../rule-preview';
import { showPreview } from '../show-preview';
import { submit } from '../submit';
import { unknownRound } from '../unknown';

interface Options {
  readonly round: string;
  readonly dataDir?: string;
  readonly json?: true;
}

export const policyPreviewCommand = (): Command =>
  new Command('preview')
    .description('试算：如果现在在一个轮次启用某个规则，哪些期限移动，哪些提醒不再发出；不改动任何内容')
    .argument('<规则>', '规则或规则文件')
    .requiredOption('--round <轮次>', '轮次编号，如 R1')
    .addOption(dataDirOption())
    .addOption(jsonOption())
    .action(async (name: string, options: Options) => {
      await withInstance(dataDirOf(options), async ({ database }) => {
        const round = await database.round.findUnique({ where: { id: options.round }, select: { policy: true } });
        if (!round) throw unknownRound(options.round);
        const policy = await policyOf(database, name);
        const preview = await previewRules(database, { roundId: options.round, next: { policy } }, await nowOf(database));
        const changes = round.policy === null ? [] : diffPolicies(await loadPolicy(database, database, round.policy), policy);
        if (options.json) {
          printJson({
            schema: 'zhenggai.preview/1',
            round: options.round,
            from: round.policy,
            to: policyName(policy),
            changes,
            ...preview,
          });
          return;
        }
        print(
          `轮次${options.round}：${round.policy ?? '无规则'} → ${policyName(policy)}，规则有${changes.length}处不同（policy diff 查看）。`,
          '',
        );
        showPreview(preview);
      });
    });

export const policyPutCommand = (): Command =>
  withRecordedOptions(
    new Command('put')
      .description('在一个轮次启用某个规则：未发出的提醒随之移动，已发出的不变')
      .argument('<规则>', '已加入的规则，如 district-inspection@4')
      .argument('<reason=…>', '理由，如 reason=区委通知调整')
      .requiredOption('--round <轮次>', '轮次编号，如 R1')
      .addOption(asOption())
      .addOption(tokenOption())
      .option('--key <键>', '命令的键：同一个键只办理一次，可放心重发'),
  )
    .addOption(dataDirOption())
    .addOption(jsonOption())
    .action(async (name: string, reason: string, options: Options & ActingOptions & RecordedOptions & { key?: string }) => {
      await withInstance(dataDirOf(options), async (connected) => {
        const { database } = connected;
        const actor = await actingPerson(connected, options);
        if (!(await database.round.findUnique({ where: { id: options.round }, select: { id: true } }))) throw unknownRound(options.round);
        const policy = await policyNameOf(database, name);
        const command = readRoundCommand('putPolicyInForce', { policy, ...readFields([reason]) });
        const stored = await newCommand(database, { streamId: roundStreamId(options.round), actor, command }, options);
        const submitted = await submit(database, await connected.lives(), stored);
        tellAnswer(submitted, options.json === true, () => `轮次${options.round}已启用规则${policy}，各问题的期限随即移动。`);
      });
    });
