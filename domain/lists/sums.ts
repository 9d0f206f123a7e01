import { handlingLabels, moneyParts, type Handling, type HandlingKind, type MoneyItem } from '../issue/records';
import type { IssueState } from '../issue/types';

// Sums over what an office recorded (design.md, section 1). A wrong entry (void) counts for nothing; what was recorded on an issue
// before it was split or merged counts once, where it was recorded.

/** Persons 人 and person-times 人次 of one kind. `recorded` false: nobody entered anything, which is not a zero. */
export interface HandlingSum {
  readonly kind: HandlingKind;
  readonly label: string;
  readonly persons: number;
  readonly personTimes: number;
  readonly recorded: boolean;
}

export interface HandlingSums {
  /** Every kind in the order of the labels; 立案 is a step and stands among them as such. */
  readonly byKind: readonly HandlingSum[];
  /**
   * Person-times of all kinds but 立案: a step that leads to one of the others. Persons of several kinds are never added up, since one
   * person can be handled in several ways.
   */
  readonly personTimes: number;
}

type Countable = Pick<IssueState, 'phase' | 'handling' | 'money'>;
const counted = <T extends Countable>(issues: readonly T[]): readonly T[] => issues.filter(({ phase }) => phase !== 'void');

export function handlingSums(issues: readonly Countable[]): HandlingSums {
  const all = counted(issues).flatMap(({ handling }) => handling);
  const kinds = Object.keys(handlingLabels) as HandlingKind[];
  const byKind = kinds.map((kind) =>
    sumOfKind(
      kind,
      all.filter((one) => one.kind === kind),
    ),
  );
  const handled = byKind.filter(({ kind }) => kind !== 'caseFiled');
  return { byKind, personTimes: handled.reduce((sum, { personTimes }) => sum + personTimes, 0) };
}

const sumOfKind = (kind: HandlingKind, handling: readonly Handling[]): HandlingSum => ({
  kind,
  label: handlingLabels[kind],
  persons: handling.reduce((sum, { persons }) => sum + persons, 0),
  personTimes: handling.reduce((sum, { personTimes }) => sum + personTimes, 0),
  recorded: handling.length > 0,
});

/** Sums in fen; the identity of the items holds of their sums: owed = all parts together. */
export type MoneySum = Omit<MoneyItem, 'id' | 'voucher'> & { readonly items: number };

export const noMoney: MoneySum = {
  owedFen: 0,
  recoveredFen: 0,
  refundedFen: 0,
  treasuryFen: 0,
  integrityAccountFen: 0,
  adjustedFen: 0,
  outstandingFen: 0,
  items: 0,
};

/** The sum of items. Throws a RangeError when it can't be told exactly: beyond 90 trillion yuan somebody mistook the unit. */
export const moneySum = (items: readonly MoneyItem[]): MoneySum => items.reduce((sum, item) => added(sum, item, 1), noMoney);

function added(sum: MoneySum, item: Omit<MoneySum, 'items'>, items: number): MoneySum {
  const total: { -readonly [K in keyof MoneySum]: number } = { ...noMoney, items: sum.items + items };
  for (const field of ['owedFen', ...moneyParts] as const) total[field] = exact(sum[field] + item[field]);
  return total;
}

function exact(fen: number): number {
  if (!Number.isSafeInteger(fen)) throw new RangeError(`not an exact sum of fen: ${fen}`);
  return fen;
}

export interface MoneySums {
  readonly total: MoneySum;
  readonly byIssue: ReadonlyMap<string, MoneySum>;
  /** By lead unit; `null` for issues that nobody has been charged with. Each sum stands in one unit only, so they add up to the total. */
  readonly byUnit: ReadonlyMap<string | null, MoneySum>;
  readonly byRound: ReadonlyMap<string, MoneySum>;
}

/** Money by issue, unit and round; issues without items are left out of the tables. */
export function moneySums(issues: readonly (Countable & Pick<IssueState, 'id' | 'roundId' | 'assignment'>)[]): MoneySums {
  const sums = counted(issues)
    .filter(({ money }) => money.length > 0)
    .map((state) => ({ state, sum: moneySum(state.money) }));
  const by = <K>(key: (state: (typeof sums)[number]['state']) => K): ReadonlyMap<K, MoneySum> => {
    const table = new Map<K, MoneySum>();
    for (const { state, sum } of sums) table.set(key(state), added(table.get(key(state)) ?? noMoney, sum, sum.items));
    return table;
  };
  return {
    total: sums.reduce((total, { sum }) => added(total, sum, sum.items), noMoney),
    byIssue: by(({ id }) => id),
    byUnit: by(({ assignment }) => assignment?.leadUnitId ?? null),
    byRound: by(({ roundId }) => roundId),
  };
}
