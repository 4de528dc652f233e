/** Where the files of the dashboard are whose names change with their content. */
export const DASHBOARD_ASSETS = '/assets/'

/** The pages of the dashboard: the first segments of their paths. */
export const DASHBOARD_PAGES = [
  'overview',
  'tenants',
  'explore',
  'events',
  'rejected-events',
  'quotas',
  'prices',
  'charges',
  'credits',
  'invoices',
  'subscriptions',
  'audit',
  'alerts',
  'webhooks',
  'keys',
  'access-tokens',
  'test-clocks',
  'customers',
  'start',
] as const

const SEGMENTS: ReadonlySet<string> = new Set(['sign-in', ...DASHBOARD_PAGES])

/** Returns the first segment of a path of a page, such as "/tenants" for "/tenants/acme". Undefined if the path is not one. */
export function dashboardPage(path: string): string | undefined {
  const end = path.indexOf('/', 1)
  const first = path.slice(1, end === -1 ? undefined : end)
  return SEGMENTS.has(first) ? `/${first}` : undefined
}
