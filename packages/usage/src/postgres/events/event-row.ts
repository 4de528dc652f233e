import { Decimal, Temporal } from '@tollgate/kernel'
import type { Metadata } from '@tollgate/metadata'
import { TOKEN_POOLS, type TokenUsage } from '@tollgate/tokens'
import type { PricingState, UsageEvent, UsageStatus } from '../../event.ts'
import { TOKEN_COLUMNS } from '../token-columns.ts'

/** Columns of an event (`event`) and its dimension set (`dimension_set`), as `eventOf` reads them. */
export const EVENT_COLUMNS = `
  event.id, event.tenant_id, event.idempotency_key, event.occurred_at, event.recorded_at,
  ${TOKEN_POOLS.map(pool => `event.${TOKEN_COLUMNS[pool]}`).join(', ')},
  event.latency_ms, event.status_code, event.pricing_state, event.cost, event.reported_cost, event.quantity, event.price_id,
  event.session_id, event.trace_id, event.request_id, event.reservation_id, event.error_message, event.attributes::text as attributes,
  event.service_tier,
  dimension_set.provider, dimension_set.model, dimension_set.operation, dimension_set.status, dimension_set.customer,
  dimension_set.organization, dimension_set.product, dimension_set.feature, dimension_set.tier, dimension_set.environment, dimension_set.task_type`

/** A row of `EVENT_COLUMNS`; the columns of the token pools are read by name. */
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

/** An event as it was recorded. */
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
    quantity: decimalOf(row.quantity),
    reportedCost: decimalOf(row.reported_cost),
    latencyMs: row.latency_ms,
    statusCode: row.status_code,
    errorMessage: row.error_message,
    metadata: metadataOf(row),
    reservationId: row.reservation_id,
    serviceTier: row.service_tier,
    rating: { state: row.pricing_state, cost: decimalOf(row.cost), priceId: row.price_id },
  }
}

/** The tokens of a row. An empty pool is null; where even `input_tokens` is, there were no tokens to count. */
export function tokensOf(row: Readonly<Record<string, unknown>>): TokenUsage | null {
  if (row[TOKEN_COLUMNS.input] === null) return null
  return Object.fromEntries(TOKEN_POOLS.map(pool => [pool, Number(row[TOKEN_COLUMNS[pool]] ?? 0)])) as TokenUsage
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

function decimalOf(numeral: string | null): Decimal | null {
  return numeral === null ? null : new Decimal(numeral)
}
