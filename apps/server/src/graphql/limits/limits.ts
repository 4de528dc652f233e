/** The nesting of fields in one operation. */
export const MAX_DEPTH = 12

/** The fields that one operation can lead to, lists counted by their length, reads of sums by what they cost. */
export const MAX_COMPLEXITY = 50_000

/** What a read of sums counts in complexity: as much as this many fields. */
export const MEASURE_COMPLEXITY = 250

/** Events that a dry run of rating again goes through in one request: seconds. The command line has no such limit. */
export const MAX_PREVIEW_EVENTS = 100_000

/** What a dry run counts in complexity. */
export const PREVIEW_COMPLEXITY = 5_000

/** Events that a simulation of charges rates again in one request. The command line takes more. */
export const MAX_SIMULATED_EVENTS = 100_000

/** What a simulation of charges counts in complexity. */
export const SIMULATION_COMPLEXITY = 5_000

/** Lexical tokens of a query, not counting variables: bounds what parsing and validating can cost. */
export const MAX_TOKENS = 60_000

/** Fields written in a document, in fragments too. Validation compares fields with each other, so many cost a lot. */
export const MAX_FIELDS_WRITTEN = 1_000

/** Selections, lists and objects in each other, as they are written in a document. */
export const MAX_NESTING_WRITTEN = 64

/** Fields that looking at the schema can lead to: GraphiQL's own look, with room. */
export const MAX_INTROSPECTION = 200_000

/** Ids that `nodes` takes at once. */
export const MAX_NODES = 100

/** Documents that are remembered, parsed and validated, and how long they may be for it. */
export const CACHED_DOCUMENTS = 500
export const CACHED_DOCUMENT_LENGTH = 20_000

/** Subscriptions that one process serves at once, and how many of them to one tenant's keys. */
export const MAX_SUBSCRIPTIONS = 5_000
export const MAX_SUBSCRIPTIONS_OF_TENANT = 500

/** WebSockets of one process, with a good key or before it is known; and subscriptions over one of them. */
export const MAX_SOCKETS = 2_000
export const MAX_SUBSCRIPTIONS_PER_SOCKET = 100

/** Bytes of one message of a client over a WebSocket: a query and its variables. */
export const MAX_MESSAGE_BYTES = 256 * 1024

/** Page sizes: what is given where none is named, and the most that can be asked for. */
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
