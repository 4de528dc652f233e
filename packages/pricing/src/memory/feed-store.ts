import type { AcceptedFeed, FeedRecord, FeedStore } from '../feed-store.ts'
import type { FeedDecision } from '../model/feed/price-change.ts'

/** Creates a store of the price feed in memory: for tests, and programs that fetch the feed every time they start. */
export function memoryFeedStore(): FeedStore {
  const decisions: FeedDecision[] = []
  let record: FeedRecord = { accepted: null, lastCheck: null, pending: [], ratedDigest: null }
  let list: string | undefined

  return {
    read: async () => record,
    list: async () => list,
    async accept(accepted: AcceptedFeed, text: string) {
      if (record.accepted && record.accepted.version >= accepted.version) return false
      record = { ...record, accepted }
      list = text
      return true
    },
    async recordCheck(lastCheck) {
      record = { ...record, lastCheck }
    },
    async recordPending(pending) {
      record = { ...record, pending }
    },
    async recordRated(ratedDigest) {
      record = { ...record, ratedDigest }
    },
    decide: async added => void decisions.push(...added),
    decisions: async () => [...decisions],
  }
}
