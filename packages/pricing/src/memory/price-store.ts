import { InvalidInput, type Scope, scopeIncludes, scopeIncludesShared, Temporal, toPage } from '@tollgate/kernel'
import type { Price } from '../model/price.ts'
import { releaseDigest } from '../model/imports/release-digest.ts'
import { requireOperator } from '../model/require-operator.ts'
import type { BundledRelease, PriceQuery, PriceStore } from '../price-store.ts'

/** Creates a price store in memory: for tests, examples, and programs that publish their prices every time they start. */
export function memoryPriceStore(): PriceStore {
  const stored = new Map<string, Price>()
  const releases = new Set<string>()
  let bundled: readonly Price[] = []
  let release: BundledRelease | undefined
  let version = 0

  const published = () => [...stored.values()].filter(({ source }) => source !== 'bundled')
  const visible = (scope: Scope) => (price: Price) => isVisible(scope, price)

  function activate(prices: readonly Price[], next: BundledRelease): number {
    releases.add(next.digest)
    release = next
    bundled = [...prices]
    version += 1
    return addNew(stored, prices)
  }

  return {
    version: async () => String(version),

    all: async () => [...bundled, ...published()],

    async add(scope, prices) {
      requireOperator(scope)
      if (addNew(stored, prices) > 0) version += 1
    },

    async addIfVersion(scope, prices, expected) {
      requireOperator(scope)
      if (expected !== String(version)) return false
      if (addNew(stored, prices) > 0) version += 1
      return true
    },

    async importBundled(prices, importedAt) {
      const digest = releaseDigest(prices)
      if (releases.has(digest)) return 0
      return activate(prices, { digest, importedAt, feedVersion: null })
    },

    async activate(prices, next, expected) {
      if (release?.digest !== expected || releases.has(next.digest)) return false
      activate(prices, next)
      return true
    },

    bundledRelease: async () => release,

    async list(scope, query) {
      const matching = [...bundled, ...published()].filter(visible(scope)).filter(matches(query)).toSorted(comparePrices)
      const rest = query.after === undefined ? matching : matching.filter(isAfter(findCursor(stored, scope, query.after)))
      return toPage(rest.slice(0, query.first + 1), query.first)
    },

    byIds: async (scope, ids) => [...new Set(ids)].flatMap(id => stored.get(id) ?? []).filter(visible(scope)),
  }
}

function addNew(stored: Map<string, Price>, prices: readonly Price[]): number {
  const before = stored.size
  for (const price of prices) if (!stored.has(price.id)) stored.set(price.id, price)
  return stored.size - before
}

function matches({ provider, model, at }: PriceQuery): (price: Price) => boolean {
  return price =>
    (provider === undefined || price.provider === provider) &&
    (model === undefined || price.model.toLowerCase() === model.toLowerCase()) &&
    (at === undefined ||
      ((price.from === null || Temporal.Instant.compare(price.from, at) <= 0) && (price.to === null || Temporal.Instant.compare(at, price.to) < 0)))
}

function isVisible(scope: Scope, { tenantId }: Price): boolean {
  return tenantId === null ? scopeIncludesShared(scope) : scopeIncludes(scope, tenantId)
}

function findCursor(stored: ReadonlyMap<string, Price>, scope: Scope, after: string): Price {
  const price = stored.get(after)
  if (price && isVisible(scope, price)) return price
  throw new InvalidInput([{ path: 'after', message: 'is not the id of a price' }])
}

function isAfter(price: Price): (other: Price) => boolean {
  return other => comparePrices(other, price) > 0
}

/** Compares prices by the order of pages. */
function comparePrices(a: Price, b: Price): number {
  return compareText(a.provider, b.provider) || compareText(a.model, b.model) || compareStarts(a.from, b.from) || compareText(a.id, b.id)
}

function compareText(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}

/** Sorts "no start" first. */
function compareStarts(a: Temporal.Instant | null, b: Temporal.Instant | null): number {
  if (a === null || b === null) return Number(a !== null) - Number(b !== null)
  return Temporal.Instant.compare(a, b)
}
