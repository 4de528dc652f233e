import { DASHBOARD_PAGES } from '../../apps/server/src/http/static/dashboard-paths.ts'
import type { Api } from '../kit/api.ts'

/** A page to take a picture of. */
export interface Shot {
  readonly name: string
  /** Its address on the server, without the first slash. */
  readonly path: string
}

/** A tenant of the demo, which has something of everything. */
export const DEMO_TENANT = 'demo-1'

/** Pages that also show all tenants together, or ask for one. */
const OF_ALL_TENANTS = [
  'overview',
  'events',
  'rejected-events',
  'customers',
  'quotas',
  'credits',
  'invoices',
  'subscriptions',
  'audit',
  'tenants',
  'keys',
  'access-tokens',
  'test-clocks',
] as const

/** Every page for a tenant, and what opens on some of them. */
export async function pagesOf({ ask }: Api, tenantId: string): Promise<readonly Shot[]> {
  const { usageEvents, invoices, rejectedEvents, usage } = await ask(
    `query ($tenantId: ID) {
      usageEvents(tenantId: $tenantId, range: { from: "2020-01-01T00:00:00Z", to: "2099-01-01T00:00:00Z" }, first: 1) { nodes { id } }
      invoices(tenantId: $tenantId, first: 1) { nodes { id } }
      rejectedEvents(tenantId: $tenantId, first: 1) { nodes { id } }
      usage(tenantId: $tenantId, period: LAST_30_DAYS) { breakdown(by: [CUSTOMER], first: 1) { key { value } } }
    }`,
    { tenantId },
  )
  const [event, invoice, rejected] = [usageEvents, invoices, rejectedEvents].map(({ nodes }) => nodes[0]?.id)
  const customer = usage.breakdown[0]?.key[0]?.value ?? 'nobody'
  const of = (name: string, path: string, parameters: Readonly<Record<string, string>> = {}): Shot => ({
    name,
    path: `${path}?${new URLSearchParams({ tenant: tenantId, ...parameters })}`,
  })
  return [
    ...DASHBOARD_PAGES.map(page => of(page, page)),
    of('customer', 'customers', { customer }),
    ...(event === undefined ? [] : [of('event', 'events', { event })]),
    ...(rejected === undefined ? [] : [of('rejected-event', 'rejected-events', { rejected })]),
    ...(invoice === undefined ? [] : [of('invoice', 'invoices', { invoice })]),
  ]
}

/** Every page for a tenant and for all tenants, and views that lead elsewhere. */
export async function everyPage(api: Api, tenantId: string): Promise<readonly Shot[]> {
  return [
    ...(await pagesOf(api, tenantId)),
    ...OF_ALL_TENANTS.map(page => ({ name: `${page}-of-all`, path: page })),
    { name: 'explore-compared', path: `explore?${new URLSearchParams({ tenant: tenantId, compare: 'true', by: '["MODEL","CUSTOMER"]' })}` },
    { name: 'events-not-found', path: `events?${new URLSearchParams({ tenant: tenantId, id: 'nothing-like-this' })}` },
    { name: 'not-found', path: 'overview/no-such-page' },
  ]
}
