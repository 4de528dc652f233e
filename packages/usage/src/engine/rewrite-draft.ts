import type { MetadataDraft } from '@tollgate/metadata'
import type { UsageEventDraft } from '../model/event.ts'
import { isRecord } from './field.ts'

/** Returns how the metadata of a tenant's events is changed before it is used or stored. Undefined if it stays as it is. */
export type RewriteMetadata = (tenantId: string) => ((metadata: MetadataDraft) => MetadataDraft) | undefined

/** Returns a draft whose metadata is changed. A draft without metadata, or one that is no object, stays as it is. */
export function rewriteDraft(draft: UsageEventDraft, rewrite: (metadata: MetadataDraft) => MetadataDraft): UsageEventDraft {
  if (!isRecord(draft) || draft.metadata === undefined || draft.metadata === null) return draft
  return { ...draft, metadata: rewrite(draft.metadata) }
}
