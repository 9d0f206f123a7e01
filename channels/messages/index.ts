import { en } from './en';
import { locales, type Locale, type Messages } from './messages';
import { zhCN } from './zh-CN';

export { locales, type Locale, type Messages };
export { say } from './sentences';
export { zhCN };

const catalogues: Readonly<Record<Locale, Messages>> = { 'zh-CN': zhCN, en };

/** The catalogue of a language as it ships. */
export const messagesOf = (locale: Locale): Messages => catalogues[locale];
