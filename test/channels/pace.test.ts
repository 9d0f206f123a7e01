import fc from 'fast-check';
import type { Pace, PaceRule } from '../../channels/pace';
import { freshPace, reserve, silence } from '../../channels/pace';
import type { Instant } from '../../domain/time';
import { addMillis, instant, millis } from '../../domain/time';

const start = instant('2026-10-21T08:40:00+08:00');
const twenty: PaceRule = { windows: [{ most: 20, inMs: 60_000 }] };

const take = (pace: Pace, now: Instant): Pace => {
  const place = reserve(pace, now);
  if (!place.go) throw new Error(`asked to wait ${place.waitMs} ms`);
  return place.pace;
};
const waitOf = (pace: Pace, now: Instant): number => {
  const place = reserve(pace, now);
  return place.go ? 0 : place.waitMs;
};
const takeMany = (pace: Pace, count: number, now: Instant): Pace =>
  Array.from({ length: count }).reduce<Pace>((current) => take(current, now), pace);

describe('a pace of 20 a minute', () => {
  test('lets 20 go at once and holds the next until the minute is over', () => {
    const full = takeMany(freshPace(twenty), 20, start);
    expect(waitOf(full, start)).toBe(60_000);
    expect(waitOf(full, addMillis(start, 59_999))).toBe(1);
    expect(waitOf(full, addMillis(start, 60_000))).toBe(0);
  });

  test('any minute counts, not the minute of the clock', () => {
    const late = takeMany(freshPace(twenty), 20, addMillis(start, 55_000));
    expect(waitOf(late, addMillis(start, 61_000))).toBe(54_000);
  });

  test('asking takes no place when the answer is to wait', () => {
    const full = takeMany(freshPace(twenty), 20, start);
    reserve(full, addMillis(start, 1));
    takeMany(full, 20, addMillis(start, 60_000));
  });

  test('a clock that was set back by a day does not stop a robot for a day', () => {
    const full = takeMany(freshPace(twenty), 20, start);
    expect(waitOf(full, addMillis(start, -86_400_000))).toBe(0);
    expect(waitOf(full, addMillis(start, -1_000))).toBe(61_000);
  });
});

describe('silence', () => {
  const silent = silence(freshPace(twenty), 600_000, start);

  test('holds everything for its time, then nothing', () => {
    expect(waitOf(silent, addMillis(start, 1_000))).toBe(599_000);
    expect(waitOf(silent, addMillis(start, 600_000))).toBe(0);
  });

  test('is forgotten when the clock was set back to before it', () => {
    expect(waitOf(silent, addMillis(start, -1))).toBe(0);
  });
});

describe('a rush', () => {
  const shy = freshPace({ windows: [], rush: { everyMs: 1_800_000, lastsMs: 60_000 } });

  test.each([
    ['08:29:59', 0],
    ['08:30:00', 60_000],
    ['08:30:59', 1_000],
    ['08:31:00', 0],
    ['09:00:30', 30_000],
  ])('%s waits %i ms', (time, waitMs) => {
    expect(waitOf(shy, instant(`2026-10-21T${time}+08:00`))).toBe(waitMs);
  });
});

const anyRule = fc.record({
  windows: fc.array(fc.record({ most: fc.integer({ min: 1, max: 30 }), inMs: fc.integer({ min: 1, max: 90_000 }) }), {
    minLength: 1,
    maxLength: 3,
  }),
  rush: fc.constantFrom({ everyMs: 1_800_000, lastsMs: 60_000 }, { everyMs: 60_000, lastsMs: 1 }),
});

test('whatever the rule and whenever it is asked: no stretch holds more than its number, and who waits as told gets through', () => {
  fc.assert(
    fc.property(anyRule, fc.array(fc.nat(4_000), { minLength: 1, maxLength: 120 }), (rule, gaps) => {
      let pace = freshPace(rule);
      let now = start;
      const gone: number[] = [];
      for (const gap of gaps) {
        now = addMillis(now, gap);
        for (let waits = 0; ; waits += 1) {
          const place = reserve(pace, now);
          if (place.go) {
            pace = place.pace;
            break;
          }
          expect(place.waitMs).toBeGreaterThan(0);
          expect(waits).toBeLessThan(3);
          now = addMillis(now, place.waitMs);
        }
        gone.push(millis(now));
      }
      for (const { most, inMs } of rule.windows) {
        for (const [index, moment] of gone.entries()) {
          const before = gone[index - most];
          if (before !== undefined) expect(moment - before).toBeGreaterThanOrEqual(inMs);
        }
      }
      for (const moment of gone) expect(moment % rule.rush.everyMs).toBeGreaterThanOrEqual(rule.rush.lastsMs);
    }),
  );
});
