import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Worker } from '@temporalio/worker';
import { services } from '../support/fixture';

const folder = path.resolve(__dirname, '../histories');
/** Those of now and, in folders, those that released versions recorded. */
const histories = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json'));

/** A history as record-histories.ts wrote it. The SDK takes it for one of its own when event ids are numbers. */
const revive = (text: string): { events: object[] } => {
  const { events } = JSON.parse(text) as { events: { eventId: string }[] };
  return { events: events.map((event) => ({ ...event, eventId: Number(event.eventId) })) };
};

test('every recorded life replays on the workflows as they are', async () => {
  expect(histories.length).toBeGreaterThan(24);
  const workflowBundle = { code: readFileSync(services().bundleFile, 'utf8') };
  const told = histories.map((name) => ({
    workflowId: name,
    history: revive(readFileSync(path.join(folder, name), 'utf8')),
  }));
  for await (const { workflowId, error } of Worker.runReplayHistories({ workflowBundle }, told))
    expect({ workflowId, error }).toEqual({ workflowId, error: undefined });
});

test('recorded histories name no machine', () => {
  for (const name of histories) {
    const text = readFileSync(path.join(folder, name), 'utf8');
    expect(text.length).toBeLessThan(300_000);
    expect(/"identity": *"(?!worker@test|history-service|temporal-system)[^"]+"/.exec(text)?.[0]).toBeUndefined();
    expect(text).not.toMatch(/\/(?:home|root|tmp|work)\//);
  }
});
