import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { unavailable } from '../domain/failure';
import type { Account } from './postgres-account';
import type { PostgresBinaries } from './postgres-binary';

/**
 * Makes the database cluster in `pgdata` unless it is there: scram, data checksums, UTF-8, C locale, superuser `postgres`.
 * It is made under another name and renamed, so that a crash in the middle leaves no half cluster.
 */
export async function ensureCluster(binaries: PostgresBinaries, pgdata: string, account: Account, password: string): Promise<void> {
  if (existsSync(path.join(pgdata, 'PG_VERSION'))) {
    requireSame(binaries, pgdata);
    return;
  }
  const parent = path.dirname(pgdata);
  mkdirSync(parent, { recursive: true, mode: 0o755 });
  const half = `${pgdata}.init`;
  rmSync(half, { recursive: true, force: true }); // what an interrupted initdb left: it never held anything
  mkdirSync(half, { mode: 0o700 });
  const passwordFile = path.join(parent, `.pw-${randomBytes(6).toString('hex')}`);
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  if (account !== undefined) for (const at of [half, passwordFile]) chownSync(at, account.uid, account.gid);
  try {
    const args = [
      '-D',
      half,
      '-U',
      'postgres',
      '-A',
      'scram-sha-256',
      `--pwfile=${passwordFile}`,
      '-E',
      'UTF8',
      '--locale=C',
      '--data-checksums',
    ];
    await run(binaries.initdb, args, account);
  } finally {
    rmSync(passwordFile, { force: true });
  }
  renameSync(half, pgdata);
}

function requireSame(binaries: PostgresBinaries, pgdata: string): void {
  const major = readFileSync(path.join(pgdata, 'PG_VERSION'), 'utf8').trim();
  if (major !== binaries.major) {
    throw unavailable(
      'postgres-version',
      `数据目录 ${pgdata} 由 PostgreSQL ${major} 建立，本程序内置的是 ${binaries.major}。`,
      `请用原版本的程序执行 zhenggai backup 备份，再用新版本执行 zhenggai restore 恢复。`,
    );
  }
  const owner = statSync(pgdata).uid;
  const we = process.getuid?.();
  if (we !== undefined && we !== 0 && owner !== we) {
    throw unavailable(
      'postgres-owner',
      `数据目录 ${pgdata} 属于另一个系统用户（uid ${owner}）。`,
      '请用当初的用户运行，或用 chown -R 改变该目录的属主。',
    );
  }
  chmodSync(pgdata, 0o700); // PostgreSQL insists; a copied or restored directory may be wider
}

function run(file: string, args: string[], account: Account): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { ...account, cwd: '/', stdio: ['ignore', 'pipe', 'pipe'] });
    const output: Buffer[] = [];
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => output.push(chunk));
    const fail = (detail: string) => {
      reject(
        unavailable(
          'initdb-failed',
          `建立数据库失败：${detail.trim().split('\n').slice(-4).join(' ')}`,
          '请确认磁盘有空间、目录可写后重试。',
        ),
      );
    };
    child.once('error', (error) => {
      fail(error.message);
    });
    child.once('close', (code) => {
      if (code === 0) resolve();
      else fail(Buffer.concat(output).toString());
    });
  });
}
