/** Limits of the fields of an audit event. Lengths are in UTF-16 code units; no text may be empty. */
export const AUDIT_LIMITS = {
  idempotencyKeyLength: 256,
  nameLength: 64,
  actorIdLength: 256,
  resourceTypeLength: 64,
  resourceIdLength: 256,
  count: 1_000_000_000,
  keepOneIn: 1_000_000,
  errorMessageLength: 2_000,
  requestIdLength: 256,
  ipAddressLength: 64,
  userAgentLength: 1_024,
  /** Bytes of the JSON of `details`, `personalDetails`, `before` and `after` each. */
  jsonBytes: 16_384,
  jsonDepth: 16,
  /** How far `occurredAt` may lie in the future, because clocks differ. */
  minutesAhead: 10,
  earliest: '2000-01-01T00:00:00Z',
} as const

/** Maximum number of events in one call. */
export const MAX_BATCH_AUDIT_EVENTS = 1_000
/** Maximum number of events that wait for their append. */
export const MAX_QUEUED_AUDIT_EVENTS = 20_000
/** Maximum number of actors and types whose activity is counted in memory. */
export const MAX_COUNTED_ACTORS = 20_000
/** Maximum number of days that a query looks back. */
export const MAX_AUDIT_DAYS = 3_660
/** Maximum number of signatures that are read in a signed note. */
export const MAX_NOTE_SIGNATURES = 64
