import { Decimal } from '@tollgate/kernel'
import { describe, expect, it } from 'vitest'
import type { UsageStore } from '../../usage-store.ts'
import { freshTenant } from '../builders/fresh-tenant.ts'
import { usageEvent, type UsageEventFields } from '../builders/usage-event.ts'
import { between, measureRows } from './measure-queries.ts'

/** Which events a filter selects. */
export function filterContract(store: () => UsageStore): void {
  const record = async (...events: UsageEventFields[]) => {
    const { tenantId, scope } = freshTenant()
    await store().commit(events.map(fields => usageEvent({ tenantId, ...fields })))
    return scope
  }

  describe('a filter', () => {
    const events: UsageEventFields[] = [
      {
        provider: 'openai',
        model: 'a',
        operation: 'chat',
        metadata: {
          ...{ customerId: 'c1', organizationId: 'o1', productId: 'p1', featureId: 'f1', subscriptionTier: 'pro', environment: 'prod', taskType: 't1' },
          ...{ sessionId: 's1', requestId: 'r1', traceId: 'x1', attributes: { user: `ana's "é`, seats: 7 } },
        },
        cost: '0.5',
      },
      {
        provider: 'openai',
        model: 'b',
        operation: 'chat',
        status: 'failure',
        idempotencyKey: 'key of b',
        metadata: { customerId: 'c2', sessionId: 's2' },
        cost: '2',
      },
      { provider: null, model: null, operation: 'search', status: 'rate_limited', cost: null },
    ]

    it.each([
      { filter: {}, calls: 3 },
      { filter: { providers: ['openai'] }, calls: 2 },
      { filter: { models: ['a', 'b', 'z'] }, calls: 2 },
      { filter: { operations: ['search'] }, calls: 1 },
      { filter: { statuses: ['failure', 'rate_limited'] as const }, calls: 2 },
      { filter: { customers: ['c1'] }, calls: 1 },
      { filter: { customers: ['C1'] }, calls: 0 },
      { filter: { organizations: ['o1'] }, calls: 1 },
      { filter: { products: ['p1'] }, calls: 1 },
      { filter: { features: ['f1'] }, calls: 1 },
      { filter: { tiers: ['pro'] }, calls: 1 },
      { filter: { environments: ['prod'] }, calls: 1 },
      { filter: { taskTypes: ['t1'] }, calls: 1 },
      { filter: { providers: ['openai'], customers: ['c2'] }, calls: 1 },
      { filter: { providers: ['openai'], operations: ['search'] }, calls: 0 },
      { filter: { providers: [] }, calls: 0 },
      { filter: { providers: ['openai'], customers: [] }, calls: 0 },
      { filter: { models: [`'; --`, 'null', ''] }, calls: 0 },
      { filter: { missing: ['customer'] as const }, calls: 1 },
      { filter: { missing: ['feature'] as const, providers: ['openai'] }, calls: 1 },
      { filter: { missing: ['customer'] as const, customers: ['c1'] }, calls: 0 },
      { filter: { sessions: ['s1'] }, calls: 1 },
      { filter: { sessions: ['s1', 's2', 's3'], providers: ['openai'] }, calls: 2 },
      { filter: { sessions: [] }, calls: 0 },
      { filter: { sessions: ['s1'], customers: ['c2'] }, calls: 0 },
      { filter: { missing: ['session'] as const }, calls: 1 },
      { filter: { missing: ['session', 'customer'] as const, operations: ['search'] }, calls: 1 },
      { filter: { requests: ['r1'] }, calls: 1 },
      { filter: { traces: ['x1', `'; --`] }, calls: 1 },
      { filter: { identifiers: ['s1'] }, calls: 1 },
      { filter: { identifiers: ['r1', 'key of b'] }, calls: 2 },
      { filter: { identifiers: ['x1'], models: ['b'] }, calls: 0 },
      { filter: { identifiers: [`ana's "é`] }, calls: 1 },
      { filter: { identifiers: ['7', 'user', 'c1', '$', ''] }, calls: 0 },
      { filter: { identifiers: ['"', '\\', '\u0001', '😀', '\ud83d', 's1"] || $.* == "y'] }, calls: 0 },
      { filter: { identifiers: [] }, calls: 0 },
      { filter: { cost: { atLeast: new Decimal('0.5') } }, calls: 2 },
      { filter: { cost: { atLeast: new Decimal('0.5000001') } }, calls: 1 },
      { filter: { cost: { atMost: new Decimal('0.5') } }, calls: 1 },
      { filter: { cost: { atLeast: new Decimal(1), atMost: new Decimal('1.5') } }, calls: 0 },
      { filter: { pricingStates: ['unpriced'] as const }, calls: 1 },
      { filter: { pricingStates: ['priced', 'unpriced'] as const, sessions: ['s2'] }, calls: 1 },
    ])('$filter selects $calls calls', async ({ filter, calls }) => {
      const scope = await record(...events)
      const expected = calls === 0 ? [] : [[calls]]
      expect(await measureRows(store(), scope, { filter, show: ['calls'] })).toEqual(expected)
      // Also off full hours, where a store may have to read events instead of rollups.
      expect(await measureRows(store(), scope, { filter, buckets: [between('2026-03-10T11:17:00Z', '2026-03-10T12:42:00Z')], show: ['calls'] })).toEqual(
        expected,
      )
    })
  })
}
