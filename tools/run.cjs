// From a checkout: builds what is stale, then is the `zhenggai` command itself (one process, so that a signal reaches it once).
const { spawnSync } = require('node:child_process');
const path = require('node:path');

const built = spawnSync(process.execPath, [path.join(__dirname, 'build.cjs')], { stdio: ['ignore', 2, 2] });
if (built.status !== 0) process.exit(built.status ?? 1);
process.setSourceMapsEnabled(true);
require('../dist/cli/main.js');
