import { type Clock, InvalidInput, type Scope, Temporal, toMicrosecond } from '@tollgate/kernel'
import { checkShape, inputShape } from '@tollgate/kernel/input'
import { isSignedBy } from './engine/feed/feed-keys.ts'
import { readFeedList } from './engine/feed/feed-list.ts'
import type { FeedSource } from './feed-source.ts'
import type { FeedStore } from './feed-store.ts'
import { type FeedManifest, readManifest } from './model/feed/feed-manifest.ts'
import { type FeedCheck, UnusableFeed } from './model/feed/feed-state.ts'
import { lastPublishedAt } from './model/last-published-at.ts'
import { requireOperator } from './model/require-operator.ts'
import { sha256 } from './model/sha256.ts'
import type { FeedRefresh, FeedStatus, PriceFeed } from './price-feed.ts'
import type { PriceStore } from './price-store.ts'
import { reconcileFeed } from './reconcile-feed.ts'

/** What `createPriceFeed` needs. */
export interface PriceFeedDependencies {
  readonly store: PriceStore
  readonly feedStore: FeedStore
  /** Undefined if no feed is configured. */
  readonly source?: FeedSource | undefined
  /** Keys that may sign the feed: 32 bytes in base64 each. */
  readonly publicKeys?: readonly string[] | undefined
  readonly clock: Clock
  /** Called after list prices changed, before `refresh` and `decide` return. */
  readonly onApplied?: (() => Promise<void>) | undefined
}

/** List prices that were checked more days ago than this are old. */
export const MAX_LIST_AGE_DAYS = 14
const MS_PER_DAY = 86_400_000
/** A list may be dated this far ahead, for clocks that differ. A later date would hide that the list becomes old. */
const MAX_AHEAD = { hours: 24 }

const OPTIONS = inputShape<PriceFeedDependencies>({
  store: 'object',
  feedStore: 'object',
  source: 'object?',
  publicKeys: 'list?',
  clock: 'object',
  onApplied: 'function?',
})
const DECISION = inputShape<Parameters<PriceFeed['decide']>[1]>({ changeIds: 'list', approved: 'boolean', decidedBy: 'text' })

/** Creates the service that keeps list prices fresh. Throws `InvalidInput` for options that it does not have, or that are missing. */
export function createPriceFeed(options: PriceFeedDependencies): PriceFeed {
  checkShape(OPTIONS, options)
  const { store, feedStore, clock, onApplied } = options
  const source = options.source ?? undefined
  const publicKeys = options.publicKeys ?? []
  const now = () => toMicrosecond(clock.now())

  async function apply() {
    const applied = await reconcileFeed({ store, feedStore, at: now() })
    if (applied.changed) await onApplied?.()
    return applied
  }

  /** Accepts the list that a manifest names, if it is newer than what is there. Throws `UnusableFeed`. */
  async function take(manifest: FeedManifest, from: FeedSource): Promise<void> {
    const { version, date, sha256: digest } = manifest
    if (!isSignedBy(manifest, publicKeys)) throw new UnusableFeed('bad_signature', 'The manifest is not signed with a configured key.')
    if (Temporal.Instant.compare(date, now().add(MAX_AHEAD)) > 0) {
      throw new UnusableFeed('unreadable', `The list is dated ${date.toString()}, which is in the future.`)
    }
    const { accepted } = await feedStore.read()
    if (accepted?.version === version && accepted.sha256 === digest) return
    if (accepted && version <= accepted.version) throw older(`version ${version}`, `version ${accepted.version}`)
    const listed = await activeDate(store)
    if (listed && Temporal.Instant.compare(date, listed) < 0) throw older(`of ${date.toString()}`, `of ${listed.toString()}`)
    const bytes = await from.list(manifest.list, manifest.bytes)
    if (sha256(bytes) !== digest) {
      throw new UnusableFeed('bad_hash', `The list "${manifest.list}" is not the one that the manifest names: its SHA-256 differs.`)
    }
    const list = new TextDecoder().decode(bytes)
    const newest = lastPublishedAt(readFeedList(list))
    if (newest && Temporal.Instant.compare(newest, date) > 0) throw new UnusableFeed('unreadable', 'The list has a price that is newer than its date.')
    if (!(await feedStore.accept({ version, date, sha256: digest, acceptedAt: now() }, list))) throw older(`version ${version}`, 'as new or newer')
  }

  async function check(from: FeedSource): Promise<FeedCheck> {
    const { lastCheck } = await feedStore.read()
    const known = lastCheck?.url === from.url ? lastCheck.etag : null
    try {
      const manifest = await from.manifest(known)
      if (manifest) await take(readManifest(manifest.text), from)
      return { url: from.url, checkedAt: now(), state: 'current', problem: null, etag: manifest ? manifest.etag : known }
    } catch (error) {
      if (!(error instanceof UnusableFeed)) throw error
      return { url: from.url, checkedAt: now(), state: error.state, problem: error.message, etag: null }
    }
  }

  return {
    configured: source !== undefined,

    async refresh(scope: Scope): Promise<FeedRefresh> {
      requireOperator(scope)
      if (source === undefined) return { check: null, addedPrices: 0, changed: false, pending: (await feedStore.read()).pending }
      const result = await check(source)
      await feedStore.recordCheck(result)
      return { check: result, ...(await apply()) }
    },

    async decide(scope, decision) {
      requireOperator(scope)
      checkShape(DECISION, decision)
      const { changeIds, approved, decidedBy } = decision
      const { pending } = await feedStore.read()
      const unknown = changeIds.findIndex(id => !pending.some(change => change.id === id))
      if (unknown !== -1) {
        throw new InvalidInput([
          { path: `ids[${unknown}]`, message: `${JSON.stringify(changeIds[unknown]?.slice(0, 40))} is not a change that waits for a decision` },
        ])
      }
      const decidedAt = now()
      await feedStore.decide([...new Set(changeIds)].map(changeId => ({ changeId, approved, decidedBy, decidedAt })))
      return apply()
    },

    async status(): Promise<FeedStatus> {
      const [{ accepted, lastCheck, pending }, listed] = await Promise.all([feedStore.read(), activeDate(store)])
      const listDate = accepted && (listed === null || Temporal.Instant.compare(accepted.date, listed) > 0) ? accepted.date : listed
      const listAgeDays = listDate && Math.floor((now().epochMilliseconds - listDate.epochMilliseconds) / MS_PER_DAY)
      return { configured: source !== undefined, accepted, lastCheck, pending, listDate, listAgeDays, listIsOld: (listAgeDays ?? 0) > MAX_LIST_AGE_DAYS }
    },

    async releaseToRate() {
      const [release, { ratedDigest }] = await Promise.all([store.bundledRelease(), feedStore.read()])
      return release && release.feedVersion !== null && release.digest !== ratedDigest ? release.digest : undefined
    },

    recordRated: digest => feedStore.recordRated(digest),
  }
}

/** When the newest of the active list prices was published. */
async function activeDate(store: PriceStore): Promise<Temporal.Instant | null> {
  return lastPublishedAt((await store.all()).filter(({ source }) => source === 'bundled'))
}

function older(its: string, there: string): UnusableFeed {
  return new UnusableFeed('older', `The list is ${its}, and one ${there} is there already.`)
}
