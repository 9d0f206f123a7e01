import { z } from 'zod';

/** Every variable says what it means and what it may be; the printed table and the error sentences come from here. */
export interface VariableMeta {
  readonly meaning: string;
  readonly expected: string;
  /** What happens when it is not set and has no default value. */
  readonly otherwise?: string;
  /** Its value must not be shown. */
  readonly secret?: true;
}

const about = z.registry<VariableMeta>();
const PORT = '1 到 65535 的整数';
const INNER_PORT = '自动选一个空闲端口并记住';

const port = () =>
  z
    .string()
    .regex(/^\d{1,5}$/)
    .transform(Number)
    .pipe(z.int().min(1).max(65_535));
const url = (...protocols: string[]) =>
  z.string().refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol) && new URL(text).hostname !== '');
const withMeta = <S extends z.ZodType>(schema: S, meta: VariableMeta): S => {
  about.add(schema, meta);
  return schema;
};

/** The environment. Names are stable: scripts and service files rest on them. */
export const environment = z.object({
  ZHENGGAI_DATA_DIR: withMeta(z.string().default('.zhenggai'), { meaning: '数据目录（相对路径从当前目录算起）', expected: '目录路径' }),
  ZHENGGAI_HOST: withMeta(
    z
      .string()
      .regex(/^[\w.:-]+$/)
      .default('127.0.0.1'),
    {
      meaning: '网页和接口监听的地址；只有 127.0.0.1 时仅本机可用',
      expected: 'IP 地址或主机名',
    },
  ),
  ZHENGGAI_PORT: withMeta(port().default(8080), { meaning: '网页和接口的端口', expected: PORT }),
  ZHENGGAI_BASE_URL: withMeta(url('http:', 'https:').optional(), {
    meaning: '邮件中链接的开头，即用户打开网页的地址',
    expected: '以 http:// 或 https:// 开头的地址',
    otherwise: '由地址和端口得出',
  }),
  ZHENGGAI_MAIL_FROM: withMeta(
    z
      .string()
      .regex(/^(?:[^<>\r\n]*<)?[^<>@\s]+@[^<>@\s]+>?$/)
      .default('整改管理系统 <zhenggai@localhost>'),
    {
      meaning: '发件人',
      expected: '邮箱地址，如 整改办 <zgb@example.gov.cn>',
    },
  ),
  ZHENGGAI_NOTICE_DETAIL: withMeta(z.enum(['reference', 'full']).default('reference'), {
    meaning: '邮件写到什么程度：reference 只写编号、件数、期限和链接，full 写明内容（只用于内网邮件服务器）',
    expected: 'reference 或 full',
  }),
  ZHENGGAI_NOTICE_LOCALE: withMeta(z.enum(['zh-CN', 'en']).default('zh-CN'), { meaning: '通知的语言', expected: 'zh-CN 或 en' }),
  ZHENGGAI_NOTICE_TEMPLATES: withMeta(z.string().optional(), {
    meaning: '本单位自己的通知措辞（JSON 文件；用 notices preview 预览）',
    expected: '文件路径',
    otherwise: '使用自带的措辞',
  }),
  ZHENGGAI_MAIL_MAX_BYTES: withMeta(
    z
      .string()
      .regex(/^\d{5,9}$/)
      .transform(Number)
      .default(10 * 1024 * 1024),
    { meaning: '一封邮件的最大字节数；超过的附件改为链接', expected: '字节数，至少 10000' },
  ),
  ZHENGGAI_MESSAGES_PER_MINUTE: withMeta(
    z
      .string()
      .regex(/^\d{1,5}$/)
      .transform(Number)
      .pipe(z.int().min(1))
      .optional(),
    { meaning: '每分钟最多发出多少封通知', expected: '正整数', otherwise: '不限' },
  ),
  ZHENGGAI_CHANNELS: withMeta(z.string().optional(), {
    meaning: '群机器人和 webhook（JSON 文件，每项有 name、type、url）',
    expected: '文件路径',
    otherwise: '只发邮件',
  }),
  DATABASE_URL: withMeta(url('postgres:', 'postgresql:').optional(), {
    meaning: '已有 PostgreSQL 的地址（应用账户）',
    expected: '以 postgresql:// 开头的地址',
    otherwise: '使用内置 PostgreSQL',
    secret: true,
  }),
  MIGRATION_DATABASE_URL: withMeta(url('postgres:', 'postgresql:').optional(), {
    meaning: '已有 PostgreSQL 的地址（属主账户，用于建表和升级）',
    expected: '以 postgresql:// 开头的地址，并与 DATABASE_URL 一同设置',
    otherwise: '同 DATABASE_URL',
    secret: true,
  }),
  ZHENGGAI_POSTGRES_PORT: withMeta(port().optional(), { meaning: '内置 PostgreSQL 的端口', expected: PORT, otherwise: INNER_PORT }),
  TEMPORAL_ADDRESS: withMeta(
    z
      .string()
      .regex(/^[\w.-]+:\d{1,5}$/)
      .optional(),
    {
      meaning: '已有 Temporal 服务的地址',
      expected: '主机:端口，如 127.0.0.1:7233',
      otherwise: '使用内置 Temporal',
    },
  ),
  TEMPORAL_NAMESPACE: withMeta(
    z
      .string()
      .regex(/^[A-Za-z0-9][\w.-]*$/)
      .default('default'),
    {
      meaning: 'Temporal 命名空间',
      expected: '字母、数字、点、横线',
    },
  ),
  TEMPORAL_BIN: withMeta(z.string().optional(), {
    meaning: 'temporal 程序的路径',
    expected: '文件路径',
    otherwise: '依次取 PATH、缓存、下载、编译',
  }),
  ZHENGGAI_TEMPORAL_PORT: withMeta(port().optional(), { meaning: '内置 Temporal 的端口', expected: PORT, otherwise: INNER_PORT }),
  ZHENGGAI_TEMPORAL_UI_PORT: withMeta(port().optional(), { meaning: '内置 Temporal 网页的端口', expected: PORT, otherwise: INNER_PORT }),
  SMTP_URL: withMeta(url('smtp:', 'smtps:').optional(), {
    meaning: '邮件服务器，如 smtps://用户:密码@mail.example.gov.cn:465',
    expected: '以 smtp:// 或 smtps:// 开头的地址',
    otherwise: '使用内置收件箱，不向外投递',
    secret: true,
  }),
  ZHENGGAI_SMTP_PORT: withMeta(port().optional(), { meaning: '内置收件箱收信的端口', expected: PORT, otherwise: INNER_PORT }),
  ZHENGGAI_INBOX_PORT: withMeta(port().optional(), { meaning: '内置收件箱网页的端口', expected: PORT, otherwise: INNER_PORT }),
});

/** What a variable means. */
export function metaOf(schema: z.ZodType): VariableMeta {
  const meta = about.get(schema);
  if (meta === undefined) throw new Error('a variable without a description');
  return meta;
}
