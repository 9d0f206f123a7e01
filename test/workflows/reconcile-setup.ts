import type { Database } from '../../ledger/database';
import { reconcileLedger, type ReconcileSetup } from '../../worker/reconcile-port';

/** The real ledger for reconcile; of a deployment that is still being made, hence asked for at each call. */
export const reconcileOn = (database: () => Database, told: Omit<ReconcileSetup, 'ledger'>): ReconcileSetup => ({
  ...told,
  ledger: {
    livingStreams: (input) => reconcileLedger(database()).livingStreams(input),
    findings: (now, notRunning) => reconcileLedger(database()).findings(now, notRunning),
    record: (found, now) => reconcileLedger(database()).record(found, now),
    told: (keys) => reconcileLedger(database()).told(keys),
  },
});
