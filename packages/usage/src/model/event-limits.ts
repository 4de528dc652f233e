/** Limits of the fields of an event. Lengths are in UTF-16 code units, as `String.length` counts them; no text may be empty. */
export const EVENT_LIMITS = {
  idempotencyKeyLength: 256,
  operationLength: 128,
  providerLength: 64,
  modelLength: 256,
  errorMessageLength: 2_000,
  reservationIdLength: 128,
  serviceTierLength: 32,
  speedLength: 32,
  regionLength: 64,
  descriptionLength: 1_000,
  resourceTypeLength: 128,
  resourceIdLength: 256,
  unitKindLength: 64,
  unitVariantLength: 128,
  /** Number of different units in one event. */
  units: 32,
  /** Total of all pools. */
  tokens: 1e12,
  /** One day. */
  latencyMs: 86_400_000,
  statusCodeFrom: 100,
  statusCodeTo: 599,
  /** Digits of quantities and `reportedCost`, before and after the decimal point. */
  integerDigits: 20,
  fractionDigits: 18,
  /** How far `occurredAt` may lie in the future, because clocks differ. */
  minutesAhead: 10,
  /** An earlier `occurredAt` is rejected as a mistake. */
  earliest: '2000-01-01T00:00:00Z',
} as const

/** Maximum number of events in one call of `track`. */
export const MAX_BATCH_EVENTS = 1_000

/** Maximum number of rejected events that a store keeps for a tenant, resolved ones included. */
export const MAX_REJECTED_EVENTS = 5_000
