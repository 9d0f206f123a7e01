import { dateOf } from '../domain/time';
import { importDirectory } from '../ledger/directory';
import { directoryOf } from './accounts-of-draft';
import { actingAs, type ActingOptions } from './acting';
import type { Connected } from './connect';
import { nowOf } from './now';

/** Puts the directory of a file in force and has the base data look who holds which post now; returns how many persons it has. */
export async function replaceDirectory(connected: Connected, file: string, options: ActingOptions): Promise<number> {
  const { database } = connected;
  const now = await nowOf(database);
  const actor = await directoryEditor(connected, options);
  const directory = await directoryOf(file, dateOf(now));
  const lives = await connected.lives(); // a service that is missing is told before anything changes
  await importDirectory(database, directory, { actor, via: 'cli', now });
  await lives.lookAgain('base');
  return directory.persons.length;
}

/** The first directory of an empty ledger needs nobody's leave; later ones are an administrator's act. */
async function directoryEditor(connected: Connected, options: ActingOptions): Promise<string> {
  if ((await connected.database.person.count()) === 0) return 'setup';
  return actingAs(connected, options, { wanted: ['admin', 'rectificationOffice'], what: '导入通讯录' });
}
