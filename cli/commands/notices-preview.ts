import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { InvalidArgumentError, Option, type Command } from 'commander';
import { locales, messagesOf, type Locale, type Messages } from '../../channels/messages';
import { previewDigest } from '../../channels/messages/preview';
import { parseTemplates, withTemplates } from '../../channels/messages/templates';
import { badInput } from '../../domain/failure';
import { readJsonFile, writeOutputFile } from '../files';
import { print } from '../output';

const MOST_ITEMS = 1_000;

interface PreviewFlags {
  templates?: string;
  locale?: Locale;
  items: number;
  detail: 'reference' | 'full';
  out?: string;
  force?: true;
}

/** `notices preview`: how a digest reads, in a language or an office's own wording, without any data. */
export function addPreview(notices: Command): Command {
  notices
    .command('preview')
    .description('用虚构事项预览每日汇总邮件；--templates 同时检查模板文件')
    .option('--templates <文件>', '改写句子的模板文件（JSON）')
    .addOption(new Option('--locale <语言>', '语言（默认 zh-CN，有模板文件时以其为准）').choices(locales))
    .option('--items <数量>', `虚构事项的数量，0 至 ${MOST_ITEMS}`, itemsArgument, 6)
    .addOption(new Option('--detail <详略>', '只列编号或列出内容').choices(['reference', 'full']).default('full'))
    .option('--out <目录>', '把文本、网页和附件写入目录')
    .option('--force', '覆盖已有文件')
    .action(async (flags: PreviewFlags) => {
      const messages = await wordingOf(flags);
      const { subject, text, html, attachments } = await previewDigest(messages, { items: flags.items, detail: flags.detail });
      if (flags.out === undefined) {
        print(subject, '', text);
        return;
      }
      const files = [
        { filename: 'digest.txt', content: `${subject}\n\n${text}` },
        { filename: 'digest.html', content: html },
        ...attachments,
      ];
      await makeDirectory(flags.out);
      for (const { filename, content } of files) {
        const file = path.join(flags.out, filename);
        await writeOutputFile(file, content, { overwrite: flags.force === true });
        print(`已写入 ${file}`);
      }
    });
  return notices;
}

async function wordingOf({ templates, locale }: PreviewFlags): Promise<Messages> {
  if (templates === undefined) return messagesOf(locale ?? 'zh-CN');
  const read = parseTemplates(await readJsonFile(templates));
  if (locale !== undefined && locale !== read.locale) {
    throw badInput('template.locale', `模板文件的语言是 ${read.locale}，不是 ${locale}。`, '请去掉 --locale，或换一个模板文件。');
  }
  return withTemplates(read);
}

async function makeDirectory(directory: string): Promise<void> {
  await mkdir(directory, { recursive: true }).catch((error: unknown) => {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    throw badInput('file.unwritable', `不能建立目录${directory}：${code}。`, '请检查路径和权限。');
  });
}

function itemsArgument(text: string): number {
  if (!/^\d{1,4}$/.test(text) || Number(text) > MOST_ITEMS) throw new InvalidArgumentError(`应为 0 至 ${MOST_ITEMS} 的整数。`);
  return Number(text);
}
