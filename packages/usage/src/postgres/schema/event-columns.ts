import { columnOf, type DeclareColumn, defineColumns, renameColumn } from '@tollgate/postgres'
import { FREQUENT_TOKEN_POOLS, type RareTokenPool } from '@tollgate/tokens'
import type { RatedEvent } from '../../model/event.ts'
import type { IdentifiedSet } from './dimension-set-columns.ts'
import { TOKEN_COLUMNS } from './token-columns.ts'

/** An event with the values that several statements need, computed once. */
export interface PreparedEvent {
  readonly event: RatedEvent
  readonly dimensionSet: IdentifiedSet
  /** Microseconds since 1970. */
  readonly occurredAt: number
  readonly latencyBin: number | null
  /** Tokens by rare pool; null if there are none. */
  readonly otherTokens: OtherTokens | null
}

/** Number of tokens in each rare pool that has any. */
export type OtherTokens = { readonly [Pool in RareTokenPool]?: number }

// The columns that `usage.events` and `usage.event_keys` share are encoded once per batch.
const sharedColumn = columnOf<PreparedEvent>()
const ID = sharedColumn('id', 'uuid', ({ event }) => event.id)
const TENANT_ID = sharedColumn('tenant_id', 'text', ({ event }) => event.tenantId)
const IDEMPOTENCY_KEY = sharedColumn('idempotency_key', 'text', ({ event }) => event.idempotencyKey)
const OCCURRED_AT = sharedColumn('occurred_at', 'timestamptz', ({ occurredAt }) => occurredAt)

/** The columns that identify a key. */
export const KEY_COLUMNS = defineColumns<PreparedEvent>(() => [TENANT_ID, IDEMPOTENCY_KEY])

/** The columns of `usage.event_keys`. */
export const EVENT_KEY_COLUMNS = defineColumns<PreparedEvent>(column => [
  TENANT_ID,
  IDEMPOTENCY_KEY,
  column('payload_hash', 'bytea', ({ event }) => event.payloadHash),
  column('occurred_at_sent', 'boolean', ({ event }) => event.occurredAtSent),
  OCCURRED_AT,
  renameColumn(ID, 'event_id'),
])

const frequentColumns = (column: DeclareColumn<PreparedEvent>) => [
  ID,
  column('dimension_set_id', 'uuid', ({ dimensionSet }) => dimensionSet.id),
  OCCURRED_AT,
  column('recorded_at', 'timestamptz', ({ event }) => event.recordedAt),
  ...FREQUENT_TOKEN_POOLS.map(pool =>
    pool === 'input'
      ? column(TOKEN_COLUMNS.input, 'bigint', ({ event }) => event.tokens?.input)
      : column(TOKEN_COLUMNS[pool], 'bigint', ({ event }) => (event.tokens?.[pool] === 0 ? null : event.tokens?.[pool])),
  ),
  column('latency_ms', 'integer', ({ event }) => event.latencyMs),
  column('status_code', 'integer', ({ event }) => event.statusCode),
  column('latency_bin', 'smallint', ({ latencyBin }) => latencyBin),
  TENANT_ID,
  IDEMPOTENCY_KEY,
  column('pricing_state', 'text', ({ event }) => event.rating.state),
  column('cost', 'numeric', ({ event }) => event.rating.cost),
  column('reported_cost', 'numeric', ({ event }) => event.reportedCost),
  column('quantity', 'numeric', ({ event }) => event.quantity),
  column('price_id', 'text', ({ event }) => event.rating.priceId),
  column('session_id', 'text', ({ event }) => event.metadata.sessionId),
  column('trace_id', 'text', ({ event }) => event.metadata.traceId),
  column('request_id', 'text', ({ event }) => event.metadata.requestId),
  column('reservation_id', 'text', ({ event }) => event.reservationId),
  column('error_message', 'text', ({ event }) => event.errorMessage),
  column('attributes', 'jsonb', ({ event }) => event.metadata.attributes),
  column('service_tier', 'text', ({ event }) => event.serviceTier),
]

/**
 * The columns of `usage.events` that frequent events need. An empty token pool is null, except the first, which is null
 * only without tokens: see the table.
 */
export const FREQUENT_EVENT_COLUMNS = defineColumns<PreparedEvent>(frequentColumns)

/** All columns of `usage.events`. */
export const EVENT_COLUMNS = defineColumns<PreparedEvent>(column => [
  ...frequentColumns(column),
  column('other_tokens', 'jsonb', ({ otherTokens }) => otherTokens),
  column('units', 'jsonb', ({ event }) => (event.units.length === 0 ? null : event.units)),
  column('speed', 'text', ({ event }) => event.speed),
  column('region', 'text', ({ event }) => event.region),
  column('unpriced_reason', 'text', ({ event }) => event.rating.unpricedReason),
  column('credits', 'numeric', ({ event }) => event.credits),
  column('description', 'text', ({ event }) => event.description),
  column('resource_type', 'text', ({ event }) => event.resourceType),
  column('resource_id', 'text', ({ event }) => event.resourceId),
])

/** Whether an event has a value in a column that is not in `FREQUENT_EVENT_COLUMNS`. */
export function isRareEvent({ event, otherTokens }: PreparedEvent): boolean {
  return (
    otherTokens !== null ||
    event.units.length > 0 ||
    event.speed !== null ||
    event.region !== null ||
    event.rating.unpricedReason !== null ||
    event.credits !== null ||
    event.description !== null ||
    event.resourceType !== null ||
    event.resourceId !== null
  )
}
