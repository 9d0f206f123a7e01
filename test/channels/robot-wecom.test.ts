import { PassingFault, Secret } from '../../channels/channel';
import { createWecomRobot } from '../../channels/robot-wecom';
import { fromMillis, instant, millis } from '../../domain/time';
import { lineOf, many, messageOf } from './support/robot-message';
import type { Clock, StandIn } from './support/robot-stand-ins';
import { wecomStandIn } from './support/robot-stand-ins';

const clock: Clock = { ms: 0 };
const now = () => fromMillis(clock.ms);
const message = messageOf([lineOf(12)]);
let robot: StandIn;

beforeEach(async () => {
  clock.ms = millis(instant('2026-10-21T08:30:00+08:00'));
  robot = await wecomStandIn(clock);
});
afterEach(() => robot.close());

test.each(['markdown', 'text'] as const)('takes %s, of two hundred items too', async (format) => {
  const channel = createWecomRobot({ name: '局工作群', url: robot.url, format });
  expect(await channel.send(message, { now: now() })).toMatchObject({ outcome: 'sent', response: '0 ok' });
  expect(await channel.send(many(200), { now: now() })).toMatchObject({ outcome: 'sent' });
});

test('refuses a wrong key, and the record does not hold it', async () => {
  const channel = createWecomRobot({ name: '局工作群', url: new Secret(robot.url.reveal().replace('693axxx6', '00000000')) });
  const handed = await channel.send(message, { now: now() });
  expect(handed).toMatchObject({ outcome: 'refused', code: 93000 });
  expect(JSON.stringify(handed)).not.toContain('7aoc-4bc4');
});

test('gets twenty a minute and not one more', async () => {
  const channel = createWecomRobot({ name: '局工作群', url: robot.url });
  for (let n = 0; n < 20; n += 1) await channel.send(message, { now: now() });
  await expect(channel.send(message, { now: now() })).rejects.toMatchObject({ retryAfterMs: 61_000 });
  expect(robot.heard).toHaveLength(20);
  clock.ms += 61_000;
  expect(await channel.send(message, { now: now() })).toMatchObject({ outcome: 'sent' });
});

test('two programs on one robot: the answer about frequency is a passing fault, and the robot is left alone for a minute', async () => {
  const [one, other] = ['甲', '乙'].map((name) => createWecomRobot({ name, url: robot.url }));
  for (let n = 0; n < 20; n += 1) await one?.send(message, { now: now() });
  await expect(other?.send(message, { now: now() })).rejects.toBeInstanceOf(PassingFault);
  clock.ms += 59_000;
  await expect(other?.send(message, { now: now() })).rejects.toMatchObject({ retryAfterMs: 1_000 });
  expect(robot.heard).toHaveLength(21);
});
