const { readdirSync } = require('node:fs');
const path = require('node:path');

// All rule tests of the domain as one suite: a mutant then loads the modules once, not once a file (jest.mutation.config.js). Those of
// documents are left out: they compare words, not rules.

const folder = path.resolve(__dirname, '../domain');
const files = readdirSync(folder, { recursive: true }).sort();

for (const file of files.filter((name) => name.endsWith('.test.ts') && !name.endsWith('-doc.test.ts')))
  describe(file, () => {
    require(path.join(folder, file));
  });
