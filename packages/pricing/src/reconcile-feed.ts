import { Temporal } from '@tollgate/kernel'
import { readFeedList } from './engine/feed/feed-list.ts'
import { mergeFeed } from './engine/feed/merge-feed.ts'
import type { FeedStore } from './feed-store.ts'
import { lastPublishedAt } from './model/last-published-at.ts'
import { sha256 } from './model/sha256.ts'
import type { FeedApplied } from './price-feed.ts'
import type { PriceStore } from './price-store.ts'

/** Other servers may activate a release meanwhile; after this many attempts, the next refresh goes on. */
const MAX_ATTEMPTS = 5

/**
 * Derives the active list prices from the active ones, the accepted list and all decisions, and activates them if they differ. May be
 * repeated at any time: a server that ends before it is done leaves nothing that a later call does not do.
 */
export async function reconcileFeed({
  store,
  feedStore,
  at,
}: {
  readonly store: PriceStore
  readonly feedStore: FeedStore
  readonly at: Temporal.Instant
}): Promise<FeedApplied> {
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const [{ accepted, pending: waiting }, list, release] = await Promise.all([feedStore.read(), feedStore.list(), store.bundledRelease()])
    const [decisions, active] = await Promise.all([feedStore.decisions(), store.all()])
    const current = active.filter(({ source }) => source === 'bundled')
    const listed = lastPublishedAt(current)
    const isNewer = accepted !== null && (release?.feedVersion !== null || listed === null || Temporal.Instant.compare(accepted.date, listed) >= 0)
    if (accepted === null || list === undefined || !isNewer) {
      if (waiting.length > 0) await feedStore.recordPending([])
      return { addedPrices: 0, changed: false, pending: [] }
    }
    const decided = new Map(decisions.map(({ changeId, approved }) => [changeId, approved]))
    const { prices, pending } = mergeFeed({ current, next: readFeedList(list), decisions: decided })
    await feedStore.recordPending(pending)
    if (sameIds(prices, current)) return { addedPrices: 0, changed: false, pending }
    const known = new Set(current.map(({ id }) => id))
    const digest = sha256([`feed ${accepted.version}`, ...prices.map(({ id }) => id)].join('\n'))
    const activated = await store.activate(prices, { digest, importedAt: at, feedVersion: accepted.version }, release?.digest)
    if (activated) return { addedPrices: prices.filter(({ id }) => !known.has(id)).length, changed: true, pending }
  }
  return { addedPrices: 0, changed: false, pending: (await feedStore.read()).pending }
}

function sameIds(a: readonly { readonly id: string }[], b: readonly { readonly id: string }[]): boolean {
  return a.length === b.length && a.every(({ id }, at) => id === b[at]?.id)
}
