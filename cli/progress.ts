import { shorten, surfaceOf } from './table';

export interface ProgressOptions {
  stream?: { isTTY?: boolean; columns?: number; write(text: string): unknown };
  /** Milliseconds of any clock that only goes forward. */
  now?: () => number;
  /** How often a terminal's line is rewritten at most. */
  terminalEveryMs?: number;
  /** How often a line is added at most where there is no terminal: a log. */
  logEveryMs?: number;
}

export interface Progress {
  /** What is being done now: `正在建账 12/38`. Calls that come too soon are not shown. */
  update(text: string): void;
  /** The same for counted work: `label 12/38`; the last one is always shown. */
  count(done: number, total: number, label: string): void;
  /** Ends the line: with a last word, or without a trace on a terminal. */
  done(text?: string): void;
}

/**
 * One line on stderr about work that takes long, so that stdout stays for results. On a terminal the line is rewritten in place;
 * elsewhere a line is added at most every few seconds. Holds no timer: it never keeps a process alive.
 */
export function startProgress(options: ProgressOptions = {}): Progress {
  const { stream = process.stderr, now = () => performance.now(), terminalEveryMs = 100, logEveryMs = 5_000 } = options;
  const terminal = stream.isTTY === true;
  const everyMs = terminal ? terminalEveryMs : logEveryMs;
  let shownAt = -Infinity;
  let shown = '';

  const show = (text: string) => {
    if (text === shown) return;
    // one column stays free: a full line would wrap, and only its second half could be rewritten
    stream.write(terminal ? `${REWRITE}${shorten(text, surfaceOf(stream).width - 1)}` : `${text}\n`);
    shown = text;
    shownAt = now();
  };
  const update = (text: string) => {
    if (now() - shownAt >= everyMs) show(text);
  };

  return {
    update,
    count(done, total, label) {
      const text = `${label} ${done}/${total}`;
      if (done >= total) show(text);
      else update(text);
    },
    done(text) {
      if (text !== undefined) show(text);
      if (terminal && shown !== '') stream.write(text === undefined ? REWRITE : '\n');
      shown = '';
      shownAt = -Infinity;
    },
  };
}

/** To the first column, and blank to the end of the line. */
const REWRITE = '\r\u001b[K';
