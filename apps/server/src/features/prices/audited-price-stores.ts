import { type AuditEntryDraft, pricingAudit } from '@tollgate/audit'
import type { AliasStore, FeedStore, Price, PriceStore } from '@tollgate/pricing'
import { type AuditedStore, unaudited } from '../../audited-changes/audited-store.ts'
import { auditSnapshot } from '../../audited-changes/audit-snapshot.ts'
import { PriceId } from './ids.ts'

/** Prices of an import that its event names. */
const MAX_NAMED = 100

/** Records who published prices, and which release of list prices became active. */
export function auditedPrices({ store, open, changes }: AuditedStore<PriceStore>): PriceStore {
  return {
    ...unaudited(store, 'version', 'all', 'bundledRelease', 'list', 'byIds'),
    add: (scope, prices) => changes.record({ change: database => open(database).add(scope, prices), events: () => published(prices) }),
    addIfVersion: (scope, prices, expected) =>
      changes.record({
        change: database => open(database).addIfVersion(scope, prices, expected),
        events: added => (added ? [pricingAudit.pricesImported(null, auditSnapshot({ prices: prices.length, ids: idsOf(prices) }))] : []),
      }),
    importBundled: (prices, importedAt) =>
      changes.record({
        change: database => open(database).importBundled(prices, importedAt),
        events: added => (added > 0 ? [pricingAudit.listPricesActivated(null, 'bundled', { prices: prices.length, added })] : []),
      }),
    activate: (prices, release, expected) =>
      changes.record({
        change: database => open(database).activate(prices, release, expected),
        events: activated =>
          activated ? [pricingAudit.listPricesActivated(null, release.digest, { prices: prices.length, feedVersion: release.feedVersion })] : [],
      }),
  }
}

function published(prices: readonly Price[]): AuditEntryDraft[] {
  return prices.map(({ id, ...price }) => pricingAudit.pricePublished(price.tenantId, PriceId.encode(id), auditSnapshot(price)))
}

function idsOf(prices: readonly Price[]): string[] {
  return prices.slice(0, MAX_NAMED).map(({ id }) => PriceId.encode(id))
}

/** Records who gave names to models. */
export function auditedAliases({ store, open, changes }: AuditedStore<AliasStore>): AliasStore {
  return {
    ...unaudited(store, 'version', 'all', 'list'),
    add: (scope, alias, max) =>
      changes.record({
        change: database => open(database).add(scope, alias, max),
        events(added) {
          const { id, tenantId, ...content } = alias
          const event = alias.target === null ? pricingAudit.aliasEnded : pricingAudit.aliasSet
          return added ? [event(tenantId, id, auditSnapshot(content))] : []
        },
      }),
  }
}

/** Records which lists of a price feed were accepted, and who decided on changes. The state of checks is not a decision of anybody. */
export function auditedFeed({ store, open, changes }: AuditedStore<FeedStore>): FeedStore {
  return {
    ...unaudited(store, 'read', 'list', 'decisions', 'recordCheck', 'recordPending', 'recordRated'),
    accept: (feed, text) =>
      changes.record({
        change: database => open(database).accept(feed, text),
        events: accepted => (accepted ? [pricingAudit.priceListAccepted(null, feed.sha256, auditSnapshot({ version: feed.version, date: feed.date }))] : []),
      }),
    decide: made => changes.record({ change: database => open(database).decide(made), events: () => decided(made) }),
  }
}

function decided(made: Parameters<FeedStore['decide']>[0]): AuditEntryDraft[] {
  return [true, false].flatMap(approved => {
    const ids = made.filter(decision => decision.approved === approved).map(({ changeId }) => changeId)
    const event = approved ? pricingAudit.priceChangesApproved : pricingAudit.priceChangesRefused
    return ids.length === 0 ? [] : [event(null, auditSnapshot({ changes: ids.length, ids: ids.slice(0, MAX_NAMED) }))]
  })
}
