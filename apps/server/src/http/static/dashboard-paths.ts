/** Where the files of the dashboard are whose names change with their content. */
export const DASHBOARD_ASSETS = '/assets/'

/** The first segments of the paths of the dashboard's pages. */
const PAGES: ReadonlySet<string> = new Set([
  'sign-in',
  'overview',
  'tenants',
  'explore',
  'events',
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
  'customers',
  'start',
])

/** Returns the first segment of a path of a page, such as "/tenants" for "/tenants/acme". Undefined if the path is not one. */
export function dashboardPage(path: string): string | undefined {
  const end = path.indexOf('/', 1)
  const first = path.slice(1, end === -1 ? undefined : end)
  return PAGES.has(first) ? `/${first}` : undefined
}
