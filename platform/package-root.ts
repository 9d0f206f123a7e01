import { existsSync } from 'node:fs';
import path from 'node:path';

/** The folder of package.json: the same from a checkout (platform/), from dist/platform/ and from an installed package. */
export function packageRoot(): string {
  for (let at = __dirname; ; at = path.dirname(at)) {
    if (existsSync(path.join(at, 'package.json'))) return at;
    if (at === path.dirname(at)) throw new Error(`no package.json above ${__dirname}`);
  }
}
