/** Where the files are that GraphiQL loads. */
export const GRAPHIQL_ASSETS = '/graphql/assets/'

/** The paths that the server answers, besides files of GraphiQL. No other path gets anything but 404. */
export const PATHS: ReadonlySet<string> = new Set([
  '/',
  '/graphql',
  '/healthz',
  '/readyz',
  '/metrics',
  '/v1/events',
  '/v1/traces',
  '/v1/mail/unsubscribe',
  '/v1/payments/stripe',
  '/v1/payments/paypal',
  '/v1/payments/coinbase',
  '/v1/audit/events.jsonl',
  '/v1/audit/events.csv',
  '/v1/audit/report.jsonl',
  '/v1/audit/report.csv',
  '/v1/invoices/document',
  '/v1/invoices/view',
])
