import { z } from 'zod';
import type { ZhenggaiError } from '../domain/failure';
import { badInput } from '../domain/failure';
import type { ShortChannel } from './channel';
import { Secret } from './channel';
import { createDingtalkRobot } from './robot-dingtalk';
import { createFeishuRobot } from './robot-feishu';
import { createWecomRobot } from './robot-wecom';
import { createWebhookChannel, isWebhookSecret } from './webhook';

const name = z.string().trim().min(1).max(40);
const hidden = z
  .string()
  .min(1)
  .max(200)
  .transform((text) => new Secret(text));
const webAddress = z
  .string()
  .max(1_000)
  .refine((text) => /^https?:\/\//i.test(text) && URL.canParse(text))
  .transform((text) => new Secret(text));
const common = {
  name,
  url: webAddress,
  /** The address lies in the office network: http without encryption is accepted. */
  allowHttp: z.boolean().default(false),
  timeoutMs: z.int().min(1_000).max(60_000).default(10_000),
};

const shapes = {
  wecom: z.strictObject({ ...common, type: z.literal('wecom'), format: z.enum(['markdown', 'text']).default('markdown') }),
  dingtalk: z.strictObject({ ...common, type: z.literal('dingtalk'), secret: hidden.optional() }),
  feishu: z.strictObject({ ...common, type: z.literal('feishu'), secret: hidden.optional() }),
  webhook: z.strictObject({
    ...common,
    type: z.literal('webhook'),
    secrets: z
      .array(
        z
          .string()
          .refine(isWebhookSecret)
          .transform((text) => new Secret(text)),
      )
      .min(1)
      .max(4),
  }),
};

/** One channel as configured. Addresses of robots hold their keys, so they are secrets too. */
export type ChannelConfig = { [T in keyof typeof shapes]: z.output<(typeof shapes)[T]> }[keyof typeof shapes];

/** What each field should be, for people. */
const expected: Readonly<Record<string, string>> = {
  name: '1至40个字的名称',
  url: '以 https:// 开头的地址；办公内网的 http 地址须同时写 "allowHttp": true',
  allowHttp: 'true 或 false',
  timeoutMs: '1000 到 60000 的整数（毫秒）',
  format: 'markdown 或 text',
  secret: '机器人安全设置页上的密钥',
  secrets: '一至四个 whsec_ 开头的密钥（24至64个字节的 base64）',
};

const types = Object.keys(shapes).join('、');

/**
 * Reads the list of channels: `[{ "name": "局工作群", "type": "wecom", "url": … }, …]`. Throws badInput that names the entry and
 * the field, and never a value: any of them may be a key in the wrong place.
 */
export function readChannels(json: string): ChannelConfig[] {
  const list = z.array(z.looseObject({})).safeParse(jsonOf(json));
  if (!list.success) throw badInput('channels.json', '通知渠道的配置不是一个 JSON 列表。', '请写成 [{ "name": …, "type": …, "url": … }]。');
  const channels = list.data.map(readOne);
  channels.forEach((channel, index) => {
    const first = channels.findIndex((other) => other.name === channel.name);
    if (first === index) return;
    throw badInput('channels.doubled', `通知渠道第${index + 1}项与第${first + 1}项同名：${channel.name}。`, '请给每个渠道起不同的名称。');
  });
  return channels;
}

/** The channel of a configuration. */
export function openChannel(config: ChannelConfig): ShortChannel {
  switch (config.type) {
    case 'wecom':
      return createWecomRobot(config);
    case 'dingtalk':
      return createDingtalkRobot(given(config));
    case 'feishu':
      return createFeishuRobot(given(config));
    case 'webhook':
      return createWebhookChannel(config);
  }
}

function readOne(entry: Record<string, unknown>, index: number): ChannelConfig {
  const parsedName = name.safeParse(entry.name);
  const where = `通知渠道第${index + 1}项${parsedName.success ? `“${parsedName.data}”` : ''}`;
  const shape = typeof entry.type === 'string' && Object.hasOwn(shapes, entry.type) ? shapes[entry.type as keyof typeof shapes] : undefined;
  if (shape === undefined) throw badInput('channels.type', `${where}的 type 不认识。`, `type 应为 ${types} 之一。`);
  const parsed = shape.safeParse(entry);
  if (!parsed.success) throw wrongField(where, parsed.error.issues[0]);
  if (!isSafe(parsed.data)) throw wrongField(where, { path: ['url'] });
  return parsed.data;
}

function wrongField(where: string, issue: { readonly path: readonly PropertyKey[] } | undefined): ZhenggaiError {
  const field = String(issue?.path[0] ?? '');
  const meant = expected[field];
  if (meant === undefined) return badInput('channels.field', `${where}有多余的字段。`, '请只写该类型的字段，并检查拼写。');
  return badInput(`channels.${field}`, `${where}的 ${field} 无效或缺少。`, `应为${meant}。`);
}

/** Keys and signatures travel in the address: in the clear only on this machine, or where the office says it is its own network. */
function isSafe({ url, allowHttp }: ChannelConfig): boolean {
  const { protocol, hostname } = new URL(url.reveal());
  return protocol === 'https:' || allowHttp || /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
}

function given<C extends { readonly secret?: Secret | undefined }>({ secret, ...rest }: C): Omit<C, 'secret'> & { secret?: Secret } {
  return secret === undefined ? rest : { ...rest, secret };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
