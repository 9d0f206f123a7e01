// Builds dist/ when a source is newer than the last build: Prisma's client, tsc, the bundle of the workflows. Says what it does on stderr.
const { cpSync, existsSync, readdirSync, rmSync, statSync, writeFileSync } = require('node:fs');
const { spawnSync } = require('node:child_process');
const path = require('node:path');

const root = path.resolve(__dirname, '..');
const at = (...names) => path.join(root, ...names);
const sources = [
  'api',
  'domain',
  'workflows',
  'activities',
  'worker',
  'ledger',
  'intake',
  'papers',
  'channels',
  'cli',
  'platform',
  'prisma',
];
const stamp = at('dist', '.built');

function newest(dir) {
  if (!existsSync(dir)) return 0;
  let latest = 0;
  for (const entry of readdirSync(dir, { withFileTypes: true })) {
    if (entry.name === 'generated') continue;
    const file = path.join(dir, entry.name);
    latest = Math.max(latest, entry.isDirectory() ? newest(file) : statSync(file).mtimeMs);
  }
  return latest;
}

function run(what, file, args, env = {}) {
  process.stderr.write(`build: ${what}\n`);
  const result = spawnSync(process.execPath, [file, ...args], { cwd: root, stdio: ['ignore', 2, 2], env: { ...process.env, ...env } });
  if (result.status !== 0) {
    rmSync(stamp, { force: true });
    process.exit(result.status ?? 1);
  }
}

const files = ['package.json', 'tsconfig.json', 'package-lock.json']
  .filter((name) => existsSync(at(name)))
  .map((name) => statSync(at(name)).mtimeMs);
const changed = Math.max(...sources.map((name) => newest(at(name))), ...files);
if (existsSync(stamp) && statSync(stamp).mtimeMs >= changed) process.exit(0);

const schema = statSync(at('prisma/schema.prisma')).mtimeMs;
const client = at('ledger/generated/prisma/client.ts');
if (!existsSync(client) || statSync(client).mtimeMs < schema) run('Prisma client', at('tools/prisma.cjs'), ['generate']);
run('TypeScript', at('node_modules/typescript/bin/tsc'), ['-p', at('tsconfig.json')]);
// what tsc leaves out: the thread that takes a pdf apart, and Adobe's character maps for fonts that are not embedded
cpSync(at('intake/readers/pdf-worker.mjs'), at('dist/intake/readers/pdf-worker.mjs'));
cpSync(path.join(path.dirname(require.resolve('pdfjs-dist/package.json')), 'cmaps'), at('dist/intake/readers/cmaps'), { recursive: true });
run('workflow bundle', at('tools/bundle.cjs'), []);
writeFileSync(stamp, '');
