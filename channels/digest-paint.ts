import type { Category } from './digest-category';
import { Markup } from './markup';

/*
 * Tables, bgcolor and inline styles only: Outlook draws with Word, Foxmail with an old Internet Explorer, and both drop style
 * sheets, flex and most of padding outside cells. Fonts are named on every cell because Word does not inherit them into tables.
 */
const FAMILY = "'Microsoft YaHei',SimSun,sans-serif";
export const FONT = `font-family:${FAMILY};`;
/** Size, line height and family in the fewest characters: it stands on every cell of a long list. */
export const fontOf = (size: number): string => `font:${size}px/${Math.round(size * 1.55)}px ${FAMILY};`;
export const INK = '#1f2933';
export const SOFT = '#5b6673';
export const LINE = '#e3e7ec';
export const ACCENT = '#1d4f91';

/** What every table of a mail says: it lays out, it is no data. */
export const TABLE = new Markup('role="presentation" cellpadding="0" cellspacing="0" border="0"');

/** Ink and ground of a category; never without its word and shape. */
export const paints: Record<Category, { ink: string; ground: string }> = {
  overdue: { ink: '#b3261e', ground: '#fdf0ef' },
  urgent: { ink: '#b3261e', ground: '#fdf0ef' },
  soon: { ink: '#8a5a00', ground: '#fdf6e7' },
  reminder: { ink: '#2b6b3f', ground: '#eef6f0' },
  task: { ink: '#3d4b5c', ground: '#f1f4f7' },
  notice: { ink: '#3d4b5c', ground: '#f1f4f7' },
};
