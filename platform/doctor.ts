import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import net from 'node:net';
import { totalmem } from 'node:os';
import path from 'node:path';
import { ZhenggaiError } from '../domain/failure';
import { unknownVariables, type Config } from './config';
import { readMarker } from './data-dir';
import { findInstance, type Instance } from './instance';
import { isPortFree } from './ports';
import { postgresAccount, requireReach } from './postgres-account';
import { postgresBinaries } from './postgres-binary';
import { answers } from './postgres-roles';
import { namespaceAnswers } from './temporal';
import { resolveTemporal } from './temporal-binary';
import { whyNoBuild } from './temporal-build';
import { TEMPORAL_CLI } from './temporal-version';

/** One thing that was looked at. */
export interface DoctorRow {
  /** What, in Chinese. */
  readonly check: string;
  readonly ok: boolean;
  /** What was found. */
  readonly detail: string;
  /** What to do; empty when nothing. */
  readonly todo: string;
}

const GIB = 1024 ** 3;
const NODE: readonly [number, number] = [20, 19];

/** Looks at everything the product needs of this machine, changes nothing. */
export async function doctor(config: Config, env: NodeJS.ProcessEnv = process.env): Promise<DoctorRow[]> {
  const instance = findInstance(config.dataDir);
  return [
    node(process.versions.node),
    memory(),
    variables(env),
    writable(config.dataDir),
    await disk(config.dataDir),
    ...(config.databaseUrl === undefined ? [postgresProgram(config.dataDir)] : []),
    ...(config.temporalAddress === undefined ? [await temporalProgram(config)] : []),
    ...(instance === undefined ? await notRunning(config) : await running(instance)),
  ];
}

const row = (check: string, ok: boolean, detail: string, todo: string): DoctorRow => ({ check, ok, detail, todo: ok ? '' : todo });

function node(version: string): DoctorRow {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const ok = major > NODE[0] || (major === NODE[0] && minor >= NODE[1]);
  return row('Node.js', ok, version, `请安装 Node.js ${NODE.join('.')} 或更新版本。`);
}

function memory(): DoctorRow {
  const gib = totalmem() / GIB;
  return row('内存', gib >= 1.8, `${gib.toFixed(1)} GB`, '建议至少 2 GB。');
}

function variables(env: NodeJS.ProcessEnv): DoctorRow {
  const unknown = unknownVariables(env);
  return row('环境变量', unknown.length === 0, unknown.length === 0 ? '无误' : `不认识 ${unknown.join('、')}`, '请核对变量名是否写错。');
}

function writable(dataDir: string): DoctorRow {
  const check = '数据目录';
  const todo = '请改变该目录的权限，或另指定一个数据目录（--data-dir 或 ZHENGGAI_DATA_DIR）。';
  try {
    accessSync(nearestExisting(dataDir), constants.R_OK | constants.W_OK | constants.X_OK);
    const marker = readMarker(dataDir);
    return row(check, true, `${dataDir}（${marker === undefined ? '尚未建立' : marker.kind === 'demo' ? '演示数据' : '正式数据'}）`, '');
  } catch (error) {
    return row(check, false, `${dataDir}：${sentence(error)}`, todo);
  }
}

async function disk(dataDir: string): Promise<DoctorRow> {
  const { bavail, bsize } = await statfs(nearestExisting(dataDir));
  const gib = (bavail * bsize) / GIB;
  return row('磁盘剩余空间', gib >= 2, `${gib.toFixed(1)} GB`, '至少留 2 GB：清理磁盘，或把数据目录放到别的磁盘。');
}

function postgresProgram(dataDir: string): DoctorRow {
  const check = '内置 PostgreSQL';
  try {
    const { directory, major, postgres } = postgresBinaries();
    if (!existsSync(postgres)) return row(check, false, `缺少 ${postgres}`, '请重新执行 npm install。');
    const mayAsk = process.getuid?.() === 0 && existsSync(path.join(dataDir, 'postgres', 'data'));
    if (mayAsk)
      requireReach(
        postgresAccount(path.join(dataDir, 'postgres', 'data'), () => undefined),
        directory,
        'PostgreSQL 程序',
      );
    return row(check, true, `版本 ${major}`, '');
  } catch (error) {
    return row(check, false, sentence(error), todoOf(error));
  }
}

async function temporalProgram({ temporalBin }: Config): Promise<DoctorRow> {
  const check = '内置 Temporal';
  try {
    const found = await resolveTemporal({ configured: temporalBin, report: () => undefined, origin: null, mayBuild: false });
    return row(check, true, found.file, '');
  } catch (error) {
    if (temporalBin !== undefined) return row(check, false, sentence(error), todoOf(error));
    const whyNot = whyNoBuild();
    const detail = `本机尚无 ${TEMPORAL_CLI}，启动时将下载${whyNot === undefined ? '，下载不到则用 Go 编译' : `；${whyNot}，不能编译`}`;
    return row(check, whyNot === undefined, detail, '请确认能联网下载，或安装 Go 1.26 以上，或用 TEMPORAL_BIN 指定 temporal 程序。');
  }
}

async function notRunning(config: Config): Promise<DoctorRow[]> {
  const ports: [string, number | undefined, string][] = [
    ['ZHENGGAI_PORT', config.port, config.host],
    ['ZHENGGAI_POSTGRES_PORT', config.postgresPort, '127.0.0.1'],
    ['ZHENGGAI_TEMPORAL_PORT', config.temporalPort, '127.0.0.1'],
    ['ZHENGGAI_TEMPORAL_UI_PORT', config.temporalUiPort, '127.0.0.1'],
    ['ZHENGGAI_SMTP_PORT', config.smtpPort, '127.0.0.1'],
    ['ZHENGGAI_INBOX_PORT', config.inboxPort, '127.0.0.1'],
  ];
  const rows: DoctorRow[] = [];
  for (const [name, port, host] of ports) {
    if (port === undefined) continue;
    const free = await isPortFree(port, host);
    rows.push(row(`端口 ${port}`, free, free ? '空闲' : '已被其他程序占用', `请关闭占用该端口的程序，或用 ${name} 换一个端口。`));
  }
  const { databaseUrl, temporalAddress, temporalNamespace, smtpUrl } = config;
  if (databaseUrl !== undefined) rows.push(await reach('PostgreSQL', answers(databaseUrl), '请核对 DATABASE_URL。'));
  if (temporalAddress !== undefined) {
    rows.push(
      await reach(
        'Temporal',
        namespaceAnswers(temporalAddress, temporalNamespace, 3_000),
        '请核对 TEMPORAL_ADDRESS 和 TEMPORAL_NAMESPACE。',
      ),
    );
  }
  if (smtpUrl !== undefined) rows.push(await reach('邮件服务器', greets(smtpUrl), '请核对 SMTP_URL。'));
  rows.push(row('运行状态', true, '没有在运行', ''));
  return rows;
}

async function running({ appUrl, temporal, smtpUrl, process: { pid } }: Instance): Promise<DoctorRow[]> {
  const todo = '请查看数据目录下 log/ 中的日志，或停止后重新启动。';
  return [
    row('运行状态', true, `正在运行（进程 ${pid}）`, ''),
    await reach('PostgreSQL', answers(appUrl), todo),
    await reach('Temporal', namespaceAnswers(temporal.address, temporal.namespace, 3_000), todo),
    await reach('邮件服务器', greets(smtpUrl), todo),
  ];
}

async function reach(check: string, answered: Promise<boolean>, todo: string): Promise<DoctorRow> {
  const ok = await answered;
  return row(check, ok, ok ? '有应答' : '没有应答', todo);
}

/** Whether a mail server is there: it connects, and where it speaks plainly it must greet with 220. */
function greets(smtpUrl: string): Promise<boolean> {
  const { hostname, port, protocol } = new URL(smtpUrl);
  const plain = protocol === 'smtp:';
  return new Promise((resolve) => {
    const socket = net.connect({ host: hostname, port: port === '' ? (plain ? 25 : 465) : Number(port), timeout: 3_000 });
    const end = (ok: boolean) => {
      socket.destroy();
      resolve(ok);
    };
    if (plain) socket.once('data', (greeting: Buffer) => { end(greeting.toString().startsWith('220')); }); // prettier-ignore
    else socket.once('connect', () => { end(true); }); // prettier-ignore
    socket.once('error', () => { end(false); }); // prettier-ignore
    socket.once('timeout', () => { end(false); }); // prettier-ignore
  });
}

function nearestExisting(at: string): string {
  let found = path.resolve(at);
  while (!existsSync(found)) found = path.dirname(found);
  return statSync(found).isDirectory() ? found : path.dirname(found);
}

const sentence = (error: unknown): string =>
  error instanceof ZhenggaiError ? error.failure.what : error instanceof Error ? error.message : String(error);
const todoOf = (error: unknown): string => (error instanceof ZhenggaiError ? error.failure.todo : '');
