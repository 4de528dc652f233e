import { Temporal } from '@tollgate/kernel'
import { writeManifest } from '../../model/feed/feed-manifest.ts'
import { lastPublishedAt } from '../../model/last-published-at.ts'
import type { Price } from '../../model/price.ts'
import { sha256 } from '../../model/sha256.ts'
import { signFeed } from './feed-keys.ts'
import { writeFeedList } from './feed-list.ts'

/** What to build a feed from. */
export interface FeedToBuild {
  readonly prices: readonly Price[]
  /** PEM of an Ed25519 key. */
  readonly privateKey: string
  /** When the prices were checked. Defaults to the latest time at which one of them was published. */
  readonly date?: Temporal.Instant | undefined
  /** Tells several lists of one day apart, 0 to 99. Defaults to 0. */
  readonly revision?: number | undefined
}

/** The files of a feed. */
export interface BuiltFeed {
  readonly version: number
  readonly date: Temporal.Instant
  /** Name and text of the list. */
  readonly listName: string
  readonly list: string
  /** Text of the manifest, which is published last. */
  readonly manifest: string
}

/** Builds a feed. The same input gives the same bytes. The version is the day of its date, as in 2026112600, with the revision. */
export function buildFeed({ prices, privateKey, date = lastPublishedAt(prices) ?? undefined, revision = 0 }: FeedToBuild): BuiltFeed {
  const newest = lastPublishedAt(prices)
  if (date === undefined || newest === null) throw new RangeError('A feed needs prices')
  if (Temporal.Instant.compare(date, newest) < 0) throw new RangeError(`The date must not be before the newest price, of ${newest.toString()}`)
  if (!Number.isInteger(revision) || revision < 0 || revision > 99) throw new RangeError(`The revision must be from 0 to 99, not ${revision}`)
  const day = date.toString().slice(0, 10).replaceAll('-', '')
  const version = Number(day) * 100 + revision
  const list = writeFeedList(prices)
  const bytes = Buffer.from(list)
  const digest = sha256(bytes)
  // Named by its contents too, so that no cache serves the list of another manifest.
  const contents = { version, date, list: `prices-${version}-${digest.slice(0, 12)}.json`, sha256: digest, bytes: bytes.length }
  return { version, date, listName: contents.list, list, manifest: writeManifest({ ...contents, signature: signFeed(contents, privateKey) }) }
}
