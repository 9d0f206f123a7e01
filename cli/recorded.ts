import { Option, type Command } from 'commander';
import { badInput } from '../domain/failure';
import { roleOf, roles, type Role } from '../domain/roles';
import type { LocalDate } from '../domain/time';
import { onePerson } from './acting';
import type { Connected } from './connect';
import { dateArgument } from './options';

/** A decision made on paper or in a meeting 补录, as the flags tell it. */
export interface RecordedOptions {
  readonly decidedBy?: string;
  readonly paperOn?: LocalDate;
  readonly document?: string;
  readonly original?: string;
}

/** Adds the flags of a recorded decision to a command. */
export const withRecordedOptions = (command: Command): Command =>
  command
    .addOption(new Option('--decided-by <姓名或机构>', '补录：纸上或会上由谁决定；机构写角色，如 整改工作领导小组'))
    .addOption(new Option('--paper-on <日期>', '补录：文件或会议的日期').argParser(dateArgument))
    .addOption(new Option('--document <文号>', '补录：文号或会议名称'))
    .addOption(new Option('--original <存放处>', '补录：原件存放处（可省）'));

/** What is recorded, with the decider by id or role; undefined when whoever acts decides. Free text in the clear. */
export async function readRecorded(database: Connected['database'], options: RecordedOptions): Promise<object | undefined> {
  const { decidedBy, paperOn, document, original } = options;
  if (decidedBy === undefined && paperOn === undefined && document === undefined && original === undefined) return undefined;
  if (decidedBy === undefined || paperOn === undefined || document === undefined || document.trim() === '')
    throw badInput('recorded.incomplete', '补录没有写全。', '请一并写明 --decided-by、--paper-on 和 --document。');
  const body = roleOf(decidedBy) ?? (Object.hasOwn(roles, decidedBy) ? (decidedBy as Role) : undefined);
  const decider = body === undefined ? { personId: (await onePerson(database, decidedBy)).id } : { body };
  return { decider, paperOn, document, ...(original === undefined ? {} : { original }) };
}
