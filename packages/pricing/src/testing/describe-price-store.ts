import { customerScope, Decimal, InvalidInput, OPERATOR_SCOPE, type Scope, Temporal, tenantScope } from '@tollgate/kernel'
import { beforeEach, describe, expect, it } from 'vitest'
import { bundledPrices } from '../engine/bundled/bundled-prices.ts'
import type { Price } from '../model/price.ts'
import type { PriceQuery, PriceStore } from '../price-store.ts'
import { releaseDigest } from '../model/imports/release-digest.ts'
import { makePrice } from './price.ts'

const IMPORTED_AT = Temporal.Instant.from('2026-11-20T00:00:00.123456Z')

/** Contract suite for price stores. `make` must return an empty store; it is called before each test. */
export function describePriceStore(name: string, make: () => Promise<PriceStore>): void {
  describe(`${name}, a price store`, () => {
    let store: PriceStore
    beforeEach(async () => {
      store = await make()
    })

    const add = (...prices: readonly Price[]) => store.add(OPERATOR_SCOPE, prices)
    const listed = async (scope: Scope, query: Partial<PriceQuery> = {}) => (await store.list(scope, { first: 100, ...query })).items.map(({ id }) => id)
    const allIds = async () => (await store.all()).map(({ id }) => id)
    const shared = makePrice({ id: 'shared' })
    const ofAcme = makePrice({ id: 'of-acme', tenantId: 'acme' })
    const ofGlobex = makePrice({ id: 'of-globex', tenantId: 'globex' })
    const bundled = (id: string, fields: Parameters<typeof makePrice>[0] = {}) => makePrice({ id, source: 'bundled', model: id, ...fields })

    describe('storing', () => {
      it('returns a price exactly as it was added', async () => {
        const price = makePrice({
          id: 'everything',
          tenantId: 'acme',
          match: { or: [{ equals: 'large' }, { and: [{ starts_with: 'large-' }, { regex: '^large-\\d' }] }] },
          from: '2026-01-01T00:00:00.000001Z',
          to: '2026-07-01T00:00:00Z',
          timeOfDay: { from: '22:30:00', to: '06:00:00', weekdays: [1, 5] },
          serviceTier: 'priority',
          speed: 'fast',
          region: 'us-gov-*',
          rates: { input: '0.000000000000000001', output: '1000000000.5', cacheWrite1h: '0', cacheReadAudio: '0.3', videoInput: '2' },
          marginalSteps: true,
          perRequest: '0.012',
          units: [
            { kind: 'web_search', price: new Decimal('0.01') },
            { kind: 'audio_second', price: new Decimal('0.111'), per: 3_600 },
            { kind: 'image', variant: 'high-1024x1024', price: new Decimal('0.000000000000000001') },
          ],
          publishedAt: '2026-01-02T03:04:05.678901Z',
        })
        await add(price)
        expect(plain(await store.all())).toEqual(plain([price]))
        expect(plain(await store.byIds(OPERATOR_SCOPE, ['everything']))).toEqual(plain([price]))
        expect(plain((await store.list(OPERATOR_SCOPE, { first: 1 })).items)).toEqual(plain([price]))
      })
      it('returns a price for a part of the day that ends at midnight', async () => {
        const price = makePrice({ timeOfDay: { from: '16:30:00', to: '24:00:00' } })
        await add(price)
        expect(plain(await store.all())).toEqual(plain([price]))
      })
      it('returns context steps in order', async () => {
        const stepped = bundledPrices().find(({ perMillionTokens }) => Object.values(perMillionTokens).some(({ steps }) => steps.length > 0))
        if (!stepped) throw new Error('no bundled price has steps')
        await store.importBundled([stepped], IMPORTED_AT)
        expect(plain(await store.all())).toEqual(plain([stepped]))
      })
      it('keeps the order of publication, even of prices published at the same time', async () => {
        const ids = ['b', 'a', 'd', 'c']
        for (const id of ids) await add(makePrice({ id }))
        expect(await allIds()).toEqual(ids)
      })
      it('ignores a price whose id is already stored', async () => {
        await add(shared)
        await add({ ...makePrice({ rates: { input: '99' } }), id: 'shared' })
        expect(plain(await store.all())).toEqual(plain([shared]))
      })
    })

    describe('version', () => {
      it('grows with every publication, and only with publications', async () => {
        const seen = [BigInt(await store.version())]
        await add(makePrice({ id: 'one' }))
        seen.push(BigInt(await store.version()))
        await add(makePrice({ id: 'one' }))
        expect(BigInt(await store.version())).toBe(seen[1])
        await store.importBundled([bundled('x')], IMPORTED_AT)
        seen.push(BigInt(await store.version()))
        await store.importBundled([], IMPORTED_AT)
        seen.push(BigInt(await store.version()))
        expect(seen.every((version, i) => i === 0 || version > (seen[i - 1] ?? version))).toBe(true)
      })
    })

    it('stores and counts every one of many concurrent publications', async () => {
      const before = BigInt(await store.version())
      const ids = Array.from({ length: 20 }, (_, i) => `at-once-${i}`)
      await Promise.all(ids.map(id => add(makePrice({ id }))))
      expect(BigInt(await store.version()) - before).toBe(20n)
      expect(new Set(await allIds())).toEqual(new Set(ids))
    })

    describe('addIfVersion', () => {
      const addIfVersion = async (id: string, version: string) => store.addIfVersion(OPERATOR_SCOPE, [makePrice({ id })], version)
      it('adds prices if nothing was published since', async () => {
        const before = await store.version()
        expect(await addIfVersion('one', before)).toBe(true)
        expect(BigInt(await store.version())).toBe(BigInt(before) + 1n)
        expect(await allIds()).toEqual(['one'])
      })
      it('adds nothing if something was published since', async () => {
        const before = await store.version()
        await add(makePrice({ id: 'other' }))
        expect(await addIfVersion('one', before)).toBe(false)
        expect(BigInt(await store.version())).toBe(BigInt(before) + 1n)
        expect(await allIds()).toEqual(['other'])
      })
      it('succeeds for one of many concurrent calls', async () => {
        const before = await store.version()
        const added = await Promise.all(Array.from({ length: 8 }, (_, i) => addIfVersion(`at-once-${i}`, before)))
        expect(added.filter(Boolean)).toHaveLength(1)
        expect(await allIds()).toHaveLength(1)
      })
      it('rejects tenants', async () => {
        const version = await store.version()
        await expect(store.addIfVersion(tenantScope('acme'), [ofAcme], version)).rejects.toMatchObject({ code: 'FORBIDDEN' })
      })
    })

    describe('scope', () => {
      beforeEach(() => add(shared, ofAcme, ofGlobex))

      it('lets a tenant see shared prices and its own', async () => {
        expect(await listed(tenantScope('acme'))).toEqual(['of-acme', 'shared'])
        expect(await listed(tenantScope('acme', 'globex'))).toEqual(['of-acme', 'of-globex', 'shared'])
      })
      it('lets a customer, and a scope without tenants, see none', async () => {
        expect(await listed(customerScope('acme', 'ada'))).toEqual([])
        expect(await listed(tenantScope())).toEqual([])
      })
      it('lets an operator see all prices', async () => {
        expect(await listed(OPERATOR_SCOPE)).toEqual(['of-acme', 'of-globex', 'shared'])
      })
      it('limits byIds to visible prices', async () => {
        const found = await store.byIds(tenantScope('acme'), ['shared', 'of-acme', 'of-globex', 'nothing', 'shared'])
        expect(found.map(({ id }) => id).toSorted()).toEqual(['of-acme', 'shared'])
      })
      it('lets a tenant see its rates', async () => {
        expect(plain(await store.byIds(tenantScope('acme'), ['of-acme']))).toEqual(plain([ofAcme]))
      })
      it('rejects prices added by a tenant, even for itself', async () => {
        await expect(store.add(tenantScope('acme'), [makePrice({ id: 'free', tenantId: 'acme' })])).rejects.toMatchObject({ code: 'FORBIDDEN' })
        expect(await store.byIds(OPERATOR_SCOPE, ['free'])).toEqual([])
      })
      it("rejects another tenant's price as a cursor", async () => {
        await expect(listed(tenantScope('acme'), { after: 'of-globex' })).rejects.toThrow(InvalidInput)
      })
    })

    describe('pages', () => {
      const january = { id: 'b', from: '2026-01-01T00:00:00Z', to: '2026-02-01T00:00:00Z' }
      beforeEach(() =>
        add(
          makePrice({ ...january }),
          makePrice({ id: 'c' }),
          makePrice({ id: 'a', from: '2026-02-01T00:00:00Z' }),
          makePrice({ id: 'z', model: 'Huge' }),
          makePrice({ id: 'y', provider: 'zenith' }),
          makePrice({ id: 'x', from: '2026-01-01T00:00:00Z', to: '2026-02-01T00:00:00Z' }),
        ),
      )

      it('are ordered by provider, model, start and id', async () => {
        expect(await listed(OPERATOR_SCOPE)).toEqual(['z', 'c', 'b', 'x', 'a', 'y'])
      })
      it('have no gaps or repeats', async () => {
        const walked: string[] = []
        for (;;) {
          const last = walked.at(-1)
          const { items, hasMore } = await store.list(OPERATOR_SCOPE, { first: 2, ...(last !== undefined && { after: last }) })
          walked.push(...items.map(({ id }) => id))
          if (!hasMore) break
        }
        expect(walked).toEqual(['z', 'c', 'b', 'x', 'a', 'y'])
      })
      it('reject a cursor that is not the id of a price', async () => {
        await expect(listed(OPERATOR_SCOPE, { after: 'nothing' })).rejects.toThrow(/after: is not the id of a price/)
      })
      it.each([
        { query: { provider: 'zenith' }, expected: ['y'] },
        { query: { model: 'huge' }, expected: ['z'] },
        { query: { model: 'large' }, expected: ['c', 'b', 'x', 'a', 'y'] },
        { query: { at: Temporal.Instant.from('2026-01-01T00:00:00Z') }, expected: ['z', 'c', 'b', 'x', 'y'] },
        { query: { at: Temporal.Instant.from('2026-02-01T00:00:00Z') }, expected: ['z', 'c', 'a', 'y'] },
        { query: { at: Temporal.Instant.from('2025-12-31T23:59:59.999999Z') }, expected: ['z', 'c', 'y'] },
      ])('can be filtered by $query', async ({ query, expected }) => {
        expect(await listed(OPERATOR_SCOPE, query)).toEqual(expected)
      })
    })

    describe('bundled prices', () => {
      it('are those of the latest release, in its order, before published prices', async () => {
        await add(shared)
        expect(await store.importBundled([bundled('b'), bundled('a')], IMPORTED_AT)).toBe(2)
        expect(await allIds()).toEqual(['b', 'a', 'shared'])
      })
      it('are replaced by a release: new prices are added, missing ones become inactive, the rest stay', async () => {
        await store.importBundled([bundled('kept'), bundled('dropped')], IMPORTED_AT)
        expect(await store.importBundled([bundled('added'), bundled('kept')], IMPORTED_AT)).toBe(1)
        expect(await allIds()).toEqual(['added', 'kept'])
        expect(await listed(OPERATOR_SCOPE)).toEqual(['added', 'kept'])
        expect((await store.byIds(OPERATOR_SCOPE, ['dropped'])).map(({ id }) => id)).toEqual(['dropped'])
      })
      it('have a release with a digest and an import time', async () => {
        expect(await store.bundledRelease()).toBeUndefined()
        await store.importBundled([bundled('one')], IMPORTED_AT)
        const first = await store.bundledRelease()
        await store.importBundled([bundled('two')], IMPORTED_AT.add({ hours: 1 }))
        const second = await store.bundledRelease()
        expect(String(first?.importedAt)).toBe('2026-11-20T00:00:00.123456Z')
        expect(String(second?.importedAt)).toBe('2026-11-20T01:00:00.123456Z')
        expect([first?.digest, second?.digest]).toEqual([releaseDigest([bundled('one')]), releaseDigest([bundled('two')])])
        await store.importBundled([bundled('one')], IMPORTED_AT.add({ hours: 2 }))
        expect(await store.bundledRelease()).toEqual(second)
      })
      it('do not change if an older release is imported again', async () => {
        await store.importBundled([bundled('old')], IMPORTED_AT)
        await store.importBundled([bundled('new')], IMPORTED_AT)
        expect(await store.importBundled([bundled('old')], IMPORTED_AT)).toBe(0)
        expect(await allIds()).toEqual(['new'])
      })
      it('become active again with a release that contains them again', async () => {
        await store.importBundled([bundled('first')], IMPORTED_AT)
        await store.importBundled([bundled('second')], IMPORTED_AT)
        expect(await store.importBundled([bundled('first'), bundled('third')], IMPORTED_AT)).toBe(1)
        expect(await allIds()).toEqual(['first', 'third'])
      })
      it('are replaced by a list of a feed only if the expected release is still active', async () => {
        await store.importBundled([bundled('one')], IMPORTED_AT)
        const before = await store.bundledRelease()
        const release = (digest: string) => ({ digest, importedAt: IMPORTED_AT, feedVersion: 7 })
        expect(await store.activate([bundled('two')], release('x'), 'another')).toBe(false)
        expect(await store.activate([bundled('two')], release('x'), undefined)).toBe(false)
        expect(await allIds()).toEqual(['one'])
        expect(await store.activate([bundled('two'), bundled('one')], release('x'), before?.digest)).toBe(true)
        expect(await allIds()).toEqual(['two', 'one'])
        expect(await store.bundledRelease()).toMatchObject({ digest: 'x', feedVersion: 7 })
        expect(await store.activate([bundled('one')], release('x'), 'x')).toBe(false)
        expect(before?.feedVersion).toBeNull()
      })
      it('are activated by one of many concurrent servers', async () => {
        const activated = await Promise.all(
          Array.from({ length: 8 }, (_, server) =>
            store.activate([bundled(`of-${server}`)], { digest: `d${server}`, importedAt: IMPORTED_AT, feedVersion: 1 }, undefined),
          ),
        )
        expect(activated.filter(Boolean)).toHaveLength(1)
        expect(await allIds()).toEqual([`of-${activated.indexOf(true)}`])
      })
      it('are imported once by concurrent imports', async () => {
        const prices = bundledPrices().slice(0, 200)
        const added = await Promise.all(Array.from({ length: 8 }, () => store.importBundled(prices, IMPORTED_AT)))
        expect(added.filter(count => count > 0)).toEqual([200])
        expect(await allIds()).toEqual(prices.map(({ id }) => id))
      })
      it('are all returned exactly as they were imported', async () => {
        expect(await store.importBundled(bundledPrices(), IMPORTED_AT)).toBe(bundledPrices().length)
        expect(plain(await store.all())).toEqual(plain(bundledPrices()))
      })
    })
  })
}

/** Converts decimals and instants to text, because equal ones may differ internally. */
function plain(prices: readonly Price[]): unknown {
  return JSON.parse(JSON.stringify(prices))
}
