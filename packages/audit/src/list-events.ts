import { checkPageSize, type Clock, InvalidInput, type Issue, type Page, type Period } from '@tollgate/kernel'
import { checkShape, inputShape, requireTime, type TimeInput } from '@tollgate/kernel/input'
import type { AuditStore } from './audit-store.ts'
import { AUDIT_RESULTS, type AuditEvent } from './model/audit-event.ts'
import { AUDIT_LIMITS, MAX_AUDIT_DAYS } from './model/audit-limits.ts'
import type { AuditFilter, AuditPosition, AuditSelection } from './model/audit-query.ts'

/** A list of recent events of one log: of a tenant, or of the installation (null). */
export interface RecentEventsQuery {
  readonly tenantId: string | null
  /** How many days to look back. */
  readonly days?: number | null | undefined
  readonly filter?: AuditFilter | undefined
  readonly first?: number | null | undefined
  /** The last event of the page before, or its position. */
  readonly after?: { readonly occurredAt: TimeInput; readonly sequence: number } | undefined
}

/** Which events a list has, and how far it looks back unless the caller says so. */
export interface RecentEvents {
  readonly select: AuditSelection
  readonly defaultDays: number
}

const QUERY = inputShape<RecentEventsQuery>({ tenantId: 'text|null', days: 'number?', filter: 'object?', first: 'number?', after: 'object?' })
const FILTER = inputShape<AuditFilter>({
  families: 'list?',
  eventTypes: 'list?',
  actorIds: 'list?',
  resourceTypes: 'list?',
  resourceIds: 'list?',
  results: 'list?',
})
const PAGE_SIZES = { default: 100, max: 1_000 }
/** Maximum number of values of a field of a filter. */
const MAX_FILTER_VALUES = 100

/** Lists events of the last days, newest first. Throws `InvalidInput`. */
export async function listRecentEvents(
  { store, clock }: { store: AuditStore; clock: Clock },
  { select, defaultDays }: RecentEvents,
  query: RecentEventsQuery,
): Promise<Page<AuditEvent>> {
  checkShape(QUERY, query)
  const { tenantId, days, first } = query
  const range = lastDays(clock, days ?? defaultDays)
  const filter = checkFilter(query.filter)
  return store.events(tenantId, { range, select, filter, first: checkPageSize(first, PAGE_SIZES), after: readPosition(query.after) })
}

function readPosition(after: RecentEventsQuery['after'] | null): AuditPosition | undefined {
  if (after === undefined || after === null) return undefined
  if (!Number.isSafeInteger(after.sequence)) throw new InvalidInput([{ path: 'after.sequence', message: 'must be an integer' }])
  return { occurredAt: requireTime('after.occurredAt', after.occurredAt), sequence: after.sequence }
}

function lastDays(clock: Clock, days: number): Period {
  if (!Number.isInteger(days) || days < 1 || days > MAX_AUDIT_DAYS) {
    throw new InvalidInput([{ path: 'days', message: `must be from 1 to ${MAX_AUDIT_DAYS.toLocaleString('en')}, not ${days}` }])
  }
  const now = clock.now()
  // An event may occur a little in the future, because clocks differ.
  return { from: now.subtract({ hours: days * 24 }), to: now.add({ minutes: AUDIT_LIMITS.minutesAhead + 1 }) }
}

/** Returns the filter, empty if it is omitted. Throws `InvalidInput`. */
export function checkFilter(filter: AuditFilter | null | undefined): AuditFilter {
  if (filter === undefined || filter === null) return {}
  checkShape(FILTER, filter, 'filter')
  const lists = Object.entries(filter).filter((list): list is [string, readonly unknown[]] => list[1] !== undefined && list[1] !== null)
  const issues = lists.flatMap(([name, values]) => issuesOfValues(`filter.${name}`, values, name === 'results' ? AUDIT_RESULTS : undefined))
  if (issues.length > 0) throw new InvalidInput(issues)
  return Object.fromEntries(lists)
}

function issuesOfValues(path: string, values: readonly unknown[], known: readonly string[] | undefined): Issue[] {
  if (values.length > MAX_FILTER_VALUES) return [{ path, message: `must have at most ${MAX_FILTER_VALUES} values, not ${values.length}` }]
  const isValue = (value: unknown) => typeof value === 'string' && (known === undefined || known.includes(value))
  const message = known === undefined ? 'must be text' : `must be one of ${known.join(', ')}`
  return values.flatMap((value, i) => (isValue(value) ? [] : [{ path: `${path}.${i}`, message }]))
}
