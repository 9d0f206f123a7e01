import type { Command, Help, HelpConfiguration, Option } from 'commander';
import stringWidth from 'string-width';

/** Makes a command and all below it speak Chinese: headings, columns, usage errors. The exit code is left to cli/exit.ts. */
export function dress(command: Command): void {
  command
    .exitOverride()
    .helpOption('-h, --help', '显示帮助')
    .configureHelp(chineseHelp)
    .configureOutput({
      outputError: (message, write) => {
        write(`错误：${usageError(message)}请用 ${pathOf(command)} --help 查看用法。[usage]\n`);
      },
    });
  for (const inner of command.commands) dress(inner.helpCommand(false));
}

const headings: Readonly<Record<string, string>> = { 'Usage:': '用法', 'Arguments:': '参数', 'Options:': '选项', 'Commands:': '命令' };

const chineseHelp: HelpConfiguration = {
  styleTitle: (title) => headings[title] ?? title,
  styleUsage: inChinese,
  styleSubcommandTerm: inChinese,
  optionDescription,
  displayWidth: (text) => stringWidth(text),
  boxWrap: wrap,
};

/** commander's own placeholders of a usage line. */
function inChinese(this: Help, usage: string): string {
  return usage.replace('[options]', '[选项]').replace('[command]', '<命令>');
}

function optionDescription(this: Help, option: Option): string {
  const extra = [
    ...(option.argChoices ? [`可选 ${option.argChoices.join('、')}`] : []),
    ...(option.defaultValue === undefined ? [] : [`默认 ${String(option.defaultValue)}`]),
    ...(option.envVar === undefined ? [] : [`也可用环境变量 ${option.envVar}`]),
  ];
  return extra.length > 0 ? `${option.description}（${extra.join('；')}）` : option.description;
}

/** Lines of at most `width` columns, broken at blanks and between Chinese characters; no line begins with a closing mark. */
function wrap(text: string, width: number): string {
  const lines: string[] = [];
  for (const paragraph of text.split('\n')) {
    let line = '';
    for (const [piece] of paragraph.matchAll(/\s*(?:[!-~]+|[^\s!-~])[,.;:)，。、；：）”]*/gu)) {
      if (line !== '' && stringWidth(line + piece) > width) {
        lines.push(line);
        line = piece.trimStart();
      } else line += piece;
    }
    lines.push(line);
  }
  return lines.join('\n');
}

const usageErrors: readonly (readonly [RegExp, (...parts: string[]) => string])[] = [
  [/^unknown option '(.+)'/, (option) => `没有选项 ${option}。`],
  [/^unknown command '(.+)'/, (name) => `没有命令 ${name}。`],
  [/^missing required argument '(.+)'/, (name) => `缺少参数 <${name}>。`],
  [/^option '(.+)' argument missing/, (option) => `选项 ${option} 没有写值。`],
  [/^required option '(.+)' not specified/, (option) => `缺少选项 ${option}。`],
  [/^too many arguments.*Expected (\d+) .*got (\d+)/, (expected, got) => `参数过多：应有${expected}个，写了${got}个。`],
  [
    /^option '(.+)' (?:argument|value) '(.*)' (?:from env '.+' )?is invalid\. (.*)/,
    (option, value, why) => `选项 ${option} 的值“${value}”不正确。${why}`,
  ],
  [
    /^command-argument value '(.*)' is invalid for argument '(.+)'\. (.*)/,
    (value, name, why) => `参数 <${name}> 的值“${value}”不正确。${why}`,
  ],
];

/** commander's English sentence in Chinese, one line, with its suggestion. */
function usageError(message: string): string {
  const [sentence = '', suggestion = ''] = message
    .trim()
    .replace(/^error: /, '')
    .split('\n');
  const meant = /Did you mean (?:one of )?(.+)\?/.exec(suggestion)?.[1];
  for (const [pattern, told] of usageErrors) {
    const found = pattern.exec(sentence);
    if (found)
      return `${told(...found.slice(1)).replace(/Allowed choices are (.*)\.$/, '可选：$1。')}\n${meant === undefined ? '' : `是否想写 ${meant}？`}`;
  }
  return `${sentence}\n`;
}

/** `zhenggai issue do`. */
const pathOf = (command: Command): string => (command.parent ? `${pathOf(command.parent)} ${command.name()}` : command.name());
