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

/** Maximum number of events of an audit log that a query verifies. The command line has no limit. */
export const MAX_VERIFIED_AUDIT_EVENTS = 100_000

/** The complexity of verifying an audit log. */
export const AUDIT_VERIFICATION_COMPLEXITY = 5_000

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
  auditEvents: { default: 50, max: 1_000 },
  wallets: { default: 20, max: 100 },
  emails: { default: 50, max: 500 },
  payments: { default: 20, max: 100 },
  creditEntries: { default: 50, max: 1_000 },
  creditAlerts: { default: 50, max: 1_000 },
  quotaAlerts: { default: 50, max: 500 },
  alertEvents: { default: 50, max: 1_000 },
  quotas: { default: 50, max: 1_000 },
  quotaValues: { default: 20, max: 1_000 },
  invoices: { default: 20, max: 100 },
  invoiceLines: { default: 100, max: 1_000 },
  webhookEndpoints: { default: 20, max: 100 },
  webhookDeliveries: { default: 50, max: 100 },
  consumers: { default: 10, max: 100 },
} as const
