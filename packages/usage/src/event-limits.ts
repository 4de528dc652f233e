/** What an event may hold at the most. Lengths are in UTF-16 code units, as `String.length` counts; none may be empty. */
export const EVENT_LIMITS = {
  idempotencyKeyLength: 256,
  operationLength: 128,
  providerLength: 64,
  modelLength: 256,
  errorMessageLength: 2_000,
  reservationIdLength: 128,
  serviceTierLength: 32,
  /** Of all pools together. Sums of nine thousand such events are still whole numbers, exactly (2^53). */
  tokens: 1e12,
  /** One day. */
  latencyMs: 86_400_000,
  statusCodeFrom: 100,
  statusCodeTo: 599,
  /** Digits of `quantity` and `reportedCost`, before the point and after it. */
  integerDigits: 20,
  fractionDigits: 18,
  /** Clocks differ; more than this is no clock's difference. */
  minutesAhead: 10,
  /** Before this, a time is a mistake. */
  earliest: '2000-01-01T00:00:00Z',
} as const

/** Events that one call of `track` may bring. */
export const MAX_BATCH_EVENTS = 1_000
