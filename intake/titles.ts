import { sentences } from './prose';
import { isStateAlone } from './status-words';

/** The first sentence, without its stop. */
export function firstSentence(text: string): string {
  const first = sentences(text)[0];
  return first === undefined ? '' : withoutStop(text.slice(first.start, first.end));
}

const withoutStop = (text: string): string => text.trim().replace(/[。.；;：:，,、\s]+$/u, '');

const rectificationSuffix = /(?:的?问题)?的整改(?:落实)?(?:情况|进展|进展情况)?$/;
const quoted =
  /^(?:关于|针对|对照|围绕|聚焦|对|在|(?:巡[察视]|审计|督察)?组?(?:指出|发现|反馈|提出)的?[:：，,]?)?\s?[“"「]([^\n]{2,600})[”"」]\s?(?:等|方面|的|存在|反馈|具体|突出|主要)*(?:问题|情况|意见)?(?:的?整改(?:落实)?(?:情况|进展|进展情况)?)?$/u;

/** 针对“…。…。”的问题，制定…: the finding is quoted in front of its account. */
const quotedLead =
  /^(?:关于|针对|对照|围绕|对)(?:反馈|指出|提出|的)*\s?[“"「]([^\n]{2,300}?)[”"」](?:等|方面|的|存在|反馈)*(?:问题|情况|意见)\s?[，,：:。；;]/u;

/**
 * The title of a finding from its heading's words (label already gone): without 关于 and 的整改 / 问题的整改; a heading that
 * quotes the finding gives the whole quotation.
 */
export function titleOf(heading: string): string {
  const words = withoutState(heading);
  const plain = withoutStop(words.trim().replace(/^(?:反馈|存在|主要|具体)*(?:的)?问题\s?[\d一二三四五六七八九十]{0,3}\s?[:：]\s?/, ''));
  const quotation = quoted.exec(plain)?.[1];
  if (quotation !== undefined && balanced(quotation)) return withoutStop(quotation);
  const lead = quotedLead.exec(plain)?.[1];
  if (lead !== undefined && balanced(lead)) return withoutStop(lead);
  const sentence = firstSentence(plain);
  const inner = quoted.exec(sentence)?.[1];
  if (inner !== undefined && balanced(inner)) return withoutStop(inner);
  return withoutStop(sentence.replace(/^关于/, '').replace(rectificationSuffix, ''));
}

/** …不及时（已完成）。: the state in the heading is none of the finding's words. */
function withoutState(words: string): string {
  const match = /^([^\n（(【]{2,200})[（(【](?:整改)?(?:状态|情况|进度)?[:：]?\s?([^（()）【】\n]{2,24}?)[)）】](?=[。.；;\s]|$)/u.exec(
    words,
  );
  const inner = match?.[2]?.split(/[，,]/u)[0] ?? '';
  return match?.[1] !== undefined && isStateAlone(inner) ? match[1] : words;
}

/** Whether a heading says its finding's state in brackets: …不及时（已完成）. */
export const saysState = (words: string): boolean => withoutState(words) !== words;

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
  const told = firstSentence(words.trim().replace(/^反馈(?:的)?问题\s?[:：]\s?/, ''));
  // …方面，共反馈问题3个，已完成整改2个: what is counted is none of its name
  const plain = told.replace(/(?<=方面)\s?[，,：:（(](?=[^\n]{0,40}\d{1,4}\s?[个项条])[^\n]*$/u, '');
  return withoutStop(
    plain
      .replace(/^关于/, '')
      .replace(/^在(?=.{2,})/, '')
      .replace(/方面(?:(?:还|仍)?存在的?(?:主要|突出)?问题|的?问题)?(?:的?整改(?:落实)?(?:情况|进展|进展情况)?)?$/, ''),
  );
}
