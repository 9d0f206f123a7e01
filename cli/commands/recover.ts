import type { Client } from '@temporalio/client';
import { Command, InvalidArgumentError } from 'commander';
import { ZhenggaiError } from '../../domain/failure';
import { withInstance } from '../connect';
import { dataDirOf, dataDirOption, jsonOption } from '../options';
import { print, printJson } from '../output';
import { startProgress } from '../progress';

/** Lives that the starter begins a second (workflows/starter.ts). */
const PACE = 50;
const LOOK_EVERY_MS = 1_000;

export const recoverCommand = (): Command =>
  new Command('recover')
    .description('按总账启动每一个应当运行的流程，并说明有多少在运行；流程服务的数据丢失后用它恢复')
    .option('--wait <秒>', '最多等多少秒（默认按流程数）', seconds)
    .addOption(dataDirOption())
    .addOption(jsonOption())
    .action(async (options: { wait?: number; dataDir?: string; json?: true }) => {
      await withInstance(dataDirOf(options), async (connected) => {
        const client = await connected.temporal();
        const countOpen = (): Promise<number> =>
          connected.database.stream.count({ where: { kind: { in: ['issue', 'round', 'base'] }, final: false } });
        const patienceMs = 1_000 * (options.wait ?? 15 + Math.ceil((await countOpen()) / PACE));
        const progress = startProgress();
        await (await connected.lives()).kickStarter();
        const until = performance.now() + patienceMs;
        let open = await countOpen();
        let running = await countRunning(client);
        while (running < open && performance.now() < until) {
          progress.count(running, open, '流程已启动');
          await pause();
          [open, running] = [await countOpen(), await countRunning(client)];
        }
        progress.done();
        if (options.json) printJson({ schema: 'zhenggai.recover/1', open, running });
        else print(`应当运行的流程${open}个，正在运行${running}个。`);
        if (running < open)
          throw new ZhenggaiError('doesNotHold', {
            code: 'recover.missing',
            what: `还有${open - running}个流程没有运行。`,
            todo: '启动仍在进行时请稍后再运行 zhenggai recover；一直不足请运行 zhenggai doctor。',
          });
      });
    });

const countRunning = async (client: Client): Promise<number> =>
  (await client.workflow.count(`ExecutionStatus = 'Running' AND WorkflowType IN ('issueLifecycle', 'roundSupervision', 'baseSupervision')`))
    .count;

const pause = (): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, LOOK_EVERY_MS);
  });

function seconds(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0) throw new InvalidArgumentError('应为整数。');
  return value;
}
