import type { IncomingMessage } from 'node:http'
import { DASHBOARD_ASSETS, dashboardPage } from './static/dashboard-paths.ts'

/** Where the files are that GraphiQL loads. */
export const GRAPHIQL_ASSETS = '/graphql/assets/'

/** The paths that the server answers, besides files of GraphiQL and of the dashboard. No other path gets anything but 404. */
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

const ORIGIN = /^https?:\/\/[^/?]*/i

/** Removes scheme and host from the URL of a request. Clients may send them (RFC 9112, section 3.2.2), and nothing here reads them. */
export function dropOrigin(request: IncomingMessage): void {
  const { url = '/' } = request
  if (url.startsWith('/')) return
  const target = url.replace(ORIGIN, '')
  if (target !== url) request.url = target.startsWith('/') ? target : `/${target}`
}

/** Returns the path of a request. */
export function pathOf({ url = '/' }: IncomingMessage): string {
  const end = url.indexOf('?')
  return end === -1 ? url : url.slice(0, end)
}

/** Returns the name of a path in metrics. There are few: unknown paths must not create a time series each. */
export function routeOf(path: string): string {
  if (PATHS.has(path)) return path
  return path.startsWith(DASHBOARD_ASSETS) ? DASHBOARD_ASSETS : (dashboardPage(path) ?? 'other')
}
