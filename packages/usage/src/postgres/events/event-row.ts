import { Temporal } from '@tollgate/kernel'
import { decimalOrNull } from '@tollgate/postgres'
import type { Metadata } from '@tollgate/metadata'
import { FREQUENT_TOKEN_POOLS, type TokenUsage, type UsageUnit } from '@tollgate/tokens'
import { DIMENSIONS } from '../../model/dimension.ts'
import type { PricingState, UsageEvent, UsageStatus } from '../../model/event.ts'
import { DIMENSION_COLUMNS } from '../schema/dimension-set-columns.ts'
import { EVENT_COLUMNS } from '../schema/event-columns.ts'
import { TOKEN_COLUMNS } from '../schema/token-columns.ts'

const NOT_READ: ReadonlySet<string> = new Set(['dimension_set_id', 'latency_bin'])

/** The select list of an event (alias `event`) and its dimension set (alias `dimension_set`), as `eventOf` reads them. */
export const EVENT_SELECTION = [
  ...EVENT_COLUMNS.list.filter(({ name }) => !NOT_READ.has(name)).map(({ name, type }) => `event.${name}${type === 'jsonb' ? `::text as ${name}` : ''}`),
  ...DIMENSIONS.filter(dimension => dimension !== 'tenant').map(dimension => `dimension_set.${DIMENSION_COLUMNS[dimension]}`),
].join(', ')

/** A row of `EVENT_SELECTION`. Token pools are read by name. */
export interface EventRow extends Readonly<Record<string, unknown>> {
  readonly id: string
  readonly tenant_id: string
  readonly idempotency_key: string
  readonly occurred_at: string
  readonly recorded_at: string
  readonly latency_ms: number | null
  readonly status_code: number | null
  readonly pricing_state: PricingState
  readonly cost: string | null
  readonly reported_cost: string | null
  readonly quantity: string | null
  readonly price_id: string | null
  readonly session_id: string | null
  readonly trace_id: string | null
  readonly request_id: string | null
  readonly reservation_id: string | null
  readonly error_message: string | null
  readonly attributes: string | null
  readonly service_tier: string | null
  readonly units: string | null
  readonly speed: string | null
  readonly region: string | null
  readonly unpriced_reason: string | null
  readonly credits: string | null
  readonly description: string | null
  readonly resource_type: string | null
  readonly resource_id: string | null
  readonly provider: string | null
  readonly model: string | null
  readonly operation: string
  readonly status: UsageStatus
  readonly customer: string | null
  readonly organization: string | null
  readonly product: string | null
  readonly feature: string | null
  readonly tier: string | null
  readonly environment: string | null
  readonly task_type: string | null
}

/** Reads an event. */
export function eventOf(row: EventRow): UsageEvent {
  return {
    id: row.id,
    tenantId: row.tenant_id,
    idempotencyKey: row.idempotency_key,
    occurredAt: Temporal.Instant.from(row.occurred_at),
    recordedAt: Temporal.Instant.from(row.recorded_at),
    operation: row.operation,
    status: row.status,
    provider: row.provider,
    model: row.model,
    tokens: tokensOf(row),
    quantity: decimalOrNull(row.quantity),
    reportedCost: decimalOrNull(row.reported_cost),
    latencyMs: row.latency_ms,
    statusCode: row.status_code,
    errorMessage: row.error_message,
    metadata: metadataOf(row),
    reservationId: row.reservation_id,
    serviceTier: row.service_tier,
    units: unitsOf(row.units),
    speed: row.speed,
    region: row.region,
    credits: decimalOrNull(row.credits),
    description: row.description,
    resourceType: row.resource_type,
    resourceId: row.resource_id,
    rating: { state: row.pricing_state, cost: decimalOrNull(row.cost), priceId: row.price_id, unpricedReason: row.unpriced_reason },
  }
}

/** Reads the tokens of a row. An empty pool is null; if `input_tokens` is null, the event has no tokens. */
export function tokensOf(row: Readonly<Record<string, unknown>>): TokenUsage | null {
  if (row[TOKEN_COLUMNS.input] === null) return null
  const frequent = Object.fromEntries(FREQUENT_TOKEN_POOLS.map(pool => [pool, Number(row[TOKEN_COLUMNS[pool]] ?? 0)]))
  const others = row['other_tokens']
  return { ...frequent, ...(typeof others === 'string' && (JSON.parse(others) as TokenUsage)) } as TokenUsage
}

/** Reads the units of a row, given as the text of JSON. */
export function unitsOf(units: string | null): readonly UsageUnit[] {
  return units === null ? [] : (JSON.parse(units) as UsageUnit[])
}

function metadataOf(row: EventRow): Metadata {
  const values = {
    customerId: row.customer,
    organizationId: row.organization,
    productId: row.product,
    featureId: row.feature,
    subscriptionTier: row.tier,
    environment: row.environment,
    taskType: row.task_type,
    sessionId: row.session_id,
    traceId: row.trace_id,
    requestId: row.request_id,
    attributes: row.attributes === null ? null : (JSON.parse(row.attributes) as Metadata['attributes']),
  }
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null)) as Metadata
}
