/** Tells a person, one Chinese line at a time, what is being done. */
export type Report = (line: string) => void;

/** Says `line` at once and then every `everyMs` with the seconds gone, until the work is done. */
export async function withProgress<T>(report: Report, line: string, work: () => Promise<T>, everyMs = 10_000): Promise<T> {
  const begun = Date.now();
  report(`${line}…`);
  const timer = setInterval(() => {
    report(`${line}…已用 ${Math.round((Date.now() - begun) / 1000)} 秒`);
  }, everyMs);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}
