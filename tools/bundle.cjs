// Bundles the compiled workflows once, so that a worker starts without webpack. Made from dist, so that it carries what ships.
const { writeFileSync } = require('node:fs');
const path = require('node:path');
const { bundleWorkflowCode, DefaultLogger } = require('@temporalio/worker');

const dist = path.resolve(__dirname, '../dist');
bundleWorkflowCode({ workflowsPath: path.join(dist, 'workflows/index.js'), logger: new DefaultLogger('WARN') })
  .then(({ code }) => writeFileSync(path.join(dist, 'workflow-bundle.js'), code))
  .catch((error) => {
    console.error(error);
    process.exit(1);
  });
