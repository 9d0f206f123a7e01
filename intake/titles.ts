import { sentences } from './prose';

/** The first sentence, without its stop. */
export function firstSentence(text: string): string {
  const first = sentences(text)[0];
  return first === undefined ? '' : withoutStop(text.slice(first.start, first.end));
}

const withoutStop = (text: string): string => text.trim().replace(/[。.；;：:，,、\s]+$/u, '');

const rectificationSuffix = /(?:的?问题)?的整改(?:落实)?(?:情况|进展|进展情况)?$/;
const quoted =
  /^(?:关于|针对|对|在)?\s?[“"「]([^\n]{2,600})[”"」]\s?(?:等|方面|的|存在|反馈)*(?:问题|情况|意见)?(?:的?整改(?:落实)?(?:情况|进展|进展情况)?)?$/u;

/**
 * The title of a finding from its heading's words (label already gone): without 关于 and 的整改 / 问题的整改; a heading that
 * quotes the finding gives the whole quotation.
 */
export function titleOf(words: string): string {
  const plain = withoutStop(words.trim().replace(/^(?:反馈)?(?:的)?(?:具体)?问题\s?[:：]\s?/, ''));
  const quotation = quoted.exec(plain)?.[1];
  if (quotation !== undefined && balanced(quotation)) return withoutStop(quotation);
  const sentence = firstSentence(plain);
  const inner = quoted.exec(sentence)?.[1];
  if (inner !== undefined && balanced(inner)) return withoutStop(inner);
  return withoutStop(sentence.replace(/^关于/, '').replace(rectificationSuffix, ''));
}

/** “甲”和“乙” is no single quotation. */
function balanced(text: string): boolean {
  let depth = 0;
  for (const char of text) {
    if (char === '“') depth += 1;
    if (char === '”') depth -= 1;
    if (depth < 0) return false;
  }
  return depth === 0;
}

/** The title of an aspect 方面: without 反馈问题：, 关于, 在 and a final 方面(存在的问题). */
export function aspectTitleOf(words: string): string {
  const plain = firstSentence(words.trim().replace(/^反馈(?:的)?问题\s?[:：]\s?/, ''));
  return withoutStop(
    plain
      .replace(/^关于/, '')
      .replace(/^在(?=.{2,})/, '')
      .replace(/方面(?:(?:还|仍)?存在的?(?:主要|突出)?问题|的?问题)?(?:的?整改(?:落实)?(?:情况|进展|进展情况)?)?$/, ''),
  );
}
