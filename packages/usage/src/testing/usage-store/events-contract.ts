import { Decimal, randomIds, type Scope } from '@tollgate/kernel'
import { describe, expect, it } from 'vitest'
import type { RatedEvent } from '../../model/event.ts'
import type { EventPosition, EventsQuery, UsageStore } from '../../usage-store.ts'
import { freshTenant } from '../builders/fresh-tenant.ts'
import { usageEvent } from '../builders/usage-event.ts'
import { ALL_TIME, between } from './measure-queries.ts'

/** Events, in pages and by id. */
export function eventsContract(store: () => UsageStore): void {
  const page = async (scope: Scope, query: Partial<EventsQuery> = {}) => {
    const { items: events, hasMore } = await store().events(scope, { range: ALL_TIME, first: 100, ...query })
    return { ids: events.map(event => event.id), hasMore }
  }

  describe('events', () => {
    it('are listed newest first, ties by id, in whatever order they were recorded', async () => {
      const { tenantId, scope } = freshTenant()
      const recorded = mixedEvents(tenantId)
      await store().commit(recorded.slice(0, 5))
      await store().commit(recorded.slice(5))
      expect(await page(scope)).toEqual({ ids: newestFirst(recorded), hasMore: false })
    })

    it.each([1, 2, 3, 5, 12])('are listed once each in pages of %i, also if a page ends between ties', async first => {
      const { tenantId, scope } = freshTenant()
      const recorded = mixedEvents(tenantId)
      await store().commit(recorded)
      const read: string[] = []
      let after: EventPosition | undefined
      for (let hasMore = true; hasMore;) {
        const result = await store().events(scope, { range: ALL_TIME, first, ...(after && { after }) })
        expect(result.items.length).toBeGreaterThan(0)
        read.push(...result.items.map(event => event.id))
        after = result.items.at(-1)
        hasMore = result.hasMore
        expect(hasMore).toBe(read.length < recorded.length)
      }
      expect(read).toEqual(newestFirst(recorded))
    })

    it('continue after a position without an event, and at the end', async () => {
      const { tenantId, scope } = freshTenant()
      const [older, newer] = [usageEvent({ tenantId, occurredAt: '2026-03-10T10:00:00Z' }), usageEvent({ tenantId, occurredAt: '2026-03-10T14:00:00Z' })]
      await store().commit([newer, older])
      const place = usageEvent({ occurredAt: '2026-03-10T12:00:00Z' })
      expect(await page(scope, { after: place })).toEqual({ ids: [older.id], hasMore: false })
      expect(await page(scope, { after: older })).toEqual({ ids: [], hasMore: false })
    })

    it('respect the half-open range and the filter', async () => {
      const { tenantId, scope } = freshTenant()
      const at = (occurredAt: string, model: string | null) =>
        usageEvent({ tenantId, occurredAt, model, ...(model === 'b' && { metadata: { sessionId: 's2' } }) })
      const recorded = [at('2026-03-10T10:00:00Z', 'a'), at('2026-03-10T11:00:00Z', 'b'), at('2026-03-10T11:30:00Z', null), at('2026-03-10T12:00:00Z', 'a')]
      await store().commit(recorded)
      const ids = recorded.map(event => event.id)
      const range = between('2026-03-10T10:00:00Z', '2026-03-10T12:00:00Z')
      expect((await page(scope, { range })).ids).toEqual([ids[2], ids[1], ids[0]])
      expect((await page(scope, { range, filter: { models: ['a'] } })).ids).toEqual([ids[0]])
      expect((await page(scope, { range, filter: { models: ['a', 'b'], operations: ['chat_message'] } })).ids).toEqual([ids[1], ids[0]])
      expect((await page(scope, { range, filter: { sessions: ['s2'] } })).ids).toEqual([ids[1]])
      expect((await page(scope, { range, filter: { missing: ['session'], models: ['a'] } })).ids).toEqual([ids[0]])
      expect((await page(scope, { range, first: 1, filter: { cost: { atLeast: new Decimal('0.01') }, pricingStates: ['priced'] } })).hasMore).toBe(true)
      expect((await page(scope, { range, filter: { models: [] } })).ids).toEqual([])
    })

    it('can be paged over years, including backdated events', async () => {
      const { tenantId, scope } = freshTenant()
      const recorded = [2001, 2010, 2025, 2026].map(year => usageEvent({ tenantId, occurredAt: `${year}-01-31T23:59:59.999999Z` }))
      await store().commit(recorded.toReversed())
      const first = await page(scope, { first: 2 })
      expect(first).toEqual({ ids: [recorded[3]?.id, recorded[2]?.id], hasMore: true })
      expect(await page(scope, { first: 2, ...(recorded[2] && { after: recorded[2] }) })).toEqual({ ids: [recorded[1]?.id, recorded[0]?.id], hasMore: false })
    })
  })

  describe('eventsById', () => {
    it('finds events of any time, each once, and omits unknown and malformed ids', async () => {
      const { tenantId, scope } = freshTenant()
      const recorded = ['2001-05-05T00:00:00Z', '2026-03-10T12:00:00.999999Z', '2026-03-10T12:00:00Z'].map(occurredAt => usageEvent({ tenantId, occurredAt }))
      await store().commit(recorded)
      const ids = recorded.map(event => event.id)
      const asked = [...ids, ...ids, randomIds().uuidV7(0), randomIds().uuidV7(Date.parse('2026-03-10T12:00:00Z')), 'no-id', '', `'; --`]
      const found = await store().eventsById(scope, asked)
      expect(found.map(event => event.id).toSorted()).toEqual(ids.toSorted())
      expect(await store().eventsById(scope, [])).toEqual([])
    })
  })
}

/** Twelve events at four times, three at each, shuffled. */
function mixedEvents(tenantId: string): RatedEvent[] {
  const times = ['2026-03-10T12:00:00Z', '2026-03-10T12:00:00.000001Z', '2026-02-28T23:59:59.999999Z', '2026-03-01T00:00:00Z']
  return Array.from({ length: 12 }, (_, i) => usageEvent({ tenantId, occurredAt: times[i % 4] ?? '' }))
}

function newestFirst(events: readonly RatedEvent[]): string[] {
  const place = (event: RatedEvent) => `${event.occurredAt.epochNanoseconds} ${event.id}`
  return events.toSorted((a, b) => (place(a) < place(b) ? 1 : -1)).map(event => event.id)
}
