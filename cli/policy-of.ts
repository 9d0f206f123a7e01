import { existsSync } from 'node:fs';
import { badInput } from '../domain/failure';
import type { Policy } from '../domain/policy/policy';
import { readPolicyFile } from '../intake/policy-file';
import type { Database } from '../ledger/database';
import { loadPolicy, policyNames } from '../ledger/rules';
import { readInputFile } from './files';

/** The full name of a stored policy: `district-inspection@3`, or of its newest version when only the id is given; throws `policy.unknown`. */
export async function policyNameOf(database: Database, name: string): Promise<string> {
  const names = await policyNames(database);
  if (names.includes(name)) return name;
  const newest = names.filter((one) => one.startsWith(`${name}@`)).sort((a, b) => versionOf(b) - versionOf(a))[0];
  if (newest !== undefined) return newest;
  throw badInput('policy.unknown', `没有规则“${name}”。`, `现有规则：${names.join('、')}。`);
}

const versionOf = (name: string): number => Number(name.slice(name.lastIndexOf('@') + 1));

/** A policy by its name in the ledger, or by its file. */
export async function policyOf(database: Database, nameOrFile: string): Promise<Policy> {
  if (/[./\\]/.test(nameOrFile) && existsSync(nameOrFile)) return policyOfFile(nameOrFile);
  return loadPolicy(database, database, await policyNameOf(database, nameOrFile));
}

export const policyOfFile = async (file: string): Promise<Policy> => readPolicyFile((await readInputFile(file)).toString('utf8'));
