import {
  bigintArray,
  toEpochMicroseconds,
  integerArray,
  jsonbArray,
  NO_VALUES,
  numericArray,
  type PostgresTransaction,
  smallintArray,
  textArray,
  timestampArray,
  uuidArray,
} from '@tollgate/postgres'
import type { Decimal, Temporal } from '@tollgate/kernel'
import type { TokenPool } from '@tollgate/tokens'
import type { RatedEvent } from '../../event.ts'
import type { PlacedEvent } from './placed-event.ts'
import type { SharedColumns } from './shared-columns.ts'

// Unnested side by side in the select list: as a function in "from", the rows would be stored once more in between.
const INSERT_EVENTS = `
  insert into usage.events
    (id, dimension_set_id, occurred_at, recorded_at,
     input_tokens, output_tokens, cache_read_tokens, cache_write_5m_tokens, cache_write_1h_tokens,
     reasoning_tokens, audio_input_tokens, audio_output_tokens, image_input_tokens, image_output_tokens,
     latency_ms, status_code, latency_bin, tenant_id, idempotency_key, pricing_state,
     cost, reported_cost, quantity, price_id, session_id, trace_id, request_id, reservation_id, error_message, attributes, service_tier)
  select unnest($1::uuid[]), unnest($2::uuid[]), unnest($3::timestamptz[]), unnest($4::timestamptz[]),
    unnest($5::bigint[]), unnest($6::bigint[]), unnest($7::bigint[]), unnest($8::bigint[]), unnest($9::bigint[]),
    unnest($10::bigint[]), unnest($11::bigint[]), unnest($12::bigint[]), unnest($13::bigint[]), unnest($14::bigint[]),
    unnest($15::integer[]), unnest($16::integer[]), unnest($17::smallint[]), unnest($18::text[]), unnest($19::text[]), unnest($20::text[]),
    unnest($21::numeric[]), unnest($22::numeric[]), unnest($23::numeric[]), unnest($24::text[]), unnest($25::text[]),
    unnest($26::text[]), unnest($27::text[]), unnest($28::text[]), unnest($29::text[]), unnest($30::jsonb[]), unnest($31::text[])`

/** The values of `INSERT_EVENTS`, in its order. Made apart from the query, so that they can be made while the database is busy. */
export function eventColumns(placed: readonly PlacedEvent[], shared: SharedColumns): unknown[] {
  const events = placed.map(({ event }) => event)
  const texts = (of: (event: RatedEvent) => string | null | undefined) => optional(events, of, textArray)
  const numerals = (of: (event: RatedEvent) => Decimal | null) => optional(events, of, numericArray)
  // An empty pool is null, but for the first: see the table.
  const pool = (name: TokenPool) => optional(events, event => (event.tokens?.[name] === 0 ? null : event.tokens?.[name]), bigintArray)
  return [
    shared.ids,
    uuidArray(placed.map(({ dimensionSet }) => dimensionSet.id)),
    shared.occurredAt,
    timestampArray(recordedAt(events)),
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
    optional(placed, ({ latencyBin }) => latencyBin, smallintArray),
    shared.tenantIds,
    shared.idempotencyKeys,
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
    optional(events, event => event.metadata.attributes, jsonbArray),
    texts(event => event.serviceTier),
  ]
}

/** Records events. Their keys are claimed and their partitions there. */
export async function insertEvents(transaction: PostgresTransaction, columns: readonly unknown[]): Promise<void> {
  await transaction.query(INSERT_EVENTS, columns)
}

/** Many columns are empty in a whole batch: then they cost nothing. */
function optional<Row, Value>(
  rows: readonly Row[],
  valueOf: (row: Row) => Value | null | undefined,
  encode: (values: readonly (Value | null)[]) => unknown,
): unknown {
  let any = false
  const values = rows.map(row => {
    const value = valueOf(row) ?? null
    any ||= value !== null
    return value
  })
  return any ? encode(values) : NO_VALUES
}

/** Events of one call were received at one time: mostly the same object, converted once. */
function recordedAt(events: readonly RatedEvent[]): number[] {
  let last: Temporal.Instant | undefined
  let microseconds = 0
  return events.map(event => {
    if (event.recordedAt !== last) {
      last = event.recordedAt
      microseconds = toEpochMicroseconds(last)
    }
    return microseconds
  })
}
