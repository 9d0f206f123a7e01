/**
 * What a sum is, when its own clause says so. First the parts of a money item (design.md, section 1, MoneyItem), the firmer before the
 * weaker; then what else reports tell of sums. The first that fits wins.
 */
const roles: readonly (readonly [string, RegExp])[] = [
  [
    '未到位',
    /(?:无法|尚未|未能|未|待|难以)(?:全部|完全)?(?:退|追缴|追回|上缴|收缴|到位|收回|清退|缴|偿还|归还)|(?:拟|计划|预计)[^，。；;]{0,12}(?:退|追缴|追回|上缴|收缴|收回|归还)|未到位/,
  ],
  ['上缴廉政账户', /廉政账户|廉洁账户/],
  ['上缴国库', /(?:缴|汇|退还|缴入|转入|存入).{0,14}(?:国库|财政)|(?:国库|财政).{0,8}(?:缴|汇)/],
  ['调账核销', /调账|核销|账务调整|冲减|冲账/],
  ['应追缴', /应(?:予|当)?(?:追缴|追回|收缴|上缴)/],
  ['应退', /应(?:予|当)?(?:退|清退)/],
  ['已追缴', /(?<!处以|责令|要求|应当|需)(?:追缴|追回|收缴|收回|追收|补缴|催缴|挽回)(?!.{0,6}(?:应|计划|将))/],
  ['已退还', /(?<!处以|责令|要求|应当|需)(?:退还|退回|清退|退费|退款|退缴|退赔|返还|归还|清偿|偿还)(?!.{0,4}(?:应|计划|将))/],
  ['罚没', /罚没|没收|罚款|处罚金|处以/],
  ['节约', /节约|节省|压减|核减|审减|减少支出/],
  ['待拨付', /(?:剩余|余下|待|拟|计划|未|滞|缓|欠)[^，。；;]{0,24}(?:拨付|下拨|兑付|支付)|应拨未拨|滞拨|欠拨/],
  ['拨付', /(?<!未|滞|缓|欠|应|待)(?:拨付|下达|划拨|下拨|补拨|兑付|兑现|支付到位|清欠)/],
  ['违规', /违规|违反|虚报|套取|骗取|冒领|挪用|截留|侵占|挤占|多收|多付|多发|超发|超标准|超范围|重复收费|乱收费|不合理收费|坐支|白条/],
  ['投入', /投入|投资|筹集|争取(?:到)?(?:上级)?资金/],
  ['涉及', /涉及|涉案|金额(?:为|共|共计|合计|达|[:：])?/],
];

/**
 * The role of a sum in its clause, null when the clause says none. What stands behind the sum tells of it first: 无法退还的…元退还财政 has
 * gone to the treasury.
 */
export function roleOf({ text, after }: { readonly text: string; readonly after: string }): string | null {
  const first = roles.find(([, pattern]) => pattern.test(after)) ?? roles.find(([, pattern]) => pattern.test(text));
  return first?.[0] ?? null;
}
