import { badInput } from '../domain/failure';

/** 秘密★1年, 机密 ★, ★绝密: the marking of a state secret with its star, on a short line. */
const starred = /(?:秘密|机密|绝密)[★☆]|[★☆](?:秘密|机密|绝密)/u;
/** 密级：机密, or a line that is nothing but the marking. */
const alone = /^(?:密级[:：]?)?(?:秘密|机密|绝密)(?:[（(]?(?:\d{1,2}年|长期)[)）]?)?$/u;

/**
 * State secrets never enter (design.md, section 2): throws badInput `stateSecret` when the text bears a 密级 marking.
 * The words 保密, 工作秘密 or 涉密 in prose are no marking. The message repeats nothing of the text.
 */
export function refuseStateSecret(lines: readonly string[]): void {
  const marked = lines.some((line, index) => {
    const text = line.length > 120 ? '' : line.replace(/\s+/gu, '');
    return (text.length <= 40 && starred.test(text)) || (alone.test(text) && (text.startsWith('密级') || index < 30));
  });
  if (!marked) return;
  throw badInput(
    'stateSecret',
    '文件带有国家秘密密级标志，没有读取，也没有保留任何内容。',
    '涉密文件不得进入本系统，请按保密规定线下办理，只登记编号、单位和日期。',
  );
}
