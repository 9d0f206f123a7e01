// Stryker wants one flat config: the rule tests of the domain as one suite, with few random lives, since every mutant meets them
process.env.ZHENGGAI_LIVES ??= '30';
const { projects } = require('./jest.config.js');
const rules = projects.find(({ displayName }) => displayName === 'rules');
module.exports = { ...rules, testMatch: ['<rootDir>/test/mutation/*.test.cjs'] };
