// Stryker wants one flat config: the rule tests of the domain, with few random lives, since every mutant meets them
process.env.ZHENGGAI_LIVES ??= '30';
const { projects } = require('./jest.config.js');
const rules = projects.find(({ displayName }) => displayName === 'rules');
module.exports = {
  ...rules,
  testMatch: ['<rootDir>/test/domain/**/*.test.ts'],
  testPathIgnorePatterns: ['-doc\\.test\\.ts$', '/node_modules/'],
};
