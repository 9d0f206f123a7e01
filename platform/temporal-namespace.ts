import type { Connection } from '@temporalio/client';
import { badInput } from '../domain/failure';

/** The numbers of temporal.api.enums.v1.IndexedValueType. */
const KINDS = { Text: 1, Keyword: 2, Int: 3, Double: 4, Bool: 5, Datetime: 6, KeywordList: 7 } as const;

export type SearchAttributeKind = keyof typeof KINDS;
/** Name → type. */
export type SearchAttributes = Readonly<Record<string, SearchAttributeKind>>;

/** Closed workflows stay visible this long (the dev server's default is one day). Nothing of ours reads them. */
const RETENTION_SECONDS = 720 * 3600;

/** Raises the retention of a namespace; does nothing when it is right. */
export async function ensureRetention({ workflowService }: Connection, namespace: string): Promise<void> {
  const { config } = await workflowService.describeNamespace({ namespace });
  if (Number(config?.workflowExecutionRetentionTtl?.seconds ?? 0) === RETENTION_SECONDS) return;
  await workflowService.updateNamespace({ namespace, config: { workflowExecutionRetentionTtl: { seconds: RETENTION_SECONDS as never } } });
}

/** Registers what is missing. Refuses when one exists with another type: the server can't change that. */
export async function ensureSearchAttributes({ operatorService }: Connection, namespace: string, wanted: SearchAttributes): Promise<void> {
  const { customAttributes } = await operatorService.listSearchAttributes({ namespace });
  const missing: Record<string, number> = {};
  for (const [name, kind] of Object.entries(wanted)) {
    const present = customAttributes[name];
    if (present === undefined) missing[name] = KINDS[kind];
    else if ((present as number) !== KINDS[kind]) {
      throw badInput(
        'search-attribute-type',
        `Temporal 命名空间 ${namespace} 中的检索字段 ${name} 已是另一种类型。`,
        '请为本程序单独使用一个命名空间（TEMPORAL_NAMESPACE）。',
      );
    }
  }
  if (Object.keys(missing).length > 0) await operatorService.addSearchAttributes({ namespace, searchAttributes: missing });
}
