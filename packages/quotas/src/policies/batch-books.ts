import type { PolicySnapshot } from './policy-book.ts'
import type { QuotaStore } from '../quota-store.ts'

/**
 * Reads policy books, those that are asked for in one turn of the event loop together: a server that has just started,
 * or whose plans were just published, needs those of all its tenants at once.
 */
export function batchBooks(store: Pick<QuotaStore, 'policySnapshots'>): (tenantId: string) => Promise<PolicySnapshot> {
  let batch: { readonly tenantIds: Set<string>; readonly books: Promise<ReadonlyMap<string, PolicySnapshot>> } | undefined

  function openBatch() {
    const tenantIds = new Set<string>()
    // Whoever asks after this is read belongs to the next batch: what it is told must not be older than its question.
    const books = Promise.resolve().then(async () => {
      batch = undefined
      const asked = [...tenantIds]
      const read = await store.policySnapshots(asked)
      return new Map(read.map((book, i) => [asked[i] ?? '', book]))
    })
    return { tenantIds, books }
  }

  return async tenantId => {
    batch ??= openBatch()
    batch.tenantIds.add(tenantId)
    const book = (await batch.books).get(tenantId)
    if (book === undefined) throw new Error(`The store gave no policy book of ${tenantId}`)
    return book
  }
}
