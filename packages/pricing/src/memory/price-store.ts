import { InvalidInput, type Scope, scopeIncludes, Temporal, toPage } from '@tollgate/kernel'
import { requireOperator } from '../model/require-operator.ts'
import type { Price } from '../model/price.ts'
import type { BundledRelease, PriceQuery, PriceStore } from '../price-store.ts'
import { releaseDigest } from '../model/release-digest.ts'

/** Prices in this process's memory: for tests, examples, and programs that publish their prices at every start. */
export function memoryPriceStore(): PriceStore {
  const kept = new Map<string, Price>()
  const releases = new Set<string>()
  let bundled: readonly Price[] = []
  let release: BundledRelease | undefined
  let version = 0

  const published = () => [...kept.values()].filter(({ source }) => source !== 'bundled')
  const visible = (scope: Scope) => (price: Price) => price.tenantId === null || scopeIncludes(scope, price.tenantId)

  return {
    version: async () => String(version),

    all: async () => [...bundled, ...published()],

    async add(scope, prices) {
      requireOperator(scope)
      if (keepNew(kept, prices) > 0) version += 1
    },

    async addIfVersion(scope, prices, expected) {
      requireOperator(scope)
      if (expected !== String(version)) return false
      if (keepNew(kept, prices) > 0) version += 1
      return true
    },

    async importBundled(prices, importedAt) {
      const digest = releaseDigest(prices)
      if (releases.has(digest)) return 0
      releases.add(digest)
      release = { digest, importedAt }
      bundled = [...prices]
      version += 1
      return keepNew(kept, prices)
    },

    bundledRelease: async () => release,

    async list(scope, query) {
      const found = [...bundled, ...published()].filter(visible(scope)).filter(matching(query)).toSorted(inPageOrder)
      const behind = query.after === undefined ? found : found.filter(follows(cursor(kept, scope, query.after)))
      return toPage(behind.slice(0, query.first + 1), query.first)
    },

    byIds: async (scope, ids) => [...new Set(ids)].flatMap(id => kept.get(id) ?? []).filter(visible(scope)),
  }
}

function keepNew(kept: Map<string, Price>, prices: readonly Price[]): number {
  const before = kept.size
  for (const price of prices) if (!kept.has(price.id)) kept.set(price.id, price)
  return kept.size - before
}

function matching({ provider, model, at }: PriceQuery): (price: Price) => boolean {
  return price =>
    (provider === undefined || price.provider === provider) &&
    (model === undefined || price.model.toLowerCase() === model.toLowerCase()) &&
    (at === undefined ||
      ((price.from === null || Temporal.Instant.compare(price.from, at) <= 0) && (price.to === null || Temporal.Instant.compare(at, price.to) < 0)))
}

function cursor(kept: ReadonlyMap<string, Price>, scope: Scope, after: string): Price {
  const price = kept.get(after)
  if (price && (price.tenantId === null || scopeIncludes(scope, price.tenantId))) return price
  throw new InvalidInput([{ path: 'after', message: 'is not the id of a price' }])
}

function follows(price: Price): (other: Price) => boolean {
  return other => inPageOrder(other, price) > 0
}

function inPageOrder(a: Price, b: Price): number {
  return compareText(a.provider, b.provider) || compareText(a.model, b.model) || compareBeginning(a.from, b.from) || compareText(a.id, b.id)
}

function compareText(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}

/** What has no beginning goes first. */
function compareBeginning(a: Temporal.Instant | null, b: Temporal.Instant | null): number {
  if (a === null || b === null) return Number(a !== null) - Number(b !== null)
  return Temporal.Instant.compare(a, b)
}
