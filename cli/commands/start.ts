import { existsSync } from 'node:fs';
import path from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { createServer } from '../../api/server';
import { dateOf } from '../../domain/time';
import { readDocument } from '../../intake';
import { importDirectory } from '../../ledger/directory';
import { registerRound } from '../../ledger/register';
import { readConfig, unknownVariables } from '../../platform/config';
import { readMarker } from '../../platform/data-dir';
import { findInstance, writeInstance } from '../../platform/instance';
import { requireFreePort } from '../../platform/ports';
import { untilStopped } from '../../platform/signals';
import { directoryOf, roundOf, sampleDirectory, sampleReport } from '../accounts-of-draft';
import { startDeployment, type Deployment } from '../deployment';
import { dataDirOption } from '../options';
import { print } from '../output';
import { printNextDue } from '../next-due';

export const startCommand = (): Command =>
  new Command('start')
    .description('启动本机所需的一切：数据库、工作流、邮件收件箱和引擎；再次启动接着上次继续')
    .addOption(dataDirOption())
    .option('--port <端口>', '网页和接口的端口', port)
    .option('--production', '建立正式数据目录：不打开样例，办理须凭令牌')
    .option('--once', '就绪后立即停止（检查安装是否完好）')
    .action(async (options: { dataDir?: string; port?: number; production?: true; once?: true }) => {
      await start(options);
    });

const say = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

async function start(options: { dataDir?: string; port?: number; production?: true; once?: true }): Promise<void> {
  const startedAt = performance.now();
  const config = readConfig(process.env, {
    ...(options.dataDir === undefined ? {} : { dataDir: options.dataDir }),
    ...(options.port === undefined ? {} : { port: options.port }),
  });
  for (const name of unknownVariables()) say(`提醒：不认识环境变量 ${name}，是否写错？（zhenggai doctor --variables 列出全部）`);
  const kind =
    options.production || config.databaseUrl !== undefined
      ? 'production'
      : ((existsSync(config.dataDir) ? readMarker(config.dataDir)?.kind : undefined) ?? 'demo');
  // our own running instance is refused by its lock, with a better sentence
  if (findInstance(config.dataDir) === undefined) await requireFreePort(config.port, 'ZHENGGAI_PORT', config.host);
  const deployment = await startDeployment({ config, kind, timeSkipping: false, report: say });
  const { platform } = deployment;
  const server = createServer({
    database: deployment.database,
    now: () => deployment.now(),
    open: kind === 'demo',
    base: config.baseUrl,
    detail: config.noticeDetail,
  });
  const ending = { asked: false };
  const all = {
    stop: async (): Promise<void> => {
      ending.asked = true;
      await server.close();
      await deployment.stop();
    },
    kill: () => deployment.kill(),
  };
  const stopped = untilStopped(all, say); // from here on Ctrl-C is heard
  try {
    const isNew = kind === 'demo' && (await deployment.database.round.count()) === 0; // killed half way, the next start opens it
    if (isNew) await openSample(deployment);
    await deployment.workers.lives.kickStarter();
    const pageUrl = await server.listen({ host: config.host, port: config.port });
    writeInstance(config.dataDir, {
      kind,
      appUrl: platform.databaseUrls.appUrl,
      ownerUrl: null,
      adminUrl: null,
      temporal: platform.temporal,
      smtpUrl: platform.smtpUrl,
      inboxUrl: platform.inboxUrl,
      pageUrl,
      startedAt: new Date().toISOString(),
    });
    if (isNew) print('首次启动，已打开样例：虚构的云州市临江区卫生健康局，设反馈日期为今天。');
    print(`已就绪（${((performance.now() - startedAt) / 1000).toFixed(1)}秒）。`, '');
    await printNextDue(deployment.database, await deployment.now());
    print(
      '',
      `台账网页    ${pageUrl}`,
      ...(platform.inboxUrl === null ? [] : [`邮件收件箱  ${platform.inboxUrl}`]),
      ...(platform.temporal.uiUrl === null ? [] : [`流程页面    ${platform.temporal.uiUrl}`]),
      `数据目录    ${path.relative(process.cwd(), config.dataDir) || '.'}（${kind === 'demo' ? '演示' : '正式'}）`,
      '',
      '在另一个终端：npm run -s zhenggai -- issue list · issue show R1-001 · forecast --round R1 · verify',
      ...(kind === 'demo' ? ['提醒邮件在工作日 08:30 汇总发出；想马上看到一年的经过：npm run demo'] : []),
      '按 Ctrl-C 停止；再次 npm start 接着继续。',
    );
    if (options.once) process.kill(process.pid, 'SIGTERM');
    await stopped;
  } catch (error) {
    if (ending.asked) return stopped; // Ctrl-C before everything was ready: what failed is that it was taken away
    await all.stop();
    throw error;
  }
}

/** The first run of a demo data dir shows something: the sample's account, as if fed back today. */
async function openSample({ database, now }: Deployment): Promise<void> {
  const at = await now();
  const today = dateOf(at);
  await importDirectory(database, await directoryOf(sampleDirectory(), today), { actor: 'setup', via: 'start', now: at });
  const office = await database.post.findFirst({ where: { role: 'rectificationOffice' }, orderBy: { personId: 'asc' } });
  const round = roundOf(await readDocument(sampleReport()), { feedbackOn: today, reported: false });
  await registerRound(database, round, { actor: office?.personId ?? 'setup', via: 'start', now: at });
}

function port(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > 65_535) throw new InvalidArgumentError('应为1到65535的整数。');
  return value;
}
