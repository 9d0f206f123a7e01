import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { simpleParser } from 'mailparser';
import { paperLabels } from '../../domain/policy/policy';
import { readDocument, type DraftLedger } from '../../intake';
import { readConfig } from '../../platform/config';
import { requireIssues, sampleReport } from '../accounts-of-draft';
import { runDemo } from '../demo/run-demo';
import { summarise, type DemoSummary, type ReceivedMessage } from '../demo/summary';
import { startDeployment, type Deployment } from '../deployment';
import { startProgress, type Progress } from '../progress';

const DEFAULT_DAYS = 340;

export const demoCommand = (): Command =>
  new Command('demo')
    .description('在临时数据目录中用真实服务演示：建账、提醒、督办、核查、联审、回头看，约两三分钟')
    .argument('[文件]', '整改报告或反馈意见；不写则用自带样例')
    .option('--days <天数>', '演示推进的天数', wholeDays, DEFAULT_DAYS)
    .option('--json', '最后一行输出一个 JSON 对象，其余说明输出到 stderr')
    .option('--keep', '演示后保留临时数据目录')
    .action(async (file: string | undefined, options: { days: number; json?: true; keep?: true }) => {
      process.exitCode = await demo(file ?? sampleReport(), options);
    });

/** Runs the demo; 0 when deed equals forecast and the ledger holds, 1 otherwise. */
async function demo(file: string, options: { days: number; json?: true; keep?: true }): Promise<number> {
  const startedAt = performance.now();
  const progress = startProgress();
  const say = (line: string): void => {
    progress.done(); // a terminal shows either the story or what is being done
    (options.json ? process.stderr : process.stdout).write(`${line}\n`);
  };
  const draft = await readDocument(file);
  requireIssues(draft); // before anything starts
  const dataDir = mkdtempSync(path.join(tmpdir(), 'zhenggai-demo-'));
  chmodSync(dataDir, 0o755); // mkdtemp makes 0700, and PostgreSQL's own account must pass when we are root
  const config = readConfig({ ...ownServices(process.env), ZHENGGAI_DATA_DIR: dataDir });
  say(`演示：${path.basename(file)}，${draft.issues.length}个问题；设反馈日期为今天，报告中的日期整体顺延。`);
  say('责任单位和人员取自样例通讯录（虚构），问题轮流交给各单位。');
  const interruption = hearInterruption();
  let deployment: Deployment | undefined;
  try {
    deployment = await startDeployment({
      config,
      kind: 'demo',
      timeSkipping: true,
      report: (line) => {
        progress.update(line);
      },
    });
    const told = tell(deployment, { draft, days: options.days, json: options.json === true, say, progress, startedAt });
    return await Promise.race([told, interruption.heard]);
  } catch (error) {
    if (interruption.happened()) return INTERRUPTED; // services that were stopped under way complain; that is no news
    throw error;
  } finally {
    progress.done();
    await deployment?.stop();
    interruption.stopHearing();
    if (options.keep) say(`数据目录：${dataDir}`);
    else rmSync(dataDir, { recursive: true, force: true });
  }
}

const INTERRUPTED = 130;

interface Interruption {
  readonly heard: Promise<number>;
  readonly happened: () => boolean;
  readonly stopHearing: () => void;
}

/** Ctrl-C ends a demo at once, whatever it is doing, and leaves nothing behind. */
function hearInterruption(): Interruption {
  let happened = false;
  let hear: () => void = () => undefined;
  const heard = new Promise<number>((resolve) => {
    hear = () => {
      happened = true;
      resolve(INTERRUPTED);
    };
  });
  process.on('SIGINT', hear);
  process.on('SIGTERM', hear);
  return {
    heard,
    happened: () => happened,
    stopHearing: () => {
      process.off('SIGINT', hear);
      process.off('SIGTERM', hear);
    },
  };
}

interface Telling {
  readonly draft: DraftLedger;
  readonly days: number;
  readonly json: boolean;
  readonly say: (line: string) => void;
  readonly progress: Progress;
  readonly startedAt: number;
}

/** Lives through the demo, prints what came of it, and returns the exit code. */
async function tell(deployment: Deployment, { draft, days, json, say, progress, startedAt }: Telling): Promise<number> {
  const run = await runDemo(deployment, { draft, days, say, progress });
  const received = await receivedMessages(deployment.config.dataDir);
  const wallSeconds = (performance.now() - startedAt) / 1000;
  const summary = await summarise(deployment.database, { draft, run, received, wallSeconds, days });
  for (const line of [
    ...run.refused.map((one) => `命令被拒：${one}`),
    ...run.verification.problems.map((one) => `账不符：${JSON.stringify(one)}`),
    ...run.differences.map((one) => `预测与实际不一致：${JSON.stringify(one)}`),
  ])
    say(line);
  if (json) process.stdout.write(`${JSON.stringify(summary)}\n`);
  else printSummary(summary, say);
  const { forecast, ledger, notices } = summary;
  return forecast.agrees && ledger.verified && notices.lost === 0 && notices.duplicates === 0 && run.refused.length === 0 ? 0 : 1;
}

/** A demo never touches services that are configured for real work: it always brings its own. */
function ownServices(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { DATABASE_URL: _1, MIGRATION_DATABASE_URL: _2, TEMPORAL_ADDRESS: _3, TEMPORAL_NAMESPACE: _4, SMTP_URL: _5, ...rest } = env;
  return rest;
}

/** What the mail server of the demo received, read from its files. */
async function receivedMessages(dataDir: string): Promise<ReceivedMessage[]> {
  const dir = path.join(dataDir, 'mail');
  const files = (await readdir(dir)).filter((name) => name.endsWith('.eml'));
  return Promise.all(
    files.map(async (name) => {
      const raw = await readFile(path.join(dir, name));
      const { headers, messageId } = await simpleParser(raw.subarray(0, raw.indexOf('\r\n\r\n') + 4));
      const header = (key: string): string => {
        const value = headers.get(key);
        return typeof value === 'string' ? value : '';
      };
      return {
        to: header('x-zhenggai-person'),
        messageId: messageId ?? '',
        notices: header('x-zhenggai-notices').split(/\s+/).filter(Boolean),
      };
    }),
  );
}

function printSummary(summary: DemoSummary, say: (line: string) => void): void {
  const papers = Object.entries(summary.papers).map(([kind, count]) => `${paperLabels[kind as keyof typeof paperLabels]}${count}份`);
  const { notices } = summary;
  const rest = notices.created - notices.sent - notices.withdrawn;
  say('');
  say(
    `${summary.simulatedDays}天，${summary.issues}个问题：销号${summary.closed}次，退回${summary.returned}次，核查和回头看${summary.checkedBack}次，反弹${summary.relapsed}个。`,
  );
  say(`报巡察办督办${summary.escalatedToInspectionOffice}个问题；签发${papers.join('、') || '文书0份'}。`);
  say(
    `通知${notices.created}条，送达${notices.sent}条，因事项办结撤回${notices.withdrawn}条${
      rest > 0 ? `，${rest}条因收件人没有邮箱等原因转由整改办，或待下一个工作日发出` : ''
    }；合成${summary.messages}封邮件，发给${summary.recipients}人。`,
  );
  say(`遗漏${notices.lost}条，重复${notices.duplicates}条。`);
  say(`预测与实际：${summary.forecast.agrees ? '一致' : `不一致${summary.forecast.differences.length}处`}。`);
  say(`总账${summary.ledger.events}条记录，校验${summary.ledger.verified ? '通过' : '未通过'}。用时${summary.wallSeconds}秒。`);
}

function wholeDays(text: string): number {
  const days = Number(text);
  if (!Number.isInteger(days) || days < 1 || days > 3650) throw new InvalidArgumentError('应为1到3650的整数。');
  return days;
}
