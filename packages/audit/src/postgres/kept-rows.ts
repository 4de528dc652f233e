import { type Statement, textArray } from '@tollgate/postgres'
import type { LogsToKeepQuery } from '../audit-store.ts'
import { locateLog } from './log-tables.ts'

// Both rely on the primary keys of heads (tenant_id) and kept_checkpoints (tenant_id, place).
const LOGS_TO_KEEP = `
  select head.tenant_id from {heads} as head
  where head.tenant_id > $1 and exists (
    select from unnest($2::text[]) as wanted (place)
    left join {kept_checkpoints} as kept on kept.tenant_id = head.tenant_id and kept.place = wanted.place
    where coalesce(kept.size, 0) < head.size)
  order by head.tenant_id limit $3`
const KEPT_SIZES = `select place, size from {kept_checkpoints} where tenant_id = $1`
const MARK_KEPT = `
  insert into {kept_checkpoints} as kept (tenant_id, place, size, kept_at) values ($1, $2, $3, $4)
  on conflict (tenant_id, place) do update set size = excluded.size, kept_at = excluded.kept_at where kept.size < excluded.size`

/** Selects tenants after one whose log is larger than what a place keeps, and one more. */
export function tenantsToKeepStatement({ places, first, after }: LogsToKeepQuery): Statement {
  return { text: locateLog('').statements.text(LOGS_TO_KEEP), values: [after ?? '', textArray(places), first + 1] }
}

/** Selects the log of the installation if it is larger than what a place keeps. */
export function installationToKeepStatement({ places }: LogsToKeepQuery): Statement {
  const { statements } = locateLog(null)
  return { text: statements.text(LOGS_TO_KEEP.replace('head.tenant_id > $1', `head.tenant_id = $1`)), values: ['', textArray(places), 1] }
}

/** Selects what each place keeps of a log. */
export function keptSizesStatement(tenantId: string | null): Statement {
  const { key, statements } = locateLog(tenantId)
  return { text: statements.text(KEPT_SIZES), values: [key] }
}

/** Inserts or updates what a place keeps of a log. Never goes back. */
export function markKeptStatement(tenantId: string | null, { place, size, at }: { place: string; size: number; at: { toString(): string } }): Statement {
  const { key, statements } = locateLog(tenantId)
  return { text: statements.text(MARK_KEPT), values: [key, place, size, at.toString()] }
}
