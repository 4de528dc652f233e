import { checkPageSize, type Clock, InvalidInput, type Issue, type Page, type Period } from '@tollgate/kernel'
import type { AuditStore } from './audit-store.ts'
import type { AuditEvent } from './model/audit-event.ts'
import { AUDIT_LIMITS, MAX_AUDIT_DAYS } from './model/audit-limits.ts'
import type { ExportSelection } from './model/export-selection.ts'
import type { AuditFilter, AuditPosition, AuditSelection } from './model/audit-query.ts'

/** A list of recent events of one log: of a tenant, or of the installation (null). */
export interface RecentEventsQuery {
  readonly tenantId: string | null
  /** How many days to look back. */
  readonly days?: number | null | undefined
  readonly filter?: AuditFilter | undefined
  readonly first?: number | null | undefined
  readonly after?: AuditPosition | undefined
}

/** Which events a list has, and how far it looks back unless the caller says so. */
export interface RecentEvents {
  readonly select: AuditSelection
  readonly defaultDays: number
}

const PAGE_SIZES = { default: 100, max: 1_000 }
/** Maximum number of values of a field of a filter. */
const MAX_FILTER_VALUES = 100

/** Lists events of the last days, newest first. Throws `InvalidInput`. */
export async function listRecentEvents(
  { store, clock }: { store: AuditStore; clock: Clock },
  { select, defaultDays }: RecentEvents,
  { tenantId, days, filter = {}, first, after }: RecentEventsQuery,
): Promise<Page<AuditEvent>> {
  const range = lastDays(clock, days ?? defaultDays)
  checkFilter(filter)
  return store.events(tenantId, { range, select, filter, first: checkPageSize(first, PAGE_SIZES), after })
}

/** Throws `InvalidInput` unless the range is in order. */
export function checkRange(range: Period): Period {
  if (range.from.epochNanoseconds < range.to.epochNanoseconds) return range
  throw new InvalidInput([{ path: 'range', message: '"from" must be before "to"' }])
}

/** Throws `InvalidInput` unless the range and the filter are in order. */
export function checkSelection({ range, filter = {} }: ExportSelection): void {
  if (range !== undefined) checkRange(range)
  checkFilter(filter)
}

function lastDays(clock: Clock, days: number): Period {
  if (!Number.isInteger(days) || days < 1 || days > MAX_AUDIT_DAYS) {
    throw new InvalidInput([{ path: 'days', message: `must be from 1 to ${MAX_AUDIT_DAYS.toLocaleString('en')}, not ${days}` }])
  }
  const now = clock.now()
  // An event may occur a little in the future, because clocks differ.
  return { from: now.subtract({ hours: days * 24 }), to: now.add({ minutes: AUDIT_LIMITS.minutesAhead + 1 }) }
}

function checkFilter(filter: AuditFilter): void {
  const issues = Object.entries(filter).flatMap(([name, values]: [string, readonly string[] | undefined]): Issue[] =>
    values !== undefined && values.length > MAX_FILTER_VALUES
      ? [{ path: `filter.${name}`, message: `must have at most ${MAX_FILTER_VALUES} values, not ${values.length}` }]
      : [],
  )
  if (issues.length > 0) throw new InvalidInput(issues)
}
