import { Command, Option } from 'commander';
import { badInput } from '../../domain/failure';
import { roundSourceLabels, type RoundSource } from '../../domain/policy/policy';
import type { LocalDate } from '../../domain/time';
import { confirmDraft, settleUpdate } from '../../ledger/draft-confirm';
import { discardDraft } from '../../ledger/drafts';
import type { NewRound } from '../../ledger/register';
import { limitsOf, roundOf } from '../accounts-of-draft';
import { oneUnit, type ActingOptions } from '../acting';
import { withInstance, type Connected } from '../connect';
import { nowOf } from '../now';
import { asOption, dataDirOf, dataDirOption, dateArgument, jsonOption, tokenOption } from '../options';
import { print, printJson } from '../output';
import { policyNameOf } from '../policy-of';
import { draftActor, openDraft, versionArgument, type OpenDraft } from './draft-open';

interface ConfirmOptions extends ActingOptions {
  readonly round?: string;
  readonly kind?: string;
  readonly policy?: string;
  readonly organisation?: string;
  readonly feedback?: LocalDate;
  readonly expect?: number;
  readonly again?: true;
  readonly dataDir?: string;
  readonly json?: true;
}

export const draftConfirmCommand = (): Command =>
  new Command('confirm')
    .description('确认草稿并建账：全部登记或全不登记。更新报告的草稿确认后办结，未采纳的不再采纳')
    .argument('<草稿>', '如 D1')
    .option('--round <名称>', '轮次名称（建账时必填）')
    .addOption(new Option('--kind <来源>', '轮次来源（不写则以草稿为准，没有写明的为巡察）').choices(Object.values(roundSourceLabels)))
    .option('--policy <规则>', '启用的规则，如 audit@2（不写则为该来源的最新规则）')
    .option('--organisation <单位>', '被巡察单位（名称或编号；一套系统服务多个单位时）')
    .option('--feedback <日期>', '反馈日期（草稿没有写明时）', dateArgument)
    .option('--expect <版本>', '只在仍是这个版本时确认（draft show 所示）', versionArgument)
    .option('--again', '同一文件登记过的也再次登记')
    .addOption(asOption())
    .addOption(tokenOption())
    .addOption(dataDirOption())
    .addOption(jsonOption())
    .action(async (id: string, options: ConfirmOptions) => {
      await withInstance(dataDirOf(options), async (connected) => {
        const { database } = connected;
        const actor = await draftActor(connected, options, '确认草稿');
        const opened = await openDraft(database, id);
        const by = { actor, now: await nowOf(database) };
        if (opened.head.aboutRoundId !== null) {
          const roundId = await settleUpdate(database, id, by);
          if (options.json) printJson({ schema: 'zhenggai.draftConfirmed/1', draft: id, roundId, issueIds: [], limits: [] });
          else print(`草稿${id}已办结：轮次${roundId}按已采纳的更新为准。`);
          return;
        }
        const round = await roundToRegister(connected, opened, options);
        const lives = await connected.lives(); // a service that is missing is told before anything is registered
        const expected = options.expect ?? opened.head.version;
        const { roundId, issueIds } = await confirmDraft(
          database,
          id,
          { round, expected, again: options.again === true },
          { ...by, via: 'cli' },
        );
        await lives.kickStarter();
        const limits = limitsOf(opened.draft).map(({ index, ...limit }) => ({ issueId: issueIds[index] ?? '', ...limit }));
        if (options.json) printJson({ schema: 'zhenggai.draftConfirmed/1', draft: id, roundId, issueIds, limits });
        else {
          print(`已建账：轮次${roundId}，${issueIds.length}个问题。草稿${id}已确认。`);
          if (limits.length > 0)
            print(`文件写明时限的问题${limits.length}个。时限不随建账登记，请在报送整改措施时写入（draft show ${id} 查看）。`);
        }
      });
    });

/** The round as the edited draft and the flags say; a person's flag goes before the draft. */
async function roundToRegister({ database }: Connected, { draft }: OpenDraft, options: ConfirmOptions): Promise<NewRound> {
  const { round: name, feedback, kind, policy, organisation } = options;
  if (name === undefined) throw badInput('round.missing', '没有写轮次名称。', '请用 --round 写明，如 --round 2026年第一轮巡察。');
  const { kind: stated, ...round } = roundOf(draft, { name, reported: true, ...(feedback === undefined ? {} : { feedbackOn: feedback }) });
  // a policy that was named says what it is for; else the flag, else the draft
  const source = kind === undefined ? (policy === undefined ? stated : undefined) : sourceOf(kind);
  return {
    ...round,
    ...(source === undefined ? {} : { kind: source }),
    ...(policy === undefined ? {} : { policy: await policyNameOf(database, policy) }),
    ...(organisation === undefined ? {} : { organisationId: await oneUnit(database, organisation) }),
  };
}

const sourceOf = (label: string): RoundSource | undefined =>
  (Object.keys(roundSourceLabels) as RoundSource[]).find((source) => roundSourceLabels[source] === label);

interface DiscardOptions extends ActingOptions {
  readonly reason: string;
  readonly dataDir?: string;
  readonly json?: true;
}

export const draftDiscardCommand = (): Command =>
  new Command('discard')
    .description('放弃草稿，不建账；读取和改动的经过仍可查看')
    .argument('<草稿>', '如 D1')
    .requiredOption('--reason <理由>', '为什么放弃')
    .addOption(asOption())
    .addOption(tokenOption())
    .addOption(dataDirOption())
    .addOption(jsonOption())
    .action(async (id: string, options: DiscardOptions) => {
      await withInstance(dataDirOf(options), async (connected) => {
        const actor = await draftActor(connected, options, '放弃草稿');
        await discardDraft(connected.database, id, options.reason, { actor, now: await nowOf(connected.database) });
        if (options.json) printJson({ schema: 'zhenggai.draftDiscarded/1', draft: id, reason: options.reason });
        else print(`草稿${id}已放弃。`);
      });
    });
