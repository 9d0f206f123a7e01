import type { Client } from '@temporalio/client';
import { Command } from 'commander';
import { unavailable, ZhenggaiError } from '../../domain/failure';
import { dateOf } from '../../domain/time';
import { standingAlarms, type Alarm } from '../../ledger/alarms';
import { findingLabels, type FindingKind } from '../../ledger/reconcile-kinds';
import type { reconcile } from '../../workflows';
import { lifecycleQueue } from '../../workflows/life.messages';
import { reconcileWorkflowId, type ReconcileReport } from '../../workflows/reconcile.messages';
import { withInstance } from '../connect';
import { dataDirOf, dataDirOption, jsonOption } from '../options';
import { print, printJson, printTable } from '../output';

const PATIENCE = '5 minutes';

export const reconcileCommand = (): Command =>
  new Command('reconcile')
    .description('立即对账一次：总账、流程和通知是否有遗漏；能修复的修复，不能的告警')
    .addOption(dataDirOption())
    .addOption(jsonOption())
    .action(async (options: { dataDir?: string; json?: true }) => {
      const { report, alarms } = await withInstance(dataDirOf(options), async (connected) => ({
        report: await run(await connected.temporal()),
        alarms: await standingAlarms(connected.database),
      }));
      if (options.json) printJson({ schema: 'zhenggai.reconcile/1', ...report, alarms });
      else tell(report, alarms);
      if (alarms.length > 0)
        throw new ZhenggaiError('doesNotHold', {
          code: 'reconcile.alarm',
          what: `有${alarms.length}处告警没有解除。`,
          todo: '请按对账说明（docs/reconcile.md）逐项处理，再运行 zhenggai reconcile。',
        });
    });

/** The workers do it, with their own connections; a run by hand that is under way already is waited for. */
async function run(client: Client): Promise<ReconcileReport> {
  try {
    return await client.workflow.execute<typeof reconcile>('reconcile', {
      workflowId: reconcileWorkflowId,
      taskQueue: lifecycleQueue,
      args: [],
      workflowIdReusePolicy: 'ALLOW_DUPLICATE',
      workflowIdConflictPolicy: 'USE_EXISTING',
      workflowExecutionTimeout: PATIENCE,
    });
  } catch (error) {
    throw unavailable('reconcile.failed', '对账没有完成。', '请运行 zhenggai doctor 检查各项服务，稍后再试。', error);
  }
}

function tell({ found, mended, raised, cleared }: ReconcileReport, alarms: readonly Alarm[]): void {
  const kinds = Object.entries(found) as [FindingKind, number][];
  if (kinds.length === 0) print('对账完成，没有发现异常。');
  else print(`对账完成，发现：${kinds.map(([kind, count]) => `${findingLabels[kind]}${count}处`).join('，')}。`);
  if (mended.length > 0) print(`已修复，下次对账时复查：${mended.join('、')}。`);
  if (raised + cleared > 0) print(`新增告警${raised}处，解除告警${cleared}处。`);
  if (alarms.length === 0) return;
  print('');
  printTable(
    [{ title: '告警', whole: true }, { title: '自', whole: true }, { title: '情况' }],
    alarms.map(({ kind, since, what }) => [{ text: findingLabels[kind], tone: 'red' }, dateOf(since), what]),
  );
}
