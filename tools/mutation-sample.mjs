import { createHash } from 'node:crypto';
import { declareClassPlugin, PluginKind } from '@stryker-mutator/api/plugin';
import { CheckStatus } from '@stryker-mutator/api/check';

// A Stryker checker that lets a random share of all mutants through, drawn by a seed that anybody can draw with again. The others are
// reported as compile errors, which the score does not count: what remains is a fair sample of the whole.
//   ZHENGGAI_MUTANTS=0.1 ZHENGGAI_SEED=1 npm run mutation:sample

const share = Number(process.env.ZHENGGAI_MUTANTS ?? 0.1);
const seed = process.env.ZHENGGAI_SEED ?? '1';

class Sample {
  init() {
    return Promise.resolve();
  }

  check(mutants) {
    return Promise.resolve(Object.fromEntries(mutants.map((mutant) => [mutant.id, verdict(mutant)])));
  }

  group(mutants) {
    return Promise.resolve([mutants.map(({ id }) => id)]);
  }
}

function verdict({ fileName, location, mutatorName, replacement }) {
  const file = fileName.slice(fileName.lastIndexOf('domain'));
  const hash = createHash('sha256')
    .update(JSON.stringify([seed, file, location, mutatorName, replacement]))
    .digest();
  const drawn = hash.readUInt32BE(0) / 2 ** 32 < share;
  return drawn ? { status: CheckStatus.Passed } : { status: CheckStatus.CompileError, reason: 'not in the sample' };
}

export const strykerPlugins = [declareClassPlugin(PluginKind.Checker, 'sample', Sample)];
