import { Temporal, type PageRequest } from '@tollgate/kernel'
import type { Statement } from '@tollgate/postgres'
import type { StoredCheckpoint } from '../model/checkpoint.ts'
import { frontierHex, toFrontier } from './frontier-bytes.ts'
import { locateLog } from './log-tables.ts'

const COLUMNS = `size, created_at, note, encode(frontier, 'hex') as frontier, encode(last_hash, 'hex') as last_hash`
const INSERT_CHECKPOINT = `
  insert into {checkpoints} (tenant_id, size, created_at, note, frontier, last_hash)
  values ($1, $2, $3, $4, decode($5, 'hex'), decode($6, 'hex')) on conflict do nothing`
// Both rely on the primary key (tenant_id, size, created_at).
const CHECKPOINTS = `
  select ${COLUMNS} from {checkpoints}
  where tenant_id = $1 and (size, created_at) > ($2::bigint, $3::timestamptz)
  order by size, created_at limit $4`
const LAST_CHECKPOINT = `select ${COLUMNS} from {checkpoints} where tenant_id = $1 and size <= $2 order by size desc, created_at desc limit 1`

/** A row of a checkpoint. */
export interface CheckpointRow {
  readonly size: string
  readonly created_at: string
  readonly note: string
  readonly frontier: string
  readonly last_hash: string | null
}

/** Inserts a checkpoint. */
export function insertCheckpointStatement(tenantId: string | null, { size, createdAt, note, frontier, lastHash }: StoredCheckpoint): Statement {
  const { key, statements } = locateLog(tenantId)
  return { text: statements.text(INSERT_CHECKPOINT), values: [key, size, createdAt.toString(), note, frontierHex(frontier), lastHash] }
}

/** Selects a page of checkpoints, and one more. */
export function checkpointsStatement(tenantId: string | null, { first, after }: PageRequest<Pick<StoredCheckpoint, 'size' | 'createdAt'>>): Statement {
  const { key, statements } = locateLog(tenantId)
  return { text: statements.text(CHECKPOINTS), values: [key, after?.size ?? -1, after?.createdAt.toString() ?? '-infinity', first + 1] }
}

/** Selects the last checkpoint, of at most a size. */
export function lastCheckpointStatement(tenantId: string | null, upTo = Number.MAX_SAFE_INTEGER): Statement {
  const { key, statements } = locateLog(tenantId)
  return { text: statements.text(LAST_CHECKPOINT), values: [key, upTo] }
}

/** Reads a checkpoint. */
export function toCheckpoint(row: CheckpointRow): StoredCheckpoint {
  return {
    size: Number(row.size),
    note: row.note,
    frontier: toFrontier(row.frontier),
    lastHash: row.last_hash,
    createdAt: Temporal.Instant.from(row.created_at),
  }
}
