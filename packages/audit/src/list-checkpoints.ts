import { checkPageSize, InvalidInput, type Page } from '@tollgate/kernel'
import { checkShape, inputShape, requireTime, type TimeInput } from '@tollgate/kernel/input'
import type { AuditStore } from './audit-store.ts'
import type { StoredCheckpoint } from './model/checkpoint.ts'

/** A page of the checkpoints of a log, smallest first. A checkpoint is a position too. */
export interface CheckpointsQuery {
  readonly first?: number | null | undefined
  readonly after?: { readonly size: number; readonly createdAt: TimeInput } | undefined
}

const QUERY = inputShape<CheckpointsQuery>({ first: 'number?', after: 'object?' })
const PAGE_SIZES = { default: 100, max: 1_000 }

/** Lists the checkpoints of a log. Throws `InvalidInput`. */
export async function listCheckpoints(store: AuditStore, tenantId: string | null, query: CheckpointsQuery): Promise<Page<StoredCheckpoint>> {
  checkShape(QUERY, query)
  return store.checkpoints(tenantId, { first: checkPageSize(query.first, PAGE_SIZES), after: readPosition(query.after) })
}

function readPosition(after: CheckpointsQuery['after'] | null): { readonly size: number; readonly createdAt: StoredCheckpoint['createdAt'] } | undefined {
  if (after === undefined || after === null) return undefined
  if (!Number.isSafeInteger(after.size)) throw new InvalidInput([{ path: 'after.size', message: 'must be an integer' }])
  return { size: after.size, createdAt: requireTime('after.createdAt', after.createdAt) }
}
