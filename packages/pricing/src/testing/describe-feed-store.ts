import { Decimal, Temporal } from '@tollgate/kernel'
import { beforeEach, describe, expect, it } from 'vitest'
import type { AcceptedFeed, FeedStore } from '../feed-store.ts'
import type { FeedCheck } from '../model/feed/feed-state.ts'
import type { PriceChange } from '../model/feed/price-change.ts'

const at = (text: string) => Temporal.Instant.from(text)

/** Contract suite for stores of the price feed. `make` must return an empty store; it is called before each test. */
export function describeFeedStore(name: string, make: () => Promise<FeedStore>): void {
  describe(`${name}, a store of the price feed`, () => {
    let store: FeedStore
    beforeEach(async () => {
      store = await make()
    })

    const feed = (version: number): AcceptedFeed => ({
      version,
      date: at('2026-11-26T00:00:00Z'),
      sha256: 'a'.repeat(64),
      acceptedAt: at('2026-11-26T01:02:03.456789Z'),
    })

    it('knows nothing at first', async () => {
      expect(await store.read()).toEqual({ accepted: null, lastCheck: null, pending: [], ratedDigest: null })
      expect([await store.list(), await store.decisions()]).toEqual([undefined, []])
    })

    describe('accept', () => {
      it('keeps the list of the highest version', async () => {
        expect(await store.accept(feed(2), 'two')).toBe(true)
        expect(await store.accept(feed(3), 'three')).toBe(true)
        expect(await store.accept(feed(3), 'another three')).toBe(false)
        expect(await store.accept(feed(1), 'one')).toBe(false)
        expect(plain((await store.read()).accepted)).toEqual(plain(feed(3)))
        expect(await store.list()).toBe('three')
      })
      it('accepts a version once when many servers accept it', async () => {
        const accepted = await Promise.all(Array.from({ length: 8 }, (_, server) => store.accept(feed(5), `list ${server}`)))
        expect(accepted.filter(Boolean)).toHaveLength(1)
        expect(await store.list()).toBe(`list ${accepted.indexOf(true)}`)
      })
    })

    it('replaces the last check and keeps the accepted list', async () => {
      const failed: FeedCheck = { url: 'https://a', checkedAt: at('2026-11-26T00:00:00.000001Z'), state: 'bad_hash', problem: 'It differs.', etag: null }
      const passed: FeedCheck = { url: 'https://b', checkedAt: at('2026-11-26T06:00:00Z'), state: 'current', problem: null, etag: '"x"' }
      await store.accept(feed(1), 'one')
      for (const check of [failed, passed]) {
        await store.recordCheck(check)
        expect(plain((await store.read()).lastCheck)).toEqual(plain(check))
      }
      expect((await store.read()).accepted?.version).toBe(1)
    })

    it('returns pending changes exactly as they were recorded, until they are replaced', async () => {
      const change: PriceChange = {
        id: '0123456789abcdef',
        provider: 'openai',
        model: 'gpt-5',
        names: ['gpt-5', 'gpt-5-latest'],
        moves: [
          { served: 'batch us', from: at('2026-12-01T00:00:00Z'), rate: 'input', above: 200_000, before: new Decimal('0.1'), after: new Decimal('1.25') },
          { served: '', from: null, rate: 'price', above: null, before: null, after: null },
        ],
      }
      await store.recordPending([change, { ...change, id: 'other' }])
      expect(plain((await store.read()).pending)).toEqual(plain([change, { ...change, id: 'other' }]))
      expect((await store.read()).pending[0]?.moves[0]?.after?.times(2).toFixed()).toBe('2.5')
      await store.recordPending([])
      expect((await store.read()).pending).toEqual([])
    })

    it('returns decisions in their order, also several on one change', async () => {
      const decided = (changeId: string, approved: boolean) => ({ changeId, approved, decidedBy: 'ada', decidedAt: at('2026-11-26T00:00:00Z') })
      await store.decide([decided('a', false), decided('b', true)])
      await store.decide([decided('a', true)])
      expect(plain(await store.decisions())).toEqual(plain([decided('a', false), decided('b', true), decided('a', true)]))
    })

    it('remembers the release that was rated last', async () => {
      await store.recordRated('one')
      await store.recordRated('two')
      expect((await store.read()).ratedDigest).toBe('two')
    })
  })
}

/** Converts decimals and instants to text, because equal ones may differ internally. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value))
}
