import { execFileSync, spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import path from 'node:path';
import { unavailable } from '../domain/failure';
import type { Report } from './report';

/** The operating system account PostgreSQL runs under; undefined: our own. */
export type Account = { readonly uid: number; readonly gid: number } | undefined;

const NAME = 'postgres';

/**
 * PostgreSQL refuses to run as root. When we are root it runs as the owner of its existing data directory, else as user `postgres`,
 * which is created when missing.
 */
export function postgresAccount(pgdata: string, report: Report): Account {
  if (process.getuid?.() !== 0) return undefined;
  const owner = statSync(pgdata, { throwIfNoEntry: false });
  if (owner !== undefined && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  return lookup() ?? create(report);
}

function lookup(): Account {
  const id = (flag: string) => Number(execFileSync('id', [flag, NAME], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
  try {
    return { uid: id('-u'), gid: id('-g') };
  } catch {
    return undefined;
  }
}

function create(report: Report): Account {
  report(`当前以 root 运行，PostgreSQL 不允许 root 启动：新建系统用户 ${NAME}`);
  const ways: [string, string[]][] = [
    ['useradd', ['--system', '--user-group', '--no-create-home', '--home-dir', '/nonexistent', '--shell', '/usr/sbin/nologin', NAME]],
    ['adduser', ['-S', '-D', '-H', NAME]], // busybox
  ];
  for (const [program, args] of ways) spawnSync(program, args, { stdio: 'ignore' });
  const account = lookup();
  if (account !== undefined) return account;
  throw unavailable('no-postgres-account', `无法新建系统用户 ${NAME}。`, `请手工执行 useradd --system ${NAME}，或改用普通用户运行。`);
}

/** Refuses when the account can't pass through to the directory: as root below a 0700 home, say. */
export function requireReach(account: Account, directory: string, what: string): void {
  if (account === undefined) return;
  const reached = (at: string) =>
    spawnSync('/bin/sh', ['-c', 'test -x "$1"', 'sh', at], { ...account, cwd: '/', stdio: 'ignore' }).status === 0;
  if (reached(directory)) return;
  const ancestors: string[] = [];
  for (let at = directory; ; at = path.dirname(at)) {
    ancestors.unshift(at);
    if (at === path.dirname(at)) break;
  }
  const closed = ancestors.find((at) => !reached(at)) ?? directory;
  throw unavailable(
    'path-not-reachable',
    `当前以 root 运行，PostgreSQL 须换用普通账户，而该账户无法进入 ${closed}（${what}在其中）。`,
    `请改用普通用户运行；或把程序与数据目录放到各级目录权限均为 755 的位置（数据目录可用 ZHENGGAI_DATA_DIR 指定）；或用 DATABASE_URL 指定已有的 PostgreSQL。`,
  );
}
