import type { Directory } from './directory';
import { badInput } from './failure';
import { choosableOpenings } from './openings';
import { personOf } from './parties';
import { heldOn } from './substitutes';
import type { LocalDate } from './time';

/**
 * A way to a person: mail, the page, the mailbox of the unit's liaison, a telephone call by the office, or the name of a robot or webhook
 * of this deployment.
 */
export type Way = string;
export const builtInWays = { smtp: '邮件', inApp: '站内', liaison: '联络员转告', call: '电话提醒' } as const;

/** 邮件, 站内 … or the name of a robot. */
export const wayWord = (way: Way): string => (Object.hasOwn(builtInWays, way) ? builtInWays[way as keyof typeof builtInWays] : way);

/** The way that a word names: 邮件 or smtp, 站内 or inApp, or the name of a robot. */
export const wayOf = (word: string): Way => Object.entries(builtInWays).find(([, label]) => label === word)?.[0] ?? word;

/** By which ways and at which minute after midnight a person wants to be told; null: the usual. */
export interface Preference {
  readonly ways: readonly Way[];
  readonly opensAt: number | null;
}

/**
 * The ways to a person in the order they are tried: those chosen, else mail; then mail, the liaison of a unit of theirs, and a telephone
 * call. A person can choose the channel, not silence: the last way is always a person who calls.
 */
export function waysTo(directory: Directory, personId: string, { ways: chosen }: Pick<Preference, 'ways'>, on: LocalDate): Way[] {
  const hasMail = personOf(directory, personId)?.email != null;
  const able = [...chosen, 'smtp'].filter((way) => way !== 'smtp' || hasMail);
  const liaison = liaisonOf(directory, personId, on) === null ? [] : ['liaison'];
  return [...new Set([...able, ...liaison, 'call'])];
}

/** Who passes on what a person can't be sent: a liaison with a mailbox of a unit where the person has a post, by the order of the directory. */
export function liaisonOf(directory: Directory, personId: string, on: LocalDate): string | null {
  const held = directory.posts.filter((post) => heldOn(post, on));
  const units = held.filter((post) => post.personId === personId).map(({ unitId }) => unitId);
  const liaison = held.find(
    (post) =>
      post.role === 'liaison' &&
      post.personId !== personId &&
      units.includes(post.unitId) &&
      personOf(directory, post.personId)?.email != null,
  );
  return liaison?.personId ?? null;
}

/**
 * Judges what a person chose. `configured`: names of the robots and webhooks there are. Throws badInput `preference.way`,
 * `preference.noMail`, `preference.time`.
 */
export function requireChoosable({ ways, opensAt }: Preference, hasMail: boolean, configured: readonly string[]): void {
  const known = ['smtp', 'inApp', ...configured];
  const unknown = ways.find((way) => !known.includes(way));
  if (unknown !== undefined) throw badInput('preference.way', `没有通知渠道“${unknown}”。`, `可选${known.map(wayWord).join('、')}。`);
  if (new Set(ways).size < ways.length) throw badInput('preference.way', '通知渠道重复。', '每个渠道只填一次，按先后排列。');
  if (ways.includes('smtp') && !hasMail)
    throw badInput('preference.noMail', '该人员没有邮箱。', '请先在通讯录中填写邮箱，或改选其他渠道。');
  const { from, to, every } = choosableOpenings;
  if (opensAt !== null && (opensAt < from || opensAt > to || opensAt % every !== 0))
    throw badInput('preference.time', '通知时间不在可选范围内。', `请填写${clock(from)}至${clock(to)}之间的整刻钟，如 09:15。`);
}

/** `08:30` of minutes after midnight. */
export const clock = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
