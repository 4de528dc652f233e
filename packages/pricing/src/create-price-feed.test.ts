import { OPERATOR_SCOPE, settableClock, Temporal, tenantScope, countingIds } from '@tollgate/kernel'
import { describe, expect, it } from 'vitest'
import { createPriceFeed } from './create-price-feed.ts'
import { createPricing } from './create-pricing.ts'
import { bundledPrices } from './engine/bundled/bundled-prices.ts'
import { buildFeed, type FeedToBuild } from './engine/feed/build-feed.ts'
import { generateFeedKeys } from './engine/feed/feed-keys.ts'
import type { FeedSource } from './feed-source.ts'
import { memoryFeedStore, memoryPriceStore } from './memory/index.ts'
import { UnusableFeed } from './model/feed/feed-state.ts'
import type { Price } from './model/price.ts'
import { feedPrice, TEST_KEYS } from './testing/feed.ts'

const NOW = '2026-11-28T12:00:00Z'
const at = (text: string) => Temporal.Instant.from(text)
const rates = (input: string) => ({ rates: { input, output: '2' } })
const A = feedPrice({ model: 'a', ...rates('1') })

/** A feed whose files a test replaces. */
function setUp({ start = [A] }: { start?: readonly Price[] } = {}) {
  const clock = settableClock(NOW)
  const [store, feedStore] = [memoryPriceStore(), memoryFeedStore()]
  const served = { manifest: '', list: new Uint8Array(), tags: [] as (string | null)[], lists: 0, error: undefined as UnusableFeed | undefined }
  const source: FeedSource = {
    url: 'https://prices.example/manifest.json',
    async manifest(etag) {
      if (served.error) throw served.error
      served.tags.push(etag)
      return etag === served.manifest ? undefined : { text: served.manifest, etag: served.manifest }
    },
    async list() {
      served.lists += 1
      return served.list
    },
  }
  const applied: number[] = []
  const feed = createPriceFeed({ store, feedStore, source, publicKeys: [TEST_KEYS.publicKey], clock, onApplied: async () => void applied.push(1) })
  const serve = (prices: readonly Price[], fields: Partial<FeedToBuild> = {}) => {
    const built = buildFeed({ prices, privateKey: TEST_KEYS.privateKey, date: at('2026-11-26T00:00:00Z'), ...fields })
    served.manifest = built.manifest
    served.list = Buffer.from(built.list)
  }
  const pricing = createPricing({ store, feed: feedStore, clock, ids: countingIds() })
  const active = async () => (await store.all()).map(({ model, perMillionTokens }) => `${model} ${perMillionTokens.input?.base.toFixed()}`)
  return { clock, store, feedStore, served, feed, serve, applied, active, pricing, begin: () => store.importBundled(start, at('2026-11-01T00:00:00Z')) }
}

const refresh = (feed: ReturnType<typeof setUp>['feed']) => feed.refresh(OPERATOR_SCOPE)

describe('a refresh', () => {
  it('applies new models and small moves, and nothing a second time', async () => {
    const { feed, serve, active, begin, served, applied } = setUp()
    await begin()
    serve([feedPrice({ model: 'a', ...rates('1.2') }), feedPrice({ model: 'b', ...rates('7') })])
    expect(await refresh(feed)).toMatchObject({ check: { state: 'current', problem: null }, addedPrices: 2, changed: true, pending: [] })
    expect(await active()).toEqual(['a 1.2', 'b 7'])
    expect(await refresh(feed)).toMatchObject({ check: { state: 'current' }, changed: false })
    expect([served.tags, served.lists, applied.length]).toEqual([[null, served.manifest], 1, 1])
  })

  it('holds a model whose rates move by more than 30 % until it is approved', async () => {
    const { feed, serve, active, begin } = setUp()
    await begin()
    serve([feedPrice({ model: 'a', ...rates('1.4') }), feedPrice({ model: 'b' })])
    const { pending } = await refresh(feed)
    expect(pending).toMatchObject([{ provider: 'acme-ai', model: 'a', names: ['a'], moves: [{ rate: 'input' }] }])
    expect(await active()).toEqual(['a 1', 'b 1'])
    expect((await feed.status()).pending).toHaveLength(1)
    const applied = await feed.decide(OPERATOR_SCOPE, { changeIds: [pending[0]?.id ?? ''], approved: true, decidedBy: 'ada' })
    expect(applied).toMatchObject({ addedPrices: 1, changed: true, pending: [] })
    expect(await active()).toEqual(['a 1.4', 'b 1'])
  })

  it('keeps a refused change out of later lists, until the list has other prices', async () => {
    const { feed, serve, active, begin } = setUp()
    await begin()
    const moved = feedPrice({ model: 'a', ...rates('2') })
    serve([moved])
    const { pending } = await refresh(feed)
    await feed.decide(OPERATOR_SCOPE, { changeIds: pending.map(({ id }) => id), approved: false, decidedBy: 'ada' })
    expect((await feed.status()).pending).toEqual([])
    serve([moved, feedPrice({ model: 'b' })], { revision: 1 })
    expect(await refresh(feed)).toMatchObject({ addedPrices: 1, pending: [] })
    expect(await active()).toEqual(['a 1', 'b 1'])
    serve([feedPrice({ model: 'a', ...rates('3') }), feedPrice({ model: 'b' })], { revision: 2 })
    expect((await refresh(feed)).pending).toHaveLength(1)
  })

  it('returns to earlier prices when a later list does', async () => {
    const { feed, serve, active, begin } = setUp()
    await begin()
    const seen: string[][] = []
    for (const [revision, input] of ['1.1', '1', '1.1'].entries()) {
      serve([feedPrice({ model: 'a', ...rates(input) })], { revision })
      await refresh(feed)
      seen.push(await active())
    }
    expect(seen).toEqual([['a 1.1'], ['a 1'], ['a 1.1']])
  })

  it('finishes what another server began', async () => {
    const { feed, serve, active, begin, served, feedStore } = setUp()
    await begin()
    serve([A, feedPrice({ model: 'b' })])
    await feedStore.accept(
      { version: 2_026_112_600, date: at('2026-11-26T00:00:00Z'), sha256: JSON.parse(served.manifest).sha256, acceptedAt: at(NOW) },
      Buffer.from(served.list).toString(),
    )
    expect(await refresh(feed)).toMatchObject({ addedPrices: 1, changed: true })
    expect(await active()).toEqual(['a 1', 'b 1'])
  })

  it('changes nothing if the feed is the list that came with the program', async () => {
    const { feed, serve, applied, begin } = setUp({ start: bundledPrices() })
    await begin()
    serve(bundledPrices())
    expect(await refresh(feed)).toMatchObject({ check: { state: 'current' }, changed: false, pending: [] })
    expect(applied).toEqual([])
  })
})

describe('changes nothing, and says why:', () => {
  const broken = (text: string) => ({ ...JSON.parse(text) })
  it.each<[string, string, RegExp, (test: ReturnType<typeof setUp>) => void]>([
    [
      'a manifest signed with another key',
      'bad_signature',
      /not signed with a configured key/,
      ({ serve }) => serve([feedPrice({ model: 'z' })], { privateKey: generateFeedKeys().privateKey }),
    ],
    [
      'a manifest without a signature',
      'bad_signature',
      /has no signature/,
      ({ served }) => (served.manifest = JSON.stringify({ ...broken(served.manifest), signature: '' })),
    ],
    [
      'a changed manifest',
      'bad_signature',
      /not signed/,
      ({ served }) => (served.manifest = JSON.stringify({ ...broken(served.manifest), version: 2_026_112_799 })),
    ],
    ['another list', 'bad_hash', /SHA-256 differs/, ({ served }) => (served.list = Buffer.from('{}'))],
    ['a manifest that is not JSON', 'unreadable', /manifest cannot be read: it is not JSON/, ({ served }) => (served.manifest = '<html>')],
    [
      'a manifest of another format',
      'unreadable',
      /format is 2/,
      ({ served }) => (served.manifest = JSON.stringify({ ...broken(served.manifest), format: 2 })),
    ],
    [
      'a list outside of the directory',
      'unreadable',
      /"list" is not the name of a file/,
      ({ served }) => (served.manifest = JSON.stringify({ ...broken(served.manifest), list: '../x' })),
    ],
    [
      'a list that is too large',
      'unreadable',
      /"bytes"/,
      ({ served }) => (served.manifest = JSON.stringify({ ...broken(served.manifest), bytes: 33_554_433 })),
    ],
    ['a list dated in the future', 'unreadable', /in the future/, ({ serve }) => serve([A], { date: at('2026-11-29T12:00:01Z') })],
    ['a host that does not answer', 'unreachable', /timed out/, ({ served }) => (served.error = new UnusableFeed('unreachable', 'The feed timed out.'))],
    ['an older version', 'older', /version 2026112600, and one version 2026112700/, ({ serve }) => serve([feedPrice({ model: 'z' })])],
    [
      'the same version with another list',
      'older',
      /version 2026112700, and one version 2026112700/,
      ({ serve }) => serve([feedPrice({ model: 'z' })], { date: at('2026-11-27T00:00:00Z') }),
    ],
  ])('%s', async (_what, state, problem, spoil) => {
    const test = setUp()
    await test.begin()
    test.serve([A, feedPrice({ model: 'b' })], { date: at('2026-11-27T00:00:00Z') })
    await refresh(test.feed)
    const before = await test.active()
    test.serve([feedPrice({ model: 'c' })], { date: at('2026-11-28T00:00:00Z') })
    spoil(test)
    expect(await refresh(test.feed)).toMatchObject({ check: { state, problem: expect.stringMatching(problem), etag: null }, changed: false })
    expect(await test.active()).toEqual(before)
    expect(await test.feed.status()).toMatchObject({ accepted: { version: 2_026_112_700 }, lastCheck: { state } })
    // It is fetched again, and a good one applies.
    test.served.error = undefined
    test.serve([A], { date: at('2026-11-28T00:00:00Z'), revision: 9 })
    expect((await refresh(test.feed)).check).toMatchObject({ state: 'current' })
  })

  it('a list older than the active one, before any was accepted', async () => {
    const { feed, serve, begin, active } = setUp({ start: [feedPrice({ model: 'a', publishedAt: '2026-11-27T00:00:00Z' })] })
    await begin()
    serve([feedPrice({ model: 'z' })])
    expect((await refresh(feed)).check).toMatchObject({
      state: 'older',
      problem: 'The list is of 2026-11-26T00:00:00Z, and one of 2026-11-27T00:00:00Z is there already.',
    })
    expect(await active()).toEqual(['a 1'])
  })

  it('a tenant', async () => {
    const { feed } = setUp()
    await expect(feed.refresh(tenantScope('acme'))).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await expect(feed.decide(tenantScope('acme'), { changeIds: [], approved: true, decidedBy: 'acme' })).rejects.toMatchObject({ code: 'FORBIDDEN' })
  })

  it('a decision on a change that does not wait', async () => {
    const { feed } = setUp()
    const decision = { changeIds: ['0123456789abcdef'], approved: true, decidedBy: 'ada' }
    await expect(feed.decide(OPERATOR_SCOPE, decision)).rejects.toThrow(/ids\[0\]: "0123456789abcdef" is not a change that waits/)
  })

  it('no feed at all', async () => {
    const [store, feedStore] = [memoryPriceStore(), memoryFeedStore()]
    const feed = createPriceFeed({ store, feedStore, clock: settableClock(NOW) })
    expect(await feed.refresh(OPERATOR_SCOPE)).toEqual({ check: null, addedPrices: 0, changed: false, pending: [] })
    expect((await feed.status()).configured).toBe(false)
  })
})

describe('bundled prices of a new version of the program', () => {
  it('are imported unless the accepted list is as new', async () => {
    const newest = '2026-11-26T00:00:00Z'
    const { feed, serve, pricing, begin, store } = setUp()
    await begin()
    serve([A, feedPrice({ model: 'b' })], { date: at('2026-11-25T00:00:00Z') })
    await refresh(feed)
    expect(await pricing.importBundledPrices()).toBeGreaterThan(1_000)
    // An older accepted list does not return.
    expect(await refresh(feed)).toMatchObject({ changed: false })
    expect((await store.bundledRelease())?.feedVersion).toBeNull()

    const other = setUp()
    await other.begin()
    other.serve([A, feedPrice({ model: 'b' })], { date: at(newest).add({ hours: 36 }) })
    await refresh(other.feed)
    expect(await other.pricing.importBundledPrices()).toBe(0)
    expect((await other.store.bundledRelease())?.feedVersion).toBe(2_026_112_700)
  })
})

describe('the age of the list', () => {
  it('is that of the accepted list, even if its prices are the same', async () => {
    const { feed, serve, begin, clock } = setUp()
    await begin()
    expect(await feed.status()).toMatchObject({ listAgeDays: 331, listIsOld: true })
    serve([A])
    await refresh(feed)
    expect(await feed.status()).toMatchObject({ listAgeDays: 2, listIsOld: false })
    clock.advance({ hours: 24 * 12 })
    expect(await feed.status()).toMatchObject({ listAgeDays: 14, listIsOld: false })
    clock.advance({ hours: 12 })
    expect(await feed.status()).toMatchObject({ listAgeDays: 15, listIsOld: true })
  })
})

describe('the release to rate', () => {
  it('is one that came from the feed, until it was rated', async () => {
    const { feed, serve, begin } = setUp()
    await begin()
    expect(await feed.releaseToRate()).toBeUndefined()
    serve([A, feedPrice({ model: 'b' })])
    await refresh(feed)
    const digest = await feed.releaseToRate()
    expect(digest).toMatch(/^[0-9a-f]{64}$/)
    await feed.recordRated(digest ?? '')
    expect(await feed.releaseToRate()).toBeUndefined()
  })
})
