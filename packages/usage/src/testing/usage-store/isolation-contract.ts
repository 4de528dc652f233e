import { customerScope, OPERATOR_SCOPE, tenantScope } from '@tollgate/kernel'
import { beforeAll, describe, expect, it } from 'vitest'
import type { RatedEvent } from '../../model/event.ts'
import type { UsageStore } from '../../usage-store.ts'
import { freshTenant } from '../builders/fresh-tenant.ts'
import { usageEvent } from '../builders/usage-event.ts'
import { ALL_TIME, measureRows } from './measure-queries.ts'

/** What each scope can see. */
export function isolationContract(store: () => UsageStore): void {
  describe('scope', () => {
    const [acme, globex, initech] = [freshTenant('acme'), freshTenant('globex'), freshTenant('initech')]
    // A unique operation, because an operator also sees the events of other tests.
    const filter = { operations: [acme.tenantId] }
    let events: RatedEvent[]
    beforeAll(async () => {
      events = [acme, acme, globex, initech].map(({ tenantId }, i) =>
        usageEvent({ tenantId, operation: acme.tenantId, metadata: { customerId: i === 1 ? 'other' : 'c' }, latencyMs: 1 }),
      )
      await store().commit(events)
    })

    const scopes = [
      { name: 'a tenant', scope: acme.scope, tenants: [acme] },
      { name: 'several tenants', scope: tenantScope(acme.tenantId, initech.tenantId), tenants: [acme, initech] },
      { name: 'a tenant without usage', scope: freshTenant().scope, tenants: [] },
      { name: 'no tenant', scope: tenantScope(), tenants: [] },
      { name: 'an operator', scope: OPERATOR_SCOPE, tenants: [acme, globex, initech] },
      { name: 'a customer', scope: customerScope(acme.tenantId, 'other'), tenants: [acme], customer: 'other' },
      { name: 'a customer without usage', scope: customerScope(acme.tenantId, 'nobody'), tenants: [], customer: 'nobody' },
    ].map(({ name, scope, tenants, customer }) => {
      const tenantIds = tenants.map(tenant => tenant.tenantId)
      const isVisible = ({ tenantId, metadata }: RatedEvent) => tenantIds.includes(tenantId) && (customer === undefined || metadata.customerId === customer)
      return { name, scope, visible: () => events.filter(isVisible), tenantIds }
    })

    it.each(scopes)('of $name limits sums', async ({ scope, visible, tenantIds }) => {
      const customers = new Set(visible().map(({ tenantId, metadata }) => `${tenantId} ${metadata.customerId}`)).size
      const total = visible().length === 0 ? [] : [[visible().length, customers]]
      expect(await measureRows(store(), scope, { filter, show: ['calls', 'customers'] })).toEqual(total)
      expect(await measureRows(store(), scope, { filter, by: ['tenant'], latency: true, show: [] })).toEqual(tenantIds.toSorted().map(tenantId => [tenantId]))
    })

    it.each(scopes)('of $name limits events', async ({ scope, visible }) => {
      const { items: read, hasMore } = await store().events(scope, { range: ALL_TIME, filter, first: 100 })
      expect(read.map(event => event.id).toSorted()).toEqual(
        visible()
          .map(event => event.id)
          .toSorted(),
      )
      expect(hasMore).toBe(false)
    })

    it.each(scopes)('of $name limits events by id', async ({ scope, visible }) => {
      const read = await store().eventsById(
        scope,
        events.map(event => event.id),
      )
      expect(read.map(event => event.id).toSorted()).toEqual(
        visible()
          .map(event => event.id)
          .toSorted(),
      )
    })
  })
}
