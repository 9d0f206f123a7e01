/** What may never be mailed or published: 姓名、电话、电子邮箱、身份证号、银行账号、车牌号. */
export type PrivateKind = 'name' | 'phone' | 'email' | 'idCard' | 'bankCard' | 'plate';

/** A private detail in a text. `at` and `end` are offsets in it. */
export interface PrivateMark {
  readonly kind: PrivateKind;
  /** As written. */
  readonly raw: string;
  readonly at: number;
  readonly end: number;
}

/** Marks in text order; of two that overlap the longer one stands. */
export function withoutOverlaps(marks: readonly PrivateMark[]): PrivateMark[] {
  const kept: PrivateMark[] = [];
  for (const mark of [...marks].sort((a, b) => a.at - b.at || b.end - a.end)) {
    const last = kept.at(-1);
    if (last === undefined || mark.at >= last.end) kept.push(mark);
    else if (mark.end - mark.at > last.end - last.at) kept[kept.length - 1] = mark;
  }
  return kept;
}
