import { describe, expect, it } from 'vitest'
import { navigationOf, type PageAbout } from './page-about.ts'
import type { Viewer } from './viewer-context.ts'

const pages: readonly PageAbout[] = [
  { path: '/overview', title: 'Overview', group: 'Usage', order: 10, scope: 'usage:read' },
  { path: '/customers', title: 'Customers', group: 'Usage', order: 40, scope: 'usage:read', forCustomers: { title: 'Your usage' } },
  { path: '/keys', title: 'Keys', group: 'Operation', order: 70, isForOperators: true },
  { path: '/tenants', title: 'Tenants', group: 'Operation', order: 80, forTenants: { title: 'Your account', group: 'Usage', order: 11 } },
  { path: '/start', title: 'Get started', order: 99 },
]
const viewer = (of: Partial<Viewer>): Viewer => ({
  kind: 'TENANT',
  scopes: ['usage:read'],
  tenantKeyScopes: ['usage:read'],
  customerId: null,
  tenant: null,
  ...of,
})
const titlesFor = (of: Partial<Viewer>) => navigationOf(viewer(of), pages).map(({ title }) => title)

describe('the navigation', () => {
  it('shows operators every page that is in it', () => {
    expect(titlesFor({ kind: 'OPERATOR' })).toEqual(['Overview', 'Customers', 'Keys', 'Tenants'])
  })

  it('shows tenants their account beside the overview, and nothing of operators', () => {
    expect(titlesFor({})).toEqual(['Overview', 'Your account', 'Customers'])
  })

  it('leaves out what the scopes do not allow', () => {
    expect(titlesFor({ scopes: [] })).toEqual(['Your account'])
  })

  it('shows customers their only page', () => {
    expect(titlesFor({ customerId: 'customer-1' })).toEqual(['Your usage'])
  })
})
