import { InvalidArgumentError, Option } from 'commander';
import { endOfDay, instant, isLocalDate, type Instant, type LocalDate } from '../domain/time';
import { readConfig } from '../platform/config';

/** `--data-dir DIR`: which instance a command is about. */
export const dataDirOption = (): Option => new Option('--data-dir <目录>', '数据目录（默认 .zhenggai 或环境变量 ZHENGGAI_DATA_DIR）');
export const jsonOption = (): Option => new Option('--json', '输出 JSON，供脚本读取');
export const asOption = (): Option => new Option('--as <人员>', '以谁的名义办理（仅演示数据；姓名或编号）');
export const tokenOption = (): Option => new Option('--token <令牌>', '办理人的令牌（正式数据）').env('ZHENGGAI_TOKEN');

/** The data dir that the flags and the environment name, absolute. */
export const dataDirOf = (options: { dataDir?: string }): string =>
  readConfig(process.env, options.dataDir === undefined ? {} : { dataDir: options.dataDir }).dataDir;

/** Reads a date `2026-01-31`. */
export function dateArgument(text: string): LocalDate {
  if (!isLocalDate(text)) throw new InvalidArgumentError('应为日期，如 2026-01-31。');
  return text;
}

/** Reads a moment: an instant `2026-10-20T08:30+08:00` (Beijing time unless it says otherwise), or a day, which means its end. */
export function momentArgument(text: string): Instant {
  if (isLocalDate(text)) return endOfDay(text);
  return instantOr(text, '应为日期或时刻，如 2026-10-20 或 2026-10-20T08:30。');
}

/** Reads an instant `2026-03-03T08:30` or `2026-03-03 08:30`, Beijing time unless it says otherwise; a day alone is not enough. */
export function instantArgument(text: string): Instant {
  const wrong = '应为时间，如 2026-03-03T08:30。';
  if (isLocalDate(text)) throw new InvalidArgumentError(wrong);
  return instantOr(text.replace(' ', 'T'), wrong);
}

function instantOr(text: string, wrong: string): Instant {
  try {
    return instant(text);
  } catch {
    throw new InvalidArgumentError(wrong);
  }
}

/** Reads `R1-001,R1-002` or `R1-001、R1-002`. */
export const listArgument = (text: string): string[] =>
  text
    .split(/[、,，]/)
    .map((one) => one.trim())
    .filter((one) => one !== '');

/** Collects a flag that may be given several times. */
export const collect = (text: string, before: readonly string[] = []): string[] => [...before, text];
