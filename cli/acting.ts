import { badInput } from '../domain/failure';
import type { Person } from '../domain/directory';
import { roles, type Role } from '../domain/roles';
import { localDay } from '../ledger/database';
import { personOfToken } from '../ledger/tokens';
import type { Connected } from './connect';
import { todayOf } from './now';

/** How a person says who acts: by name in demo data, by a token elsewhere. */
export interface ActingOptions {
  readonly as?: string;
  readonly token?: string;
}

/** The person who acts. `--as` works in demo data dirs only: elsewhere nobody may speak for another without a token. */
export async function actingPerson({ instance, database }: Connected, { as, token }: ActingOptions): Promise<string> {
  if (token !== undefined) {
    const person = await personOfToken(database, token);
    if (person === null) throw badInput('token.unknown', '令牌无效或已撤销。', '请用 zhenggai account token 重新签发。');
    return person;
  }
  if (instance.kind !== 'demo') throw badInput('token.missing', '正式数据须凭令牌办理。', '请用 --token 提供令牌;--as 只能用于演示数据。');
  if (as === undefined) throw badInput('actor.missing', '没有说明由谁办理。', '请用 --as 写明姓名或人员编号。');
  return (await onePerson(database, as)).id;
}

/** Whether a person holds one of these roles today; a post that has ended gives nothing. */
export async function holdsPost({ database }: Connected, personId: string, wanted: readonly Role[]): Promise<boolean> {
  const today = await todayOf(database);
  const posts = await database.post.findMany({ where: { personId, role: { in: [...wanted] } } });
  return posts.some(({ from, to }) => (from === null || localDay(from) <= today) && (to === null || localDay(to) >= today));
}

/** The person who acts, when they hold one of these roles today; what they may not do is named by `what`. */
export async function actingAs(
  connected: Connected,
  options: ActingOptions,
  { wanted, what }: { readonly wanted: readonly Role[]; readonly what: string },
): Promise<string> {
  const actor = await actingPerson(connected, options);
  if (await holdsPost(connected, actor, wanted)) return actor;
  throw badInput('role.notAllowed', `该人员不能${what}。`, `请由${wanted.map((role) => roles[role]).join('或')}的人员办理。`);
}

/** Who may do something about other people's messages. */
export const offices: readonly Role[] = ['rectificationOffice', 'inspectionOffice', 'admin'];

/** One person by id or by a name that only one person has. */
export async function onePerson(database: Connected['database'], nameOrId: string): Promise<Person> {
  const found = await database.person.findMany({ where: { OR: [{ id: nameOrId }, { name: nameOrId }] } });
  const [only] = found;
  if (only === undefined)
    throw badInput('person.unknown', `通讯录中没有“${nameOrId}”。`, '请写全名或人员编号（用 zhenggai party list 查看）。');
  if (found.length > 1)
    throw badInput('person.ambiguous', `有${found.length}人叫“${nameOrId}”。`, `请改用人员编号：${found.map(({ id }) => id).join('、')}。`);
  return only;
}

/** One unit by id or by name. */
export async function oneUnit(database: Connected['database'], nameOrId: string): Promise<string> {
  const found = await database.unit.findMany({ where: { OR: [{ id: nameOrId }, { name: nameOrId }] } });
  const [only] = found;
  if (only === undefined) throw badInput('unit.unknown', `通讯录中没有单位“${nameOrId}”。`, '请写单位全称或编号。');
  if (found.length > 1)
    throw badInput(
      'unit.ambiguous',
      `有${found.length}个单位叫“${nameOrId}”。`,
      `请改用单位编号：${found.map(({ id }) => id).join('、')}。`,
    );
  return only.id;
}
