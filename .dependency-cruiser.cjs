// The one direction (ARCHITECTURE.md draws it): intake → domain → ledger → workflows wake it → papers and channels → people.
const only = (folder, allowed, comment) => ({
  name: `${folder}-imports`,
  comment,
  severity: 'error',
  from: { path: `^${folder}/` },
  to: { pathNot: `^(${[`${folder}/`, ...allowed].join('|')})`, dependencyTypesNot: ['core', 'npm', 'npm-dev', 'npm-optional', 'npm-peer'] },
});
/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      severity: 'error',
      from: { pathNot: '^ledger/generated' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'domain-is-pure',
      comment: 'rules import nothing but luxon: no I/O, no clock, no builtin',
      severity: 'error',
      from: { path: '^domain/' },
      to: { pathNot: '^(domain/|node_modules/(@types/)?luxon)' },
    },
    {
      name: 'workflows-hold-no-rule',
      comment: 'workflow code is replayed and bundled: only @temporalio/workflow and types',
      severity: 'error',
      from: { path: '^workflows/' },
      to: { pathNot: '^(workflows/|node_modules/@temporalio/(workflow|common))', dependencyTypesNot: ['type-only'] },
    },
    only(
      'activities',
      ['domain/', 'workflows/'],
      'activities know the domain and the messages of the workflows; services come through ports',
    ),
    only('ledger', ['domain/'], 'the ledger knows the rules and PostgreSQL, nothing above it'),
    only('intake', ['domain/'], 'a reader knows documents and the words of the domain'),
    only('channels', ['domain/'], 'a channel knows what a message is, not who asked for it'),
    only('papers', ['domain/'], 'a paper is made from domain values'),
    {
      name: 'nobody-imports-the-roots',
      severity: 'error',
      from: { pathNot: '^(api|cli|worker|test|bench|tools)/' },
      to: { path: '^(api|cli|worker)/' },
    },
    {
      name: 'no-dev-deps-in-product',
      severity: 'error',
      from: { path: '^(api|domain|workflows|activities|worker|ledger|intake|channels|papers|cli|platform)/' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    { name: 'not-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    exclude: '^(dist|ledger/generated)',
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'module-sync', 'default', 'types'],
    },
  },
};
