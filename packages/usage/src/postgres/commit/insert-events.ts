import type { Decimal } from '@tollgate/kernel'
import type { PostgresTransaction } from '@tollgate/kernel/postgres'
import type { TokenPool } from '@tollgate/tokens'
import type { RatedEvent } from '../../event.ts'
import { latencyBin } from '../../latency-sketch.ts'
import { bigintArray, integerArray, jsonbArray, NO_VALUES, numericArray, smallintArray, textArray, timestampArray, uuidArray } from '../column-array.ts'
import { instantMicroseconds } from '../instant-microseconds.ts'

const INSERT_EVENTS = `
  insert into usage.events
    (id, dimension_set_id, occurred_at, recorded_at,
     input_tokens, output_tokens, cache_read_tokens, cache_write_5m_tokens, cache_write_1h_tokens,
     reasoning_tokens, audio_input_tokens, audio_output_tokens, image_input_tokens, image_output_tokens,
     latency_ms, status_code, latency_bin, tenant_id, idempotency_key, pricing_state,
     cost, reported_cost, quantity, price_id, session_id, trace_id, request_id, reservation_id, error_message, attributes)
  select *
  from unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::timestamptz[],
    $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[], $9::bigint[],
    $10::bigint[], $11::bigint[], $12::bigint[], $13::bigint[], $14::bigint[],
    $15::integer[], $16::integer[], $17::smallint[], $18::text[], $19::text[], $20::text[],
    $21::numeric[], $22::numeric[], $23::numeric[], $24::text[], $25::text[], $26::text[], $27::text[], $28::text[], $29::text[], $30::jsonb[])`

/** An event with the id of its dimension set. */
export interface PlacedEvent {
  readonly event: RatedEvent
  readonly dimensionSetId: string
}

/** The values of `INSERT_EVENTS`, in its order. Made apart from the query, so that they can be made while the database is busy. */
export function eventColumns(placed: readonly PlacedEvent[]): unknown[] {
  const events = placed.map(({ event }) => event)
  const texts = (of: (event: RatedEvent) => string | null | undefined) => optional(events, of, textArray)
  const numerals = (of: (event: RatedEvent) => Decimal | null) => optional(events, event => of(event)?.toFixed(), numericArray)
  // An empty pool is null, but for the first: see the table.
  const pool = (name: TokenPool) => optional(events, event => event.tokens?.[name] || null, bigintArray)
  return [
    uuidArray(events.map(event => event.id)),
    uuidArray(placed.map(({ dimensionSetId }) => dimensionSetId)),
    timestampArray(events.map(event => instantMicroseconds(event.occurredAt))),
    timestampArray(events.map(event => instantMicroseconds(event.recordedAt))),
    optional(events, event => event.tokens?.input, bigintArray),
    pool('output'),
    pool('cacheRead'),
    pool('cacheWrite5m'),
    pool('cacheWrite1h'),
    pool('reasoning'),
    pool('audioInput'),
    pool('audioOutput'),
    pool('imageInput'),
    pool('imageOutput'),
    optional(events, event => event.latencyMs, integerArray),
    optional(events, event => event.statusCode, integerArray),
    optional(events, event => (event.latencyMs === null ? null : latencyBin(event.latencyMs)), smallintArray),
    textArray(events.map(event => event.tenantId)),
    textArray(events.map(event => event.idempotencyKey)),
    textArray(events.map(event => event.rating.state)),
    numerals(event => event.rating.cost),
    numerals(event => event.reportedCost),
    numerals(event => event.quantity),
    texts(event => event.rating.priceId),
    texts(event => event.metadata.sessionId),
    texts(event => event.metadata.traceId),
    texts(event => event.metadata.requestId),
    texts(event => event.reservationId),
    texts(event => event.errorMessage),
    optional(events, event => (event.metadata.attributes === undefined ? null : JSON.stringify(event.metadata.attributes)), jsonbArray),
  ]
}

/** Records events. Their keys are claimed and their partitions there. */
export async function insertEvents(transaction: PostgresTransaction, columns: readonly unknown[]): Promise<void> {
  await transaction.query(INSERT_EVENTS, columns)
}

/** Many columns are empty in a whole batch: then they cost nothing. */
function optional<Value>(
  events: readonly RatedEvent[],
  valueOf: (event: RatedEvent) => Value | null | undefined,
  encode: (values: readonly (Value | null)[]) => unknown,
): unknown {
  let any = false
  const values = events.map(event => {
    const value = valueOf(event) ?? null
    any ||= value !== null
    return value
  })
  return any ? encode(values) : NO_VALUES
}
