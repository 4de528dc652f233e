import { Temporal } from '@tollgate/kernel'
import type { Statement } from '@tollgate/postgres'
import type { LogArchive } from '../model/log-archive.ts'
import { frontierHex, toFrontier } from './frontier-bytes.ts'

// Relies on the primary key (tenant_id, month).
const ARCHIVES = `
  select month::text, first_sequence, last_sequence, file, encode(sha256, 'hex') as sha256, note, encode(frontier, 'hex') as frontier,
    encode(last_hash, 'hex') as last_hash, archived_at, dropped_at is not null as is_dropped
  from audit.archives where tenant_id = $1 order by month`
const INSERT_ARCHIVE = `
  insert into audit.archives (tenant_id, month, first_sequence, last_sequence, file, sha256, note, frontier, last_hash, archived_at)
  values ($1, $2, $3, $4, $5, decode($6, 'hex'), $7, decode($8, 'hex'), decode($9, 'hex'), $10)`
// Relies on the primary key of each partition; later ones are not read.
const LAST_SEQUENCE = `select max(sequence) as last from audit.events where tenant_id = $1 and recorded_at < ($2::date + interval '1 month') at time zone 'UTC'`

/** A row of an archive. */
export interface ArchiveRow {
  readonly month: string
  readonly first_sequence: string
  readonly last_sequence: string
  readonly file: string
  readonly sha256: string
  readonly note: string
  readonly frontier: string
  readonly last_hash: string
  readonly archived_at: string
  readonly is_dropped: boolean
}

/** Selects the archives of a log, in their order. */
export function archivesStatement(tenantId: string): Statement {
  return { text: ARCHIVES, values: [tenantId] }
}

/** Inserts an archive. */
export function insertArchiveStatement(tenantId: string, archive: LogArchive): Statement {
  const { month, firstSequence, lastSequence, file, sha256, note, frontier, lastHash, archivedAt } = archive
  return {
    text: INSERT_ARCHIVE,
    values: [tenantId, month, firstSequence, lastSequence, file, sha256, note, frontierHex(frontier), lastHash, archivedAt.toString()],
  }
}

/** Selects the last sequence that was recorded in a month or before. */
export function lastSequenceStatement(tenantId: string, month: string): Statement {
  return { text: LAST_SEQUENCE, values: [tenantId, month] }
}

/** Reads an archive. */
export function toArchive(row: ArchiveRow): LogArchive {
  return {
    month: row.month,
    firstSequence: Number(row.first_sequence),
    lastSequence: Number(row.last_sequence),
    file: row.file,
    sha256: row.sha256,
    note: row.note,
    frontier: toFrontier(row.frontier),
    lastHash: row.last_hash,
    archivedAt: Temporal.Instant.from(row.archived_at),
    isDropped: row.is_dropped,
  }
}
