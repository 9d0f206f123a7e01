import type { DateMention } from './dates';

const ahead = /将|拟|计划|预计|力争|争取|确保|下一步|今后|目标|期限|时限|截止|有效期|届满|要求[^，。；;]{0,20}$/u;

/** Whether a date's own clause speaks of what is still to come: 将于5月出台, 6月底前完成. */
export function liesAhead({ at, raw }: Pick<DateMention, 'at' | 'raw'>, text: string): boolean {
  const clause = /[^，,。；;\n]*$/u.exec(text.slice(Math.max(at - 40, 0), at))?.[0] ?? '';
  const rest = /^[^，,。；;\n]*/u.exec(text.slice(at + raw.length, at + raw.length + 20))?.[0] ?? '';
  return ahead.test(clause) || /^(?:底|末)?(?:之?前|以前|起)|将|拟|预计|计划/u.test(rest);
}
