import { z } from 'zod';
import { badInput } from '../domain/failure';
import { roles } from '../domain/roles';
import { isLocalDate } from '../domain/time';
import { formatTable } from './table';

// What the fields of commands are made of, and how a command of a script is read: shared by issues and rounds.

export const text = z.string().trim().min(1).max(20_000);
export const id = z.string().trim().min(1).max(100);
export const date = z.string().refine(isLocalDate, '应为日期，如 2026-01-31');
export const flag = z.union([z.boolean(), z.enum(['true', 'false']).transform((word) => word === 'true')]);

/** A count, or a sum in fen; scripts send words. Nothing written is not zero. */
export const count = z.preprocess(
  (value) => (typeof value === 'string' && /^\d+$/.test(value.trim()) ? Number(value) : value),
  z.number('应为零或正整数').int().min(0).max(Number.MAX_SAFE_INTEGER),
);

/** One of some keys; its label in office words is understood too. */
export function worded<K extends string>(labels: Readonly<Record<K, string>>) {
  const keys = Object.keys(labels) as [K, ...K[]];
  const keyOf = (value: unknown): unknown => keys.find((key) => labels[key] === value) ?? value;
  const choices = keys.map((key) => `${key}(${labels[key]})`).join('、');
  return z.preprocess(keyOf, z.enum(keys, `应为${choices}之一`));
}

export const role = worded(roles);

interface Field {
  readonly name: string;
  readonly optional: boolean;
}

/** The commands of one kind of stream as they come in from a script. */
export interface Inputs<T extends string> {
  /** The fields of every command, and which of them may be left out. */
  readonly fields: () => Readonly<Record<T, readonly Field[]>>;
  /** Checks a command; throws `command.unknown`, or `command.field` that names the field and what is expected. */
  readonly read: (type: string, fields: Readonly<Record<string, unknown>>) => { type: T } & Record<string, unknown>;
  /** Every command with its fields, for the help. */
  readonly table: () => string;
}

export function inputsOf<T extends string>(shapes: Readonly<Record<T, z.ZodObject>>, labels: Readonly<Record<T, string>>): Inputs<T> {
  const types = Object.keys(shapes) as T[];
  const has = (type: string): type is T => Object.hasOwn(shapes, type);
  const fieldsOf = (type: T): Field[] =>
    Object.entries<z.core.$ZodType>(shapes[type].shape).map(([name, field]) => ({
      name,
      optional: z.safeParse(field, undefined).success,
    }));
  return {
    fields: () => Object.fromEntries(types.map((type) => [type, fieldsOf(type)])) as unknown as Record<T, Field[]>,
    read(type, fields) {
      if (!has(type))
        throw badInput(
          'command.unknown',
          `没有命令“${type}”。`,
          `可用的命令：${types.map((one) => `${one}(${labels[one]})`).join('、')}。`,
        );
      const parsed = shapes[type].safeParse(fields);
      if (parsed.success) return { type, ...parsed.data };
      const [issue] = parsed.error.issues;
      const field = issue?.path.join('.') ?? '';
      const keys = issue?.code === 'unrecognized_keys' ? issue.keys.join('、') : field;
      throw badInput(
        'command.field',
        `${labels[type]}的字段${keys || '（整体）'}不正确：${issue?.message ?? ''}。`,
        `可用的字段：${Object.keys(shapes[type].shape).join('、') || '无'}。`,
      );
    },
    table: () =>
      formatTable(
        [{ title: '命令' }, { title: '做什么' }, { title: '字段（方括号内可省）' }],
        types.map((type) => [
          type,
          labels[type],
          fieldsOf(type)
            .map(({ name, optional }) => (optional ? `[${name}]` : name))
            .join(' '),
        ]),
        { width: Infinity, colour: false },
      ),
  };
}

/** Reads `field=value` words; a value that starts with [ or { is JSON. */
export function readFields(words: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(
    words.map((word) => {
      const at = word.indexOf('=');
      if (at < 1) throw badInput('command.word', `“${word}”不是 字段=值。`, '例：opinion=同意。');
      return [word.slice(0, at), valueOf(word.slice(0, at), word.slice(at + 1))];
    }),
  );
}

function valueOf(field: string, raw: string): unknown {
  if (!/^[[{]/.test(raw)) return raw;
  try {
    return JSON.parse(raw);
  } catch {
    throw badInput('command.json', `字段${field}的值不是正确的 JSON。`, '请检查引号和括号。');
  }
}
