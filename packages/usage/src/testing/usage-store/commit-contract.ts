import { Decimal, Temporal } from '@tollgate/kernel'
import { describe, expect, it } from 'vitest'
import type { Committed } from '../../model/committed.ts'
import type { RatedEvent } from '../../model/event.ts'
import type { UsageStore } from '../../usage-store.ts'
import { freshTenant } from '../builders/fresh-tenant.ts'
import { usageEvent, type UsageEventFields } from '../builders/usage-event.ts'
import { measureRows } from './ask.ts'

const NOON = '2026-03-10T12:00:00Z'
const LATER = '2026-03-10T12:00:00.000001Z'

export function commitContract(store: () => UsageStore): void {
  describe('commit', () => {
    it('answers in the order of the batch, each with the event that its key stands for', async () => {
      const { tenantId } = freshTenant()
      const batch = ['a', 'b', 'c'].map((idempotencyKey, i) => usageEvent({ tenantId, idempotencyKey, occurredAt: `2026-03-10T12:00:0${i}Z` }))
      expect(await store().commit(batch)).toEqual(batch.map(event => ({ outcome: 'accepted', eventId: event.id, occurredAt: event.occurredAt })))
    })

    it('takes an empty batch', async () => {
      expect(await store().commit([])).toEqual([])
    })

    it('records every field as it was given', async () => {
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
      await store().commit([full, bare])
      const read = await store().eventsById(scope, [full.id, bare.id])
      expect(read.find(event => event.id === full.id)).toEqual(asRead(full))
      expect(read.find(event => event.id === bare.id)).toEqual(asRead(bare))
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
        const answers = together ? await store().commit([one, two]) : [...(await store().commit([one])), ...(await store().commit([two]))]
        expect(answers).toEqual([
          { outcome: 'accepted', eventId: one.id, occurredAt: one.occurredAt },
          { outcome, eventId: one.id, occurredAt: one.occurredAt },
        ])
        expect(await measureRows(store(), scope, { show: ['calls', 'cost'] })).toEqual([[1, '0.01']])
      }
    })

    it('is held against the first of a batch, not against the one before it', async () => {
      const { tenantId } = freshTenant()
      const event = (latencyMs: number) => usageEvent({ tenantId, idempotencyKey: 'k', latencyMs })
      const answers = await store().commit([event(1), event(2), event(2), event(1)])
      expect(answers.map(answer => answer.outcome)).toEqual(['accepted', 'conflict', 'conflict', 'duplicate'])
    })

    it('keeps the cost that the first was given', async () => {
      const { tenantId, scope } = freshTenant()
      await store().commit([usageEvent({ tenantId, idempotencyKey: 'k', cost: '0.01' })])
      await store().commit([usageEvent({ tenantId, idempotencyKey: 'k', cost: '99' })])
      expect(await measureRows(store(), scope, { show: ['cost'] })).toEqual([['0.01']])
    })

    it('is another key in another tenant', async () => {
      const batch = [freshTenant(), freshTenant()].map(({ tenantId }, i) => usageEvent({ tenantId, idempotencyKey: 'k', latencyMs: i }))
      expect((await store().commit(batch)).map(answer => answer.outcome)).toEqual(['accepted', 'accepted'])
    })

    it('is recognised however far apart the times lie', async () => {
      const { tenantId } = freshTenant()
      const old = usageEvent({ tenantId, idempotencyKey: 'k', occurredAt: '2001-05-05T00:00:00Z' })
      await store().commit([old])
      const repeat = usageEvent({ tenantId, idempotencyKey: 'k', occurredAtSent: false })
      expect(await store().commit([repeat])).toEqual([{ outcome: 'duplicate', eventId: old.id, occurredAt: old.occurredAt }])
    })

    it('tells keys apart that differ in case, in spaces or in composition', async () => {
      const { tenantId } = freshTenant()
      const keys = ['k', 'K', ' k', 'k ', 'é', 'e\u0301', `'; drop table --`, '\\', '{k}', 'k,"']
      const answers = await store().commit(keys.map(idempotencyKey => usageEvent({ tenantId, idempotencyKey })))
      expect(answers.map(answer => answer.outcome)).toEqual(keys.map(() => 'accepted'))
    })
  })

  describe('concurrent commits', () => {
    it('record every key once, whoever comes first', async () => {
      const { tenantId, scope } = freshTenant()
      const keys = Array.from({ length: 40 }, (_, i) => `key-${i}`)
      // Every writer in another order: writers that took their keys one by one would wait for each other in a circle.
      const commits = Array.from({ length: 8 }, (_, writer) => {
        const rotated = [...keys.slice(writer * 5), ...keys.slice(0, writer * 5)]
        return store().commit((writer % 2 ? rotated : rotated.toReversed()).map(idempotencyKey => usageEvent({ tenantId, idempotencyKey })))
      })
      const answers = (await Promise.all(commits)).flat()
      expect(answers.filter(answer => answer.outcome === 'accepted')).toHaveLength(40)
      expect(answers.filter(answer => answer.outcome === 'duplicate')).toHaveLength(7 * 40)
      expect(new Set(answers.map(answer => answer.eventId)).size).toBe(40)
      expect(await measureRows(store(), scope, { show: ['calls', 'cost'] })).toEqual([[40, '0.4']])
    })

    it('of one key for different payloads: one is recorded, the others conflict with it', async () => {
      const { tenantId } = freshTenant()
      const events = Array.from({ length: 8 }, (_, latencyMs) => usageEvent({ tenantId, idempotencyKey: 'k', latencyMs }))
      const answers = (await Promise.all(events.map(event => store().commit([event])))).flat()
      const winner = events[answers.findIndex(answer => answer.outcome === 'accepted')]
      expect(answers.map(answer => answer.outcome).toSorted()).toEqual(['accepted', ...events.slice(1).map(() => 'conflict')])
      expect(new Set(answers.map(answer => answer.eventId))).toEqual(new Set([winner?.id]))
    })
  })

  describe('commitHooks', () => {
    it('hold up a commit with the same key until it is known what becomes of it', async () => {
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

    it('get what was accepted, in the order of the batch, one after the other', async () => {
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

    it('are not called where nothing was accepted', async () => {
      const { tenantId } = freshTenant()
      await store().commit([usageEvent({ tenantId, idempotencyKey: 'k' })])
      const unexpected = async () => expect.fail('called')
      await store().commit([usageEvent({ tenantId, idempotencyKey: 'k' })], [unexpected])
      await store().commit([], [unexpected])
    })

    it('that fail leave nothing behind, and the keys free', async () => {
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
      imageOutput: 2 ** 53 - 1 - 45,
    },
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
    rating: { state: 'priced', cost: new Decimal('0.000000123456789'), priceId: 'bundled/openai/gpt-5-mini' },
  })
}

function asRead({ payloadHash, occurredAtSent, ...event }: RatedEvent) {
  return event
}
