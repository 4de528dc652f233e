import { Decimal, randomIds, type SettableClock, settableClock, Temporal, ZERO } from '@tollgate/kernel'
import type { CollectionDependencies } from '../../collections/collection-dependencies.ts'
import type { CollectionNotice } from '../../collections/collection-notifier.ts'
import type { CollectionStore } from '../../collections/collection-store.ts'
import { type Collections, createCollections } from '../../collections/create-collections.ts'
import type { CollectableInvoice } from '../../model/collections/collectable-invoice.ts'
import { checkCollectionPolicy } from '../../model/collections/check-collection-policy.ts'
import type { AllocationEntry } from '../../model/payments/payment.ts'

/** Returns a store without collections. Called before each test. */
export type MakeCollectionStore = () => Promise<CollectionStore>

/** Collections over an empty store and invoices in memory. */
export interface CollectionsUnderTest {
  readonly collections: Collections
  readonly store: CollectionStore
  readonly clock: SettableClock
  /** What was sent. */
  readonly notices: readonly CollectionNotice[]
  /** Another server over the same store and invoices. */
  another(dependencies?: Partial<CollectionDependencies>): Collections
  /** Adds an open invoice of the tenant "acme" that is due on 1 March, and returns its id. */
  addInvoice(terms?: Partial<CollectableInvoice>): string
  pay(invoiceId: string, amount: string): void
  /** Returns the invoices that became uncollectible. */
  uncollectible(): readonly string[]
}

/** Creates collections over an empty store. The default policy reminds on days -3, 0 and 7, and charges 1 % after 7 days, every 30 days. */
export async function makeCollections(make: MakeCollectionStore): Promise<CollectionsUnderTest> {
  const clock = settableClock('2026-02-20T12:00:00Z')
  const ids = randomIds()
  const store = await make()
  const open = new Map<string, CollectableInvoice>()
  const entries: AllocationEntry[] = []
  const notices: CollectionNotice[] = []
  const uncollectible: string[] = []
  const dependencies: CollectionDependencies = {
    store,
    invoices: {
      collectable: async (_transaction, tenantId) => (tenantId === 'acme' ? [...open.values()].filter(({ amountPaid, total }) => amountPaid.lt(total)) : []),
      async markUncollectible(_transaction, { invoiceId }) {
        uncollectible.push(invoiceId)
        open.delete(invoiceId)
      },
      tenantsToCollect: async ({ after }) => (after === undefined && open.size > 0 ? ['acme'] : []),
    },
    payments: { allocationEntries: async (_tenantId, invoiceId) => entries.filter(entry => entry.invoiceId === invoiceId) },
    notifier: { notify: async (_transaction, sent) => void notices.push(...sent) },
    defaultPolicy: checkCollectionPolicy({ graceDays: 7, reminderDays: [-3, 0, 7], lateFee: { kind: 'percent', value: '1', everyDays: 30 } }),
    clock,
    ids,
  }
  return {
    collections: createCollections(dependencies),
    store,
    clock,
    notices,
    another: changed => createCollections({ ...dependencies, ...changed }),
    addInvoice(terms = {}) {
      const id = ids.uuidV7(clock.now().epochMilliseconds)
      const amounts = { currency: 'USD', total: new Decimal(1_000), amountPaid: ZERO, isOfLateFees: false }
      const usual = { id, number: 'INV-1', ...amounts, issuedAt: clock.now(), timeZone: 'UTC' }
      open.set(id, { ...usual, dueAt: Temporal.Instant.from('2026-03-01T00:00:00Z'), ...terms })
      return id
    },
    pay(invoiceId, amount) {
      const invoice = open.get(invoiceId)
      if (invoice === undefined) throw new Error('There is no such invoice')
      open.set(invoiceId, { ...invoice, amountPaid: invoice.amountPaid.plus(amount) })
      entries.push({ paymentId: 'p', invoiceId, amount: new Decimal(amount), at: clock.now() })
    },
    uncollectible: () => uncollectible,
  }
}
