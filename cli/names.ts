import { onePerson, oneUnit } from './acting';
import type { Connected } from './connect';
import { listArgument } from './options';

type OneName = (name: unknown) => Promise<unknown>;

/** What a field of a command names. A field that stands nowhere is taken as it is. */
const persons = ['leadLeaderId', 'leaderInChargeId', 'handlerId', 'holderId', 'personId', 'to'];
const listsOfPersons = ['checkers'];
const units = ['leadUnitId', 'unitId'];
const listsOfUnits = ['coUnitIds', 'units'];
const listsOfIds = ['recursOf', 'sharedWith', 'chosen'];

/** Names of persons and units become their ids, so that nobody has to copy an id; lists may be parted by 、 or a comma. */
export async function namesToIds(database: Connected['database'], fields: Record<string, unknown>): Promise<Record<string, unknown>> {
  const person: OneName = async (name) => (typeof name === 'string' ? (await onePerson(database, name)).id : name);
  const unit: OneName = (name) => (typeof name === 'string' ? oneUnit(database, name) : Promise.resolve(name));
  const value = async (field: string, given: unknown): Promise<unknown> => {
    if (persons.includes(field)) return person(given);
    if (units.includes(field)) return unit(given);
    if (listsOfPersons.includes(field)) return each(given, person);
    if (listsOfUnits.includes(field)) return each(given, unit);
    if (listsOfIds.includes(field)) return each(given, (name) => Promise.resolve(name));
    if (field === 'measures' && Array.isArray(given))
      return Promise.all(given.map((one: unknown) => (isRecord(one) ? namesToIds(database, one) : one)));
    return given;
  };
  const pairs = Object.entries(fields).map(async ([field, given]): Promise<[string, unknown]> => [field, await value(field, given)]);
  return Object.fromEntries(await Promise.all(pairs));
}

function each(given: unknown, one: OneName): Promise<unknown> {
  const names: unknown = typeof given === 'string' ? listArgument(given) : given;
  return Array.isArray(names) ? Promise.all(names.map(one)) : Promise.resolve(names);
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
