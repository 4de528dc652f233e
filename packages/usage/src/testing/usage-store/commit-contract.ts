import { Decimal, Temporal } from '@tollgate/kernel'
import { describe, expect, it } from 'vitest'
import type { Committed } from '../../model/committed.ts'
import type { RatedEvent } from '../../model/event.ts'
import type { UsageStore } from '../../usage-store.ts'
import { freshTenant } from '../builders/fresh-tenant.ts'
import { usageEvent, type UsageEventFields } from '../builders/usage-event.ts'
import { ALL_TIME, measureRows } from './measure-queries.ts'

const NOON = '2026-03-10T12:00:00Z'
const LATER = '2026-03-10T12:00:00.000001Z'

export function commitContract(store: () => UsageStore): void {
  describe('commit', () => {
    it('returns outcomes in the order of the batch, each with the event that its key stands for', async () => {
      const { tenantId } = freshTenant()
      const batch = ['a', 'b', 'c'].map((idempotencyKey, i) => usageEvent({ tenantId, idempotencyKey, occurredAt: `2026-03-10T12:00:0${i}Z` }))
      expect(await store().commit(batch)).toEqual(batch.map(event => ({ outcome: 'accepted', eventId: event.id, occurredAt: event.occurredAt })))
    })

    it('accepts an empty batch', async () => {
      expect(await store().commit([])).toEqual([])
    })

    it('records every field unchanged', async () => {
      const { tenantId, scope } = freshTenant()
      const full = fullEvent(tenantId)
      const bare = usageEvent({
        tenantId,
        occurredAtSent: false,
        provider: null,
        model: null,
        tokens: null,
        rating: { state: 'not_applicable', cost: null, priceId: null },
      })
      const unpriced = usageEvent({ tenantId, tokens: null, rating: { state: 'unpriced', cost: null, priceId: null, unpricedReason: 'no_usage' } })
      await store().commit([full, bare, unpriced])
      const read = await store().eventsById(scope, [full.id, bare.id, unpriced.id])
      expect(read.find(event => event.id === full.id)).toEqual(asRead(full))
      expect(read.find(event => event.id === bare.id)).toEqual(asRead(bare))
      expect(read.find(event => event.id === unpriced.id)).toEqual(asRead(unpriced))
      const { items } = await store().events(scope, { range: ALL_TIME, first: 3 })
      expect(items.find(event => event.id === full.id)).toEqual(asRead(full))
    })
  })

  describe('a key that is used again', () => {
    it.each<{ name: string; first?: UsageEventFields; repeat?: UsageEventFields; outcome: Committed['outcome'] }>([
      { name: 'same payload, same time', outcome: 'duplicate' },
      { name: 'same payload, another time, both sent', repeat: { occurredAt: LATER }, outcome: 'conflict' },
      { name: 'same payload, the repeat sent no time', repeat: { occurredAt: LATER, occurredAtSent: false }, outcome: 'duplicate' },
      { name: 'same payload, the first sent no time', first: { occurredAtSent: false }, repeat: { occurredAt: LATER }, outcome: 'duplicate' },
      {
        name: 'same payload, neither sent a time',
        first: { occurredAtSent: false },
        repeat: { occurredAt: LATER, occurredAtSent: false },
        outcome: 'duplicate',
      },
      { name: 'other payload, same time', repeat: { latencyMs: 1 }, outcome: 'conflict' },
      { name: 'other payload, no time sent', repeat: { latencyMs: 1, occurredAtSent: false }, outcome: 'conflict' },
    ])('$name: $outcome', async ({ first, repeat, outcome }) => {
      for (const together of [true, false]) {
        const { tenantId, scope } = freshTenant()
        const one = usageEvent({ tenantId, idempotencyKey: 'k', occurredAt: NOON, ...first })
        const two = usageEvent({ tenantId, idempotencyKey: 'k', occurredAt: NOON, ...repeat })
        const results = together ? await store().commit([one, two]) : [...(await store().commit([one])), ...(await store().commit([two]))]
        expect(results).toEqual([
          { outcome: 'accepted', eventId: one.id, occurredAt: one.occurredAt },
          { outcome, eventId: one.id, occurredAt: one.occurredAt },
        ])
        expect(await measureRows(store(), scope, { show: ['calls', 'cost'] })).toEqual([[1, '0.01']])
      }
    })

    it('is compared with the first event of a batch, not the previous one', async () => {
      const { tenantId } = freshTenant()
      const event = (latencyMs: number) => usageEvent({ tenantId, idempotencyKey: 'k', latencyMs })
      const results = await store().commit([event(1), event(2), event(2), event(1)])
      expect(results.map(result => result.outcome)).toEqual(['accepted', 'conflict', 'conflict', 'duplicate'])
    })

    it('keeps the cost of the first event', async () => {
      const { tenantId, scope } = freshTenant()
      await store().commit([usageEvent({ tenantId, idempotencyKey: 'k', cost: '0.01' })])
      await store().commit([usageEvent({ tenantId, idempotencyKey: 'k', cost: '99' })])
      expect(await measureRows(store(), scope, { show: ['cost'] })).toEqual([['0.01']])
    })

    it('is a different key in another tenant', async () => {
      const batch = [freshTenant(), freshTenant()].map(({ tenantId }, i) => usageEvent({ tenantId, idempotencyKey: 'k', latencyMs: i }))
      expect((await store().commit(batch)).map(result => result.outcome)).toEqual(['accepted', 'accepted'])
    })

    it('is recognised however far apart the times are', async () => {
      const { tenantId } = freshTenant()
      const old = usageEvent({ tenantId, idempotencyKey: 'k', occurredAt: '2001-05-05T00:00:00Z' })
      await store().commit([old])
      const repeat = usageEvent({ tenantId, idempotencyKey: 'k', occurredAtSent: false })
      expect(await store().commit([repeat])).toEqual([{ outcome: 'duplicate', eventId: old.id, occurredAt: old.occurredAt }])
    })

    it('is a different key if case, spaces or composition differ', async () => {
      const { tenantId } = freshTenant()
      const keys = ['k', 'K', ' k', 'k ', 'é', 'e\u0301', `'; drop table --`, '\\', '{k}', 'k,"']
      const results = await store().commit(keys.map(idempotencyKey => usageEvent({ tenantId, idempotencyKey })))
      expect(results.map(result => result.outcome)).toEqual(keys.map(() => 'accepted'))
    })
  })

  describe('concurrent commits', () => {
    it('record every key once, whichever is first', async () => {
      const { tenantId, scope } = freshTenant()
      const keys = Array.from({ length: 40 }, (_, i) => `key-${i}`)
      // Each writer has a different order: writers that claimed keys one by one would deadlock.
      const commits = Array.from({ length: 8 }, (_, writer) => {
        const rotated = [...keys.slice(writer * 5), ...keys.slice(0, writer * 5)]
        return store().commit((writer % 2 ? rotated : rotated.toReversed()).map(idempotencyKey => usageEvent({ tenantId, idempotencyKey })))
      })
      const results = (await Promise.all(commits)).flat()
      expect(results.filter(result => result.outcome === 'accepted')).toHaveLength(40)
      expect(results.filter(result => result.outcome === 'duplicate')).toHaveLength(7 * 40)
      expect(new Set(results.map(result => result.eventId)).size).toBe(40)
      expect(await measureRows(store(), scope, { show: ['calls', 'cost'] })).toEqual([[40, '0.4']])
    })

    it('of one key with different payloads record one, and the others conflict', async () => {
      const { tenantId } = freshTenant()
      const events = Array.from({ length: 8 }, (_, latencyMs) => usageEvent({ tenantId, idempotencyKey: 'k', latencyMs }))
      const results = (await Promise.all(events.map(event => store().commit([event])))).flat()
      const winner = events[results.findIndex(result => result.outcome === 'accepted')]
      expect(results.map(result => result.outcome).toSorted()).toEqual(['accepted', ...events.slice(1).map(() => 'conflict')])
      expect(new Set(results.map(result => result.eventId))).toEqual(new Set([winner?.id]))
    })
  })

  describe('the hook of outcomes', () => {
    const outcomesOf = async (batch: readonly RatedEvent[]) => {
      const seen: (readonly Committed[])[] = []
      const committed = await store().commit(batch, [], async (_, outcomes) => void seen.push(outcomes))
      expect(seen).toEqual([committed])
      return committed.map(({ outcome }) => outcome)
    }

    it('gets the outcome of every event once per commit, also if none was accepted', async () => {
      const { tenantId } = freshTenant()
      const keyed = (idempotencyKey: string, latencyMs = 1) => usageEvent({ tenantId, idempotencyKey, latencyMs })
      expect(await outcomesOf([keyed('a'), keyed('b'), keyed('a')])).toEqual(['accepted', 'accepted', 'duplicate'])
      expect(await outcomesOf([keyed('c'), keyed('b'), keyed('a', 2)])).toEqual(['accepted', 'duplicate', 'conflict'])
      expect(await outcomesOf([keyed('a'), keyed('b')])).toEqual(['duplicate', 'duplicate'])
    })

    it('rolls back everything if it fails', async () => {
      const { tenantId, scope } = freshTenant()
      const event = usageEvent({ tenantId, idempotencyKey: 'k' })
      const failure = new Error('the counts cannot be stored')
      await expect(store().commit([event], [], () => Promise.reject(failure))).rejects.toBe(failure)
      expect(await measureRows(store(), scope, { show: ['calls'] })).toEqual([])
      expect(await store().commit([event])).toMatchObject([{ outcome: 'accepted' }])
    })
  })

  describe('commit hooks', () => {
    it('block a commit with the same key until they finish', async () => {
      for (const fails of [false, true]) {
        const { tenantId, scope } = freshTenant()
        const event = () => usageEvent({ tenantId, idempotencyKey: 'k' })
        const begun = Promise.withResolvers<void>()
        const end = Promise.withResolvers<void>()
        const slow = () => {
          begun.resolve()
          return end.promise
        }
        const first = store().commit([event()], [slow])
        await begun.promise
        const second = store().commit([event()])
        if (fails) end.reject(new Error('no'))
        else end.resolve()
        const [one, two] = await Promise.allSettled([first, second])
        expect(one.status).toBe(fails ? 'rejected' : 'fulfilled')
        expect(two).toMatchObject({ status: 'fulfilled', value: [{ outcome: fails ? 'accepted' : 'duplicate' }] })
        expect(await measureRows(store(), scope, { show: ['calls'] })).toEqual([[1]])
      }
    })

    it('get the accepted events in the order of the batch, one hook after the other', async () => {
      const { tenantId } = freshTenant()
      await store().commit([usageEvent({ tenantId, idempotencyKey: 'old' })])
      const log: string[] = []
      const note = (name: string) => async (_: unknown, accepted: readonly RatedEvent[]) => {
        log.push(`${name} begins`)
        await Promise.resolve()
        log.push(`${name} ends: ${accepted.map(event => event.idempotencyKey).join()}`)
      }
      const batch = ['b', 'old', 'a', 'b'].map(idempotencyKey => usageEvent({ tenantId, idempotencyKey }))
      await store().commit(batch, [note('quotas'), note('credits')])
      expect(log).toEqual(['quotas begins', 'quotas ends: b,a', 'credits begins', 'credits ends: b,a'])
    })

    it('are not called if no event was accepted', async () => {
      const { tenantId } = freshTenant()
      await store().commit([usageEvent({ tenantId, idempotencyKey: 'k' })])
      const unexpected = async () => expect.fail('called')
      await store().commit([usageEvent({ tenantId, idempotencyKey: 'k' })], [unexpected])
      await store().commit([], [unexpected])
    })

    it('roll back everything if they fail, and free the keys', async () => {
      const { tenantId, scope } = freshTenant()
      const event = usageEvent({ tenantId, idempotencyKey: 'k' })
      const failure = new Error('the wallet is empty')
      await expect(store().commit([event], [async () => {}, () => Promise.reject(failure)])).rejects.toBe(failure)
      expect(await measureRows(store(), scope, { show: ['calls'] })).toEqual([])
      expect(await store().eventsById(scope, [event.id])).toEqual([])
      expect(await store().commit([event])).toMatchObject([{ outcome: 'accepted' }])
    })
  })
}

function fullEvent(tenantId: string): RatedEvent {
  return usageEvent({
    tenantId,
    idempotencyKey: 'key "quoted" \\ {1,2} \t é 🦊',
    occurredAt: '2026-03-10T12:34:56.123456Z',
    recordedAt: Temporal.Instant.from('2026-03-10T12:34:57.654321Z'),
    operation: 'chat_message',
    status: 'failure',
    tokens: {
      input: 1,
      output: 2,
      cacheRead: 3,
      cacheWrite5m: 4,
      cacheWrite1h: 5,
      reasoning: 6,
      audioInput: 7,
      audioOutput: 8,
      imageInput: 9,
      imageOutput: 2 ** 53 - 1 - 45 - 21,
      cacheWrite30m: 10,
      videoInput: 11,
    },
    units: [
      { kind: 'web_search', quantity: '3' },
      { kind: 'image "hd"', quantity: '12345678901234567890.000000000000000001', variant: 'é 🦊 \\ 1024' },
    ],
    quantity: '12345678901234567890.123456789',
    reportedCost: '0.000000000001',
    latencyMs: 86_400_000,
    statusCode: 503,
    errorMessage: 'upstream said:\n"no", \\N and \\.',
    metadata: {
      customerId: 'cust_1',
      organizationId: 'org_1',
      productId: 'prod_1',
      featureId: 'feat_1',
      subscriptionTier: 'pro',
      environment: 'production',
      taskType: 'chat',
      sessionId: 's',
      traceId: 't',
      requestId: 'r',
      attributes: { text: 'a "b" \\ 🦊', number: 1.5, yes: true, no: false, '': '' },
    },
    reservationId: 'res_1',
    serviceTier: 'batch',
    speed: 'fast',
    region: 'us-east-1',
    credits: new Decimal('0.25'),
    description: 'Summary of a session',
    resourceType: 'chat_session',
    resourceId: 's1',
    rating: { state: 'priced', cost: new Decimal('0.000000123456789'), priceId: 'bundled/openai/gpt-5-mini' },
  })
}

function asRead({ payloadHash, occurredAtSent, ...event }: RatedEvent) {
  return event
}
