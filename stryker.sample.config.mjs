import { readFileSync } from 'node:fs';

// A random sample of the mutants of the whole domain (tools/mutation-sample.mjs): minutes instead of hours.
const whole = JSON.parse(readFileSync(new URL('./stryker.config.json', import.meta.url), 'utf8'));
export default { ...whole, plugins: ['@stryker-mutator/*', './tools/mutation-sample.mjs'], checkers: ['sample'] };
