import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { draftSchema } from '../../intake/draft';
import { removeTemporaryDirs, temporaryDir } from '../support/servers';
import { build, expectRefusal, lastObject, zhenggai } from './support';

jest.setTimeout(60_000); // real processes

beforeAll(build);
afterAll(removeTemporaryDirs);

/** The names of the commands in the help of a command. */
const commandsIn = (help: string): string[] =>
  [...(/^命令\n((?: .*\n)+)/m.exec(help)?.[1] ?? '').matchAll(/^ {2}([\w-]+) /gm)]
    .map(([, name = '']) => name)
    .filter((name) => name !== 'help');

/** The help of a command and of all below it. */
async function helpOf(...names: string[]): Promise<[string, string][]> {
  const { code, stdout, stderr } = await zhenggai([...names, '--help']);
  expect({ names, code, stderr }).toEqual({ names, code: 0, stderr: '' });
  const below: [string, string][] = [];
  for (const name of commandsIn(stdout)) below.push(...(await helpOf(...names, name)));
  return [[names.join(' '), stdout], ...below];
}

describe('usage', () => {
  test('every command says in Chinese what it does', async () => {
    const helps = await helpOf();
    const names = ['start', 'demo', 'read', 'import', 'issue list', 'issue show', 'issue do', 'issue batch', 'round show', 'round do',
      'round proposals', 'round as-of', 'party import', 'party handovers', 'party sign', 'policy check', 'policy preview', 'policy put',
      'calendar enter', 'forecast', 'verify', 'recover', 'reconcile', 'notices list', 'notices called', 'feed create', 'paper', 'doctor', 'account'];
    expect(helps.map(([name]) => name)).toEqual(expect.arrayContaining(names));
    for (const [name, help] of helps) {
      expect({ name, description: help.split('\n')[2] }).toEqual({ name, description: expect.stringMatching(/\p{Script=Han}/u) as string });
      expect({ name, help }).toEqual({ name, help: expect.not.stringMatching(/Usage|Options|Arguments|Commands|display help|default|choices/) as string });
      for (const [, described = ''] of help.matchAll(/^ {2}(?:-|--)\S.* {2,}(.*)$/gm)) expect(described).toMatch(/\p{Script=Han}/u);
    }
  }); // prettier-ignore

  test('the help of a command for scripts shows every command and its fields', async () => {
    for (const [name, ...said] of [
      ['issue do', 'proposePlan', 'measures [rootCause] [widerCheck]', 'answerCoordination', 'newDueOn reason progress [measureId]'],
      ['issue batch', 'acknowledge', 'result seen', '--except', '--decided-by'],
      ['round do', 'planRoundCheckBack', 'mode seed checkers [chosen]', 'received handling settled [released]', '--paper-on'],
    ] as const) {
      const { stdout } = await zhenggai([...name.split(' '), '--help']);
      for (const one of said) expect({ name, help: stdout }).toEqual({ name, help: expect.stringContaining(one) as string });
    }
  });

  test('the version is that of the package', async () => {
    expect(await zhenggai(['--version'])).toEqual({ code: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) as string, stderr: '' });
  });

  test('no command at all shows the help, as an error', async () => {
    const { code, stderr } = await zhenggai([]);
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('用法 zhenggai') as string });
  });

  test('what cannot be understood is exit 2, with a sentence', async () => {
    for (const [said, ...args] of [
      ['是否想写 verify？', 'verfy'],
      ['的值“70000”不正确', 'start', '--port', '70000'],
      ['缺少选项 --round', 'policy', 'preview', 'audit'],
    ] as const) {
      const result = await zhenggai(args);
      expectRefusal(result, 'usage');
      expect(result.stderr).toContain(said);
    }
  });

  test('what contradicts itself is told before anything is looked for', async () => {
    expectRefusal(await zhenggai(['forecast']), 'forecast.missing');
    expectRefusal(await zhenggai(['calendar', 'enter', '2027']), 'calendar.nothing');
    expectRefusal(await zhenggai(['calendar', 'enter', '2027', '--off', '13-40']), 'calendar.days');
    expectRefusal(await zhenggai(['policy', 'check', 'nowhere.json']), 'file.unreadable');
    expectRefusal(await zhenggai(['party', 'export', 'people.doc']), 'file.kind');
  });

  test('a wrong variable of the environment is named', async () => {
    const result = await zhenggai(['start'], { ZHENGGAI_PORT: 'eighty' });
    expectRefusal(result, 'config');
    expect(result.stderr).toContain('ZHENGGAI_PORT');
  });
});

describe('read', () => {
  test('the sample, for scripts and for people', async () => {
    const json = await zhenggai(['read', 'samples/report.txt', '--json']);
    expect(json).toMatchObject({ code: 0, stderr: '' });
    const draft = draftSchema.parse(lastObject(json));
    expect(draft.issues).toHaveLength(16);
    expect(draft.findings).toMatchObject([{ severity: 'error', message: expect.stringMatching(/31.*33/) as string }]);
    const { code, stdout } = await zhenggai(['read', 'samples/report.txt']);
    expect(code).toBe(0);
    for (const said of ['16个，3个方面，8项', '借调人员管理不规范', '处理：立案', '需要核对']) expect(stdout).toContain(said);
  });

  const files: readonly (readonly [what: string, code: string, bytes: Buffer | null])[] = [
    ['missing', 'fileNotFound', null],
    ['empty', 'fileEmpty', Buffer.alloc(0)],
    ['binary', 'notText', Buffer.from(Array.from({ length: 4_096 }, (_, n) => (n * 7919) % 251))],
    ['a broken Word file', 'docxBroken', Buffer.from('PK\u0003\u0004....word/document.xml', 'latin1')],
    ['a presentation', 'formatNotReadable', Buffer.from('PK\u0003\u0004....ppt/presentation.xml', 'latin1')],
  ];
  test.each(files)('a file that is %s is refused', async (_what, code, bytes) => {
    const file = path.join(temporaryDir(), 'report.txt');
    if (bytes !== null) writeFileSync(file, bytes);
    expectRefusal(await zhenggai(['read', file, '--json']), code);
  });

  const article = path.resolve(__dirname, '../../../shared/seeds/004_97f4847e48af79c4.txt');
  (existsSync(article) ? test : test.skip)(
    'an article without findings is read and says so; demo refuses it before anything starts',
    async () => {
      const draft = draftSchema.parse(lastObject(await zhenggai(['read', article, '--json'])));
      expect(draft.findings).toMatchObject([{ code: 'noFindings', severity: 'error' }]);
      const before = demoDirs();
      const refused = await zhenggai(['demo', article, '--days', '5', '--json']);
      expectRefusal(refused, 'draft.noIssues');
      expect(demoDirs().filter((name) => !before.includes(name))).toEqual([]);
    },
  );
});

const demoDirs = (): string[] => readdirSync(tmpdir()).filter((name) => name.startsWith('zhenggai-demo-'));
