import path from 'node:path';
import { badInput } from '../domain/failure';
import { environment, metaOf } from './config-variables';

type VariableName = keyof typeof environment.shape;

/** What the program is told by its environment. An address that is undefined means: embedded. */
export interface Config {
  /** Absolute. */
  readonly dataDir: string;
  readonly host: string;
  readonly port: number;
  /** Without a slash at its end. */
  readonly baseUrl: string;
  readonly mailFrom: string;
  readonly noticeDetail: 'reference' | 'full';
  readonly noticeLocale: 'zh-CN' | 'en';
  /** The office's own wording of notices, a JSON file. */
  readonly noticeTemplates: string | undefined;
  readonly mailMaxBytes: number;
  readonly messagesPerMinute: number | undefined;
  /** Robots and webhooks, a JSON file. */
  readonly channels: string | undefined;
  readonly databaseUrl: string | undefined;
  readonly migrationDatabaseUrl: string | undefined;
  readonly postgresPort: number | undefined;
  readonly temporalAddress: string | undefined;
  readonly temporalNamespace: string;
  readonly temporalBin: string | undefined;
  readonly temporalPort: number | undefined;
  readonly temporalUiPort: number | undefined;
  readonly smtpUrl: string | undefined;
  readonly smtpPort: number | undefined;
  readonly inboxPort: number | undefined;
}

/**
 * Reads the environment; an empty variable counts as not set. ZhenggaiError badInput names the variable and what it may be.
 * @param flags what the command line says instead; it wins.
 */
export function readConfig(env: NodeJS.ProcessEnv = process.env, flags: { dataDir?: string; port?: number } = {}): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = environment.safeParse(given);
  if (!parsed.success) throw wrong(parsed.error.issues[0]?.path[0] as VariableName, given);
  const e = parsed.data;
  if (e.MIGRATION_DATABASE_URL !== undefined && e.DATABASE_URL === undefined) throw wrong('MIGRATION_DATABASE_URL', given);
  const pagePort = flags.port ?? e.ZHENGGAI_PORT;
  return {
    dataDir: path.resolve(flags.dataDir ?? e.ZHENGGAI_DATA_DIR),
    host: e.ZHENGGAI_HOST,
    port: pagePort,
    baseUrl: (
      e.ZHENGGAI_BASE_URL ?? `http://${e.ZHENGGAI_HOST.includes(':') ? `[${e.ZHENGGAI_HOST}]` : e.ZHENGGAI_HOST}:${pagePort}`
    ).replace(/\/+$/, ''),
    mailFrom: e.ZHENGGAI_MAIL_FROM,
    noticeDetail: e.ZHENGGAI_NOTICE_DETAIL,
    noticeLocale: e.ZHENGGAI_NOTICE_LOCALE,
    noticeTemplates: e.ZHENGGAI_NOTICE_TEMPLATES,
    mailMaxBytes: e.ZHENGGAI_MAIL_MAX_BYTES,
    messagesPerMinute: e.ZHENGGAI_MESSAGES_PER_MINUTE,
    channels: e.ZHENGGAI_CHANNELS,
    databaseUrl: e.DATABASE_URL,
    migrationDatabaseUrl: e.MIGRATION_DATABASE_URL,
    postgresPort: e.ZHENGGAI_POSTGRES_PORT,
    temporalAddress: e.TEMPORAL_ADDRESS,
    temporalNamespace: e.TEMPORAL_NAMESPACE,
    temporalBin: e.TEMPORAL_BIN,
    temporalPort: e.ZHENGGAI_TEMPORAL_PORT,
    temporalUiPort: e.ZHENGGAI_TEMPORAL_UI_PORT,
    smtpUrl: e.SMTP_URL,
    smtpPort: e.ZHENGGAI_SMTP_PORT,
    inboxPort: e.ZHENGGAI_INBOX_PORT,
  };
}

/** One row of the printable table. */
export interface ConfigRow {
  readonly name: string;
  readonly default: string;
  readonly meaning: string;
}

/** All variables with their defaults and meanings. */
export function configTable(): ConfigRow[] {
  const defaults: Record<string, unknown> = environment.parse({});
  return Object.entries(environment.shape).map(([name, schema]) => {
    const { meaning, otherwise } = metaOf(schema);
    const value = defaults[name];
    return { name, default: typeof value === 'string' || typeof value === 'number' ? String(value) : `（${otherwise ?? '无'}）`, meaning };
  });
}

/** What the environment sets, without what must not be shown. */
export const openSettings = (env: NodeJS.ProcessEnv = process.env): Record<string, string> =>
  Object.fromEntries(
    Object.entries(environment.shape).flatMap(([name, schema]) => {
      const value = env[name];
      return value === undefined || value === '' || metaOf(schema).secret === true ? [] : [[name, value]];
    }),
  );

/** Variables that look like ours but are none: probably misspelt. */
export const unknownVariables = (env: NodeJS.ProcessEnv = process.env): string[] =>
  Object.keys(env).filter((name) => name.startsWith('ZHENGGAI_') && !(name in environment.shape) && !forOneCommand.includes(name));

/** Variables that belong to a single command and not to the configuration: who acts, and whether defects show their stack. */
const forOneCommand = ['ZHENGGAI_TOKEN', 'ZHENGGAI_DEBUG', 'ZHENGGAI_TEST_SERVICES', 'ZHENGGAI_LIVES', 'ZHENGGAI_SEED'];

function wrong(name: VariableName, given: Record<string, string | undefined>) {
  const { expected, secret } = metaOf(environment.shape[name]);
  const value = secret === true ? '' : `「${given[name] ?? ''}」`;
  return badInput('config', `环境变量 ${name} 的值${value}不正确。`, `应为${expected}；改正后重试，或去掉该变量。`);
}
