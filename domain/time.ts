import { DateTime } from 'luxon';

/** Every local date and opening hour of the product is Beijing time. */
export const ZONE = 'Asia/Shanghai';

declare const instantBrand: unique symbol;
declare const dateBrand: unique symbol;

/** A UTC instant with milliseconds, ISO 8601: `2026-10-20T00:30:00.000Z`. Sorts as text. */
export type Instant = string & { readonly [instantBrand]: true };

/** An Asia/Shanghai calendar day, ISO 8601: `2026-10-31`. Sorts as text. */
export type LocalDate = string & { readonly [dateBrand]: true };

/** Reads an ISO 8601 instant with any offset. Throws a RangeError when it is none: meant for literals and stored values. */
export function instant(text: string): Instant {
  return toInstant(DateTime.fromISO(text, { zone: ZONE }), text);
}

/** Reads a real calendar day `yyyy-mm-dd`. Throws a RangeError when it is none: meant for literals and stored values. */
export function localDate(text: string): LocalDate {
  if (!isLocalDate(text)) throw new RangeError(`not a calendar day: ${text}`);
  return text;
}

/** Whether the text is a real calendar day `yyyy-mm-dd`. */
export function isLocalDate(text: string): text is LocalDate {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && DateTime.fromISO(text, { zone: ZONE }).isValid;
}

export const fromMillis = (millis: number): Instant => toInstant(DateTime.fromMillis(millis), String(millis));
export const millis = (at: Instant): number => Date.parse(at);
export const later = (a: Instant, b: Instant): Instant => (a >= b ? a : b);
export const addMillis = (at: Instant, ms: number): Instant => fromMillis(millis(at) + ms);

/** The Asia/Shanghai day in which the instant lies. */
export const dateOf = (at: Instant): LocalDate => DateTime.fromISO(at, { zone: ZONE }).toISODate() as LocalDate;

/** The instant of a local time of day; `hour` 24 is the following midnight. */
export function atLocalTime(date: LocalDate, hour: number, minute = 0, second = 0): Instant {
  return toInstant(DateTime.fromISO(date, { zone: ZONE }).plus({ hours: hour, minutes: minute, seconds: second }), date);
}

/** The end of the day, 24:00 local time: an obligation due on `date` is overdue from here on. */
export const endOfDay = (date: LocalDate): Instant => atLocalTime(date, 24);

export const addDays = (date: LocalDate, days: number): LocalDate =>
  DateTime.fromISO(date, { zone: ZONE }).plus({ days }).toISODate() as LocalDate;

/** Calendar months later: the same-numbered day, or the last of a shorter month. */
export const addMonths = (date: LocalDate, months: number): LocalDate =>
  DateTime.fromISO(date, { zone: ZONE }).plus({ months }).toISODate() as LocalDate;

/** Calendar days from `a` to `b`; negative when `b` is earlier. */
export const daysBetween = (a: LocalDate, b: LocalDate): number => Math.round((Date.parse(b) - Date.parse(a)) / 86_400_000);

/** 1 Monday … 7 Sunday. */
export const weekday = (date: LocalDate): number => DateTime.fromISO(date, { zone: ZONE }).weekday;

function toInstant(at: DateTime, source: string): Instant {
  const iso = at.toUTC().toISO();
  if (iso === null) throw new RangeError(`not an instant: ${source}`);
  return iso as Instant;
}
