import { Command, InvalidArgumentError, Option } from 'commander';
import stringWidth from 'string-width';
import { dress } from '../../cli/help';

/** A program with every sort of thing that can be wrong; returns what it says and how it ends. */
function run(...args: string[]): { said: string; code: string } {
  let said = '';
  const write = (text: string) => (said += text);
  const number = (text: string) => {
    if (!/^\d+$/.test(text)) throw new InvalidArgumentError('应为整数。');
    return Number(text);
  };
  const root = new Command('zhenggai').helpCommand('help [命令]', '显示某个命令的帮助').addCommand(
    new Command('issue').description('台账').addCommand(
      new Command('do')
        .description('办理一个问题'.repeat(12))
        .argument('<编号>', '如 R1-001', number)
        .option('--days <天数>', '天数', number, 30)
        .addOption(new Option('--phase <阶段>', '阶段').choices(['a', 'b']))
        .addOption(new Option('--token <令牌>', '令牌').env('ZHENGGAI_TOKEN'))
        .requiredOption('--round <轮次>', '轮次')
        .action(() => undefined),
    ),
  );
  dress(root);
  const all = (command: Command): Command[] => [command, ...command.commands.flatMap(all)];
  for (const command of all(root)) command.configureOutput({ writeOut: write, writeErr: write });
  try {
    root.parse(args, { from: 'user' });
    return { said, code: 'done' };
  } catch (error) {
    return { said, code: (error as { code: string }).code };
  }
}

test.each([
  [['frob'], '没有命令 frob。\n请用 zhenggai --help 查看用法。', 'unknownCommand'],
  [['isue'], '没有命令 isue。\n是否想写 issue？请用 zhenggai --help 查看用法。', 'unknownCommand'],
  [['issue', 'frob'], '没有命令 frob。\n请用 zhenggai issue --help 查看用法。', 'unknownCommand'],
  [
    ['issue', 'do', '1', '--round', 'R1', '--dys', '3'],
    '没有选项 --dys。\n是否想写 --days？请用 zhenggai issue do --help 查看用法。',
    'unknownOption',
  ],
  [['issue', 'do', '--round', 'R1'], '缺少参数 <编号>。', 'missingArgument'],
  [['issue', 'do', '1', '--round'], '选项 --round <轮次> 没有写值。', 'optionMissingArgument'],
  [['issue', 'do', '1'], '缺少选项 --round <轮次>。', 'missingMandatoryOptionValue'],
  [['issue', 'do', '1', '2', '--round', 'R1'], '参数过多：应有1个，写了2个。', 'excessArguments'],
  [['issue', 'do', '1', '--round', 'R1', '--days', 'x'], '选项 --days <天数> 的值“x”不正确。应为整数。', 'invalidArgument'],
  [['issue', 'do', 'x', '--round', 'R1'], '参数 <编号> 的值“x”不正确。应为整数。', 'invalidArgument'],
  [['issue', 'do', '1', '--round', 'R1', '--phase', 'c'], '选项 --phase <阶段> 的值“c”不正确。可选：a, b。', 'invalidArgument'],
])('%j is told in Chinese: what, and what to do', (args, told, code) => {
  expect(run(...args)).toEqual({ said: expect.stringContaining(`错误：${told}`) as string, code: `commander.${code}` });
  expect(run(...args).said).toMatch(/\[usage\]\n$/);
});

test('the help is in Chinese, aligned, and fits', () => {
  const { said, code } = run('issue', 'do', '--help');
  expect(code).toBe('commander.helpDisplayed');
  expect(said.split('\n')).toEqual(
    expect.arrayContaining([
      '用法 zhenggai issue do [选项] <编号>',
      '参数',
      '  编号            如 R1-001',
      '选项',
      '  --days <天数>   天数（默认 30）',
      '  --phase <阶段>  阶段（可选 a、b）',
      '  --token <令牌>  令牌（也可用环境变量 ZHENGGAI_TOKEN）',
      '  -h, --help      显示帮助',
    ]),
  );
  for (const line of said.split('\n')) expect(stringWidth(line)).toBeLessThanOrEqual(80);
});
