import { DateTime, IANAZone } from 'luxon';

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

export const fromMillis = (ms: number): Instant => new Date(ms).toISOString() as Instant;
export const millis = (at: Instant): number => Date.parse(at);
export const later = (a: Instant, b: Instant): Instant => (a >= b ? a : b);
export const addMillis = (at: Instant, ms: number): Instant => fromMillis(millis(at) + ms);

/** The Asia/Shanghai day in which the instant lies. */
export const dateOf = (at: Instant): LocalDate => {
  const ms = millis(at);
  return dayText(ms + offsetMs(ms));
};

/** Minutes after midnight in Asia/Shanghai, whole ones. */
export const localMinutes = (at: Instant): number => Math.floor((millis(at) - millis(atLocalTime(dateOf(at), 0))) / 60_000);

/** The instant of a local time of day; `hour` 24 is the following midnight. */
export function atLocalTime(date: LocalDate, hour: number, minute = 0, second = 0): Instant {
  const local = Date.parse(date) + ((hour * 60 + minute) * 60 + second) * 1_000;
  return fromMillis(local - offsetMs(local - BEIJING_MS));
}

/** The end of the day, 24:00 local time: an obligation due on `date` is overdue from here on. */
export const endOfDay = (date: LocalDate): Instant => atLocalTime(date, 24);

export const addDays = (date: LocalDate, days: number): LocalDate => dayText(Date.parse(date) + days * DAY_MS);

/** Calendar months later: the same-numbered day, or the last of a shorter month. */
export const addMonths = (date: LocalDate, months: number): LocalDate =>
  DateTime.fromISO(date, { zone: ZONE }).plus({ months }).toISODate() as LocalDate;

/** Calendar days from `a` to `b`; negative when `b` is earlier. */
export const daysBetween = (a: LocalDate, b: LocalDate): number => Math.round((Date.parse(b) - Date.parse(a)) / DAY_MS);

/** 1 Monday … 7 Sunday. */
export const weekday = (date: LocalDate): number => new Date(date).getUTCDay() || 7;

const DAY_MS = 86_400_000;
const BEIJING_MS = 8 * 3_600_000;
/** China has had one offset and no summer time since 1992. Deadlines are computed by the million, so that is not looked up each time. */
const ONE_OFFSET_SINCE = Date.UTC(1992, 0, 1);
const zone = IANAZone.create(ZONE);

const offsetMs = (ms: number): number => (ms >= ONE_OFFSET_SINCE ? BEIJING_MS : zone.offset(ms) * 60_000);

/** The day of a count of milliseconds that is already local. */
const dayText = (localMs: number): LocalDate => new Date(localMs).toISOString().slice(0, 10) as LocalDate;

function toInstant(at: DateTime, source: string): Instant {
  const iso = at.toUTC().toISO();
  if (iso === null) throw new RangeError(`not an instant: ${source}`);
  return iso as Instant;
}
