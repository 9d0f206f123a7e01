import { condition, proxyActivities, proxyLocalActivities, setHandler } from '@temporalio/workflow';
import type { DigestActivities, MailActivities } from '../activities/ports';
import { mailQueue, worldMoved, type DigestDeliveryInput } from './digest-delivery.messages';

/** Beyond a pause of 5 s the worker lets go and a timer waits, so that a ledger that is away fills no history. */
const digests = proxyLocalActivities<DigestActivities>({
  startToCloseTimeout: '1 minute',
  retry: { maximumInterval: '5 minutes' },
  localRetryThreshold: '5 s',
});
const mail = proxyActivities<MailActivities>({
  taskQueue: mailQueue,
  startToCloseTimeout: '2 minutes',
  heartbeatTimeout: '20 s',
  retry: { initialInterval: '5 s', maximumInterval: '10 minutes' },
});

const LOOK_AGAIN_MS = 60_000;

/** One message of one person: waits for its opening, claims it, hands it over. */
export async function digestDelivery(key: DigestDeliveryInput): Promise<void> {
  let moved = false;
  setHandler(worldMoved, () => {
    moved = true;
  });
  for (;;) {
    moved = false;
    const stand = await digests.claimDigest(key);
    switch (stand.state) {
      case 'early':
        await condition(() => moved, stand.waitMs, { summary: `opens ${key.opening}` });
        break;
      case 'waiting':
        await condition(() => moved, LOOK_AGAIN_MS, { summary: 'rungs of this opening are still due' });
        break;
      case 'sealed':
        await mail.deliverDigest(key);
        return;
      case 'ended':
        return;
    }
  }
}
