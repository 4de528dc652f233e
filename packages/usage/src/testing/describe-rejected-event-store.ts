import { OPERATOR_SCOPE, randomIds, Temporal, tenantScope } from '@tollgate/kernel'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { NewRejectedEvent } from '../model/rejected-event.ts'
import type { RejectedEventsQuery, RejectedEventStore, RejectedEventStoreOptions } from '../rejected-event-store.ts'
import { freshTenant } from './builders/fresh-tenant.ts'

/** A store to test against the contract. It need not be empty: each test has its own tenants. */
export interface RejectedEventStoreUnderTest {
  readonly store: RejectedEventStore
  close?(): Promise<void>
}

const ids = randomIds()
const REJECTED_AT = Temporal.Instant.from('2026-03-10T12:00:00.123456Z')
const RESOLVED_AT = Temporal.Instant.from('2026-03-11T12:00:00.654321Z')

function rejection(tenantId: string, fields: Partial<NewRejectedEvent> = {}): NewRejectedEvent {
  const rejectedAt = fields.rejectedAt ?? REJECTED_AT
  return {
    id: ids.uuidV7(rejectedAt.epochMilliseconds),
    tenantId,
    idempotencyKey: 'k',
    reason: 'operation: is missing',
    payload: { operation: '' },
    rejectedAt,
    ...fields,
  }
}

const MAX_PER_TENANT = 20

/** Describes the contract of `RejectedEventStore`. Calls `make` once before the tests, with a small maximum, and `close` after them. */
export function describeRejectedEventStore(name: string, make: (options: RejectedEventStoreOptions) => Promise<RejectedEventStoreUnderTest>): void {
  describe(name, () => {
    let underTest: RejectedEventStoreUnderTest | undefined
    let store: RejectedEventStore
    beforeAll(async () => {
      underTest = await make({ maxPerTenant: MAX_PER_TENANT })
      store = underTest.store
    })
    afterAll(() => underTest?.close?.())

    const list = async (scope: ReturnType<typeof tenantScope>, query: Partial<RejectedEventsQuery> = {}) => {
      const { items: rejected, hasMore } = await store.list(scope, { first: 100, ...query })
      return { ids: rejected.map(entry => entry.id), hasMore }
    }

    describe('add', () => {
      it.each<{ name: string; payload: unknown }>([
        { name: 'a draft', payload: { operation: '', tokens: { input: -1, output: 1.5 }, metadata: { attributes: { a: [null, true, 'x'] } } } },
        { name: 'characters that cannot be in an event', payload: { operation: 'a\u0000b', model: 'half \ud83e' } },
        { name: 'a list', payload: [1, 'two', null] },
        { name: 'a string', payload: 'not an event' },
        { name: 'nothing: too large', payload: null },
      ])('stores an entry unchanged: $name', async ({ payload }) => {
        const { tenantId, scope } = freshTenant()
        const entry = rejection(tenantId, { payload, reason: 'a "reason" \\ {1}\n', idempotencyKey: 'é "k"' })
        await store.add([entry])
        const kept = { ...entry, attempts: 1, resolvedAt: null }
        expect(await store.byId(scope, entry.id)).toEqual(kept)
        expect((await store.list(scope, { first: 10 })).items).toEqual([kept])
      })

      it('accepts no entries', async () => {
        await store.add([])
      })

      it('counts an entry that is rejected again, in the same call or another', async () => {
        const { tenantId, scope } = freshTenant()
        const first = rejection(tenantId, { payload: { operation: '', status: 'x' } })
        await store.add([first])
        await store.add([
          rejection(tenantId, { payload: { status: 'x', operation: '' }, reason: 'newer reason' }),
          rejection(tenantId, { payload: first.payload, reason: 'newest reason' }),
        ])
        expect((await store.list(scope, { first: 10 })).items).toEqual([{ ...first, reason: 'newest reason', attempts: 3, resolvedAt: null }])
      })

      it('distinguishes entries by tenant, key and payload, or by reason without a payload', async () => {
        const [one, two] = [freshTenant(), freshTenant()]
        const entries = [
          rejection(one.tenantId),
          rejection(two.tenantId),
          rejection(one.tenantId, { idempotencyKey: null }),
          rejection(one.tenantId, { payload: { operation: ' ' } }),
          rejection(one.tenantId, { payload: null }),
          rejection(one.tenantId, { payload: null, reason: 'another' }),
        ]
        await store.add(entries)
        const scope = tenantScope(one.tenantId, two.tenantId)
        expect((await list(scope)).ids.toSorted()).toEqual(entries.map(entry => entry.id).toSorted())
        await store.add([rejection(one.tenantId, { payload: null })])
        expect(await store.byId(scope, entries[4]?.id ?? '')).toMatchObject({ attempts: 2 })
      })

      it('counts every attempt of concurrent callers', async () => {
        const { tenantId, scope } = freshTenant()
        await Promise.all(Array.from({ length: 8 }, () => store.add(['a', 'b', 'c'].map(idempotencyKey => rejection(tenantId, { idempotencyKey })))))
        expect((await store.list(scope, { first: 10 })).items.map(entry => entry.attempts)).toEqual([8, 8, 8])
      })
    })

    describe('too many entries of a tenant', () => {
      const many = (tenantId: string, count: number, from = 0) =>
        Array.from({ length: count }, (_, i) => rejection(tenantId, { idempotencyKey: `k${from + i}`, rejectedAt: REJECTED_AT.add({ seconds: from + i }) }))

      it('are discarded, the oldest first, and counted', async () => {
        const [one, other] = [freshTenant(), freshTenant()]
        const entries = many(one.tenantId, MAX_PER_TENANT + 7)
        expect(await store.add([...many(other.tenantId, 1), ...entries.slice(0, MAX_PER_TENANT)])).toEqual({ discarded: 0 })
        expect(await store.add(entries.slice(MAX_PER_TENANT))).toEqual({ discarded: 7 })
        const kept = entries.slice(7).map(({ id }) => id)
        expect(await list(one.scope)).toEqual({ ids: kept.toReversed(), hasMore: false })
        expect((await list(other.scope)).ids).toHaveLength(1)
      })

      it('are discarded even if they come in one call, or at the same time', async () => {
        const { tenantId, scope } = freshTenant()
        expect(await store.add(many(tenantId, 3 * MAX_PER_TENANT))).toEqual({ discarded: 2 * MAX_PER_TENANT })
        await Promise.all(Array.from({ length: 8 }, (_, i) => store.add(many(tenantId, 15, 1_000 + 15 * i))))
        await store.add(many(tenantId, 1, 5_000))
        expect((await list(scope)).ids).toHaveLength(MAX_PER_TENANT)
      })

      it('include resolved ones', async () => {
        const { tenantId, scope } = freshTenant()
        const [first, ...more] = many(tenantId, MAX_PER_TENANT + 1)
        if (first === undefined) throw new Error('There is a first entry')
        await store.add([first])
        await store.resolve(scope, first.id, RESOLVED_AT)
        expect(await store.add(more)).toEqual({ discarded: 1 })
        expect(await store.byId(scope, first.id)).toBeUndefined()
      })
    })

    describe('list', () => {
      it('lists entries newest first, in pages', async () => {
        const { tenantId, scope } = freshTenant()
        const entries = [0, 1, 2, 3, 4].map(i => rejection(tenantId, { idempotencyKey: `k${i}`, rejectedAt: REJECTED_AT.add({ seconds: i }) }))
        await store.add([entries[2], entries[0], entries[4], entries[1], entries[3]].flatMap(entry => entry ?? []))
        const newest = entries.map(entry => entry.id).toReversed()
        expect(await list(scope)).toEqual({ ids: newest, hasMore: false })
        expect(await list(scope, { first: 2 })).toEqual({ ids: newest.slice(0, 2), hasMore: true })
        expect(await list(scope, { first: 3, after: newest[1] ?? '' })).toEqual({ ids: newest.slice(2), hasMore: false })
        expect(await list(scope, { after: ids.uuidV7(REJECTED_AT.add({ milliseconds: 1_500 }).epochMilliseconds) })).toEqual({
          ids: newest.slice(3),
          hasMore: false,
        })
      })
    })

    describe('resolve', () => {
      it('removes an entry from the list, but keeps it', async () => {
        const { tenantId, scope } = freshTenant()
        const entry = rejection(tenantId)
        await store.add([entry])
        await store.resolve(scope, entry.id, RESOLVED_AT)
        expect((await list(scope)).ids).toEqual([])
        expect((await list(scope, { includeResolved: true })).ids).toEqual([entry.id])
        await store.resolve(scope, entry.id, RESOLVED_AT.add({ hours: 1 }))
        expect(await store.byId(scope, entry.id)).toEqual({ ...entry, attempts: 1, resolvedAt: RESOLVED_AT })
      })

      it('allows a new entry for the same event', async () => {
        const { tenantId, scope } = freshTenant()
        const [first, second] = [rejection(tenantId), rejection(tenantId)]
        await store.add([first])
        await store.resolve(scope, first.id, RESOLVED_AT)
        await store.add([second])
        expect((await list(scope)).ids).toEqual([second.id])
        expect(await store.byId(scope, first.id)).toMatchObject({ attempts: 1 })
        await store.resolve(scope, second.id, RESOLVED_AT)
        expect((await list(scope, { includeResolved: true })).ids.toSorted()).toEqual([first.id, second.id].toSorted())
      })
    })

    describe('scope', () => {
      it('hides entries of other tenants from reading and resolving', async () => {
        const [one, two] = [freshTenant(), freshTenant()]
        const entry = rejection(one.tenantId)
        await store.add([entry])
        for (const foreign of [two.scope, tenantScope()]) {
          expect(await store.byId(foreign, entry.id)).toBeUndefined()
          expect((await list(foreign)).ids).toEqual([])
          await store.resolve(foreign, entry.id, RESOLVED_AT)
        }
        expect(await store.byId(OPERATOR_SCOPE, entry.id)).toMatchObject({ resolvedAt: null })
      })

      it('finds nothing by a malformed id', async () => {
        const { scope } = freshTenant()
        for (const id of ['', 'no-id', `'; --`, ids.uuidV7(0)]) {
          expect(await store.byId(scope, id)).toBeUndefined()
          await store.resolve(scope, id, RESOLVED_AT)
        }
      })
    })
  })
}
