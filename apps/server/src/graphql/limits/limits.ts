/** Maximum depth of nested fields in one operation. */
export const MAX_DEPTH = 12

/** Maximum number of fields that one operation can return, counting each item of a list. Reads of sums count more. */
export const MAX_COMPLEXITY = 50_000

/** The complexity of one read of sums, in fields. */
export const MEASURE_COMPLEXITY = 250

/** Maximum number of events in a preview of a rating run, which takes seconds. The command line has no limit. */
export const MAX_PREVIEW_EVENTS = 100_000

/** The complexity of a preview of a rating run. */
export const PREVIEW_COMPLEXITY = 5_000

/** Maximum number of events in a simulation of charges. The command line allows more. */
export const MAX_SIMULATED_EVENTS = 100_000

/** The complexity of a simulation of charges. */
export const SIMULATION_COMPLEXITY = 5_000

/** Maximum number of lexical tokens in a document, without variables. Bounds the cost of parsing and validation. */
export const MAX_TOKENS = 60_000

/** Maximum number of fields in the text of a document, including fragments. Validation compares fields with each other, so its cost grows faster than their number. */
export const MAX_FIELDS_WRITTEN = 1_000

/** Maximum nesting of selections, lists and objects in the text of a document. */
export const MAX_NESTING_WRITTEN = 64

/** Maximum number of fields that introspection can return. More than GraphiQL needs. */
export const MAX_INTROSPECTION = 200_000

/** Maximum number of ids of `nodes`. */
export const MAX_NODES = 100

/** Maximum number of cached documents, which need not be parsed and validated again, and their maximum length. */
export const CACHED_DOCUMENTS = 500
export const CACHED_DOCUMENT_LENGTH = 20_000

/** Maximum number of open subscriptions of one process, and of one tenant on it. */
export const MAX_SUBSCRIPTIONS = 5_000
export const MAX_SUBSCRIPTIONS_OF_TENANT = 500

/** Maximum number of WebSockets of one process, authenticated or not, and of subscriptions over one WebSocket. */
export const MAX_SOCKETS = 2_000
export const MAX_SUBSCRIPTIONS_PER_SOCKET = 100

/** Maximum size in bytes of a WebSocket message from a client: a query and its variables. */
export const MAX_MESSAGE_BYTES = 256 * 1024

/** Default and maximum page sizes. */
export const PAGES = {
  events: { default: 50, max: 1_000 },
  rejectedEvents: { default: 50, max: 100 },
  tenants: { default: 20, max: 100 },
  apiKeys: { default: 20, max: 100 },
  prices: { default: 20, max: 100 },
  plannedPrices: { default: 100, max: 1_000 },
  chargeRules: { default: 20, max: 100 },
  couponRedemptions: { default: 50, max: 1_000 },
  groups: { default: 20, max: 1_000 },
  ratingRuns: { default: 20, max: 100 },
  ratingPeriods: { default: 100, max: 1_000 },
  alerts: { default: 20, max: 100 },
  alertEvents: { default: 50, max: 1_000 },
  quotas: { default: 50, max: 1_000 },
  quotaValues: { default: 20, max: 1_000 },
  webhookEndpoints: { default: 20, max: 100 },
  webhookDeliveries: { default: 50, max: 100 },
  consumers: { default: 10, max: 100 },
} as const
