import { createHash } from 'node:crypto'
import { Temporal } from '@tollgate/kernel'
import { describe, expect, it } from 'vitest'
import { readManifest } from '../../model/feed/feed-manifest.ts'
import { feedPrice, TEST_KEYS } from '../../testing/feed.ts'
import { bundledPrices } from '../bundled/bundled-prices.ts'
import { buildFeed } from './build-feed.ts'
import { generateFeedKeys, isSignedBy, publicKeyOf } from './feed-keys.ts'
import { readFeedList } from './feed-list.ts'

const at = (text: string) => Temporal.Instant.from(text)
const { privateKey, publicKey } = TEST_KEYS

describe('a built feed', () => {
  it('has the same bytes for the same prices and key', () => {
    const build = () => buildFeed({ prices: bundledPrices(), privateKey, revision: 3 })
    expect(build()).toEqual(build())
  })

  it('has a manifest that names and signs the list', () => {
    const { manifest, list, listName, version } = buildFeed({ prices: [feedPrice()], privateKey, date: at('2026-11-26T10:00:00Z'), revision: 7 })
    const read = readManifest(manifest)
    expect(read).toMatchObject({ version: 2_026_112_607, list: listName, sha256: createHash('sha256').update(list).digest('hex'), bytes: list.length })
    expect(read.date.toString()).toBe('2026-11-26T10:00:00Z')
    expect(version).toBe(2_026_112_607)
    expect(isSignedBy(read, [publicKey])).toBe(true)
  })

  it('is dated when its newest price was published, and not earlier', () => {
    const prices = ['2026-11-20T00:00:00Z', '2026-11-24T00:00:00Z'].map(publishedAt => feedPrice({ model: publishedAt, publishedAt }))
    expect(buildFeed({ prices, privateKey }).date.toString()).toBe('2026-11-24T00:00:00Z')
    expect(() => buildFeed({ prices, privateKey, date: at('2026-11-23T00:00:00Z') })).toThrow(/must not be before the newest price/)
  })

  it.each([[-1], [100], [1.5]])('rejects the revision %d', revision => {
    expect(() => buildFeed({ prices: [feedPrice()], privateKey, revision })).toThrow(/revision/)
  })

  it('of the bundled prices has each of them, with the same id, in the same order', () => {
    const { list } = buildFeed({ prices: bundledPrices(), privateKey })
    expect(JSON.stringify(readFeedList(list))).toBe(JSON.stringify(bundledPrices()))
  })
})

describe('a signature', () => {
  const manifest = readManifest(buildFeed({ prices: [feedPrice()], privateKey }).manifest)

  it('holds for its key, also as one of several', () => {
    expect(isSignedBy(manifest, [generateFeedKeys().publicKey, publicKey])).toBe(true)
    expect(publicKeyOf(privateKey)).toBe(publicKey)
  })
  it('does not hold for another key, or for none', () => {
    expect(isSignedBy(manifest, [generateFeedKeys().publicKey])).toBe(false)
    expect(isSignedBy(manifest, [])).toBe(false)
  })
  it.each([
    ['version', { version: manifest.version + 1 }],
    ['date', { date: manifest.date.add({ seconds: 1 }) }],
    ['list', { list: 'other.json' }],
    ['sha256', { sha256: 'a'.repeat(64) }],
    ['bytes', { bytes: manifest.bytes + 1 }],
  ])('does not hold for another %s', (_field, other) => {
    expect(isSignedBy({ ...manifest, ...other }, [publicKey])).toBe(false)
  })
})
