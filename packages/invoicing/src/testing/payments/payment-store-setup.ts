import { countingIds, Decimal, type SettableClock, settableClock, Temporal, ZERO } from '@tollgate/kernel'
import { type MemoryInvoiceLedger, memoryInvoiceLedger } from '../../memory/index.ts'
import type { PayableInvoice } from '../../model/payments/payable-invoice.ts'
import type { ProviderEvent } from '../../model/payments/provider-event.ts'
import { createPayments, type Payments } from '../../payments/create-payments.ts'
import type { PaymentStore } from '../../payments/payment-store.ts'
import { type ScriptedProvider, scriptedProvider } from './scripted-provider.ts'

/** Returns a store without payments. Called before each test. */
export type MakePaymentStore = () => Promise<PaymentStore>

/** Payments over an empty store and invoices in memory. */
export interface PaymentsUnderTest {
  readonly payments: Payments
  readonly store: PaymentStore
  readonly invoices: MemoryInvoiceLedger
  readonly provider: ScriptedProvider
  readonly clock: SettableClock
  /** Adds a finalised invoice of the tenant "acme" and returns its id. */
  addInvoice(total: string, terms?: Partial<Omit<PayableInvoice, 'total'>>): string
  /** Returns the status and what is paid, such as "partially_paid 4". */
  paidOf(invoiceId: string): string
  /** Lets the provider report events, by a webhook. */
  receive(...events: readonly ProviderEvent[]): ReturnType<Payments['receive']>
  /** Returns the balance in USD. */
  balance(): Promise<string>
}

/** The time at which tests start. */
export const START = '2026-03-10T12:00:00Z'

/** Creates payments over an empty store. */
export async function makePayments(make: MakePaymentStore): Promise<PaymentsUnderTest> {
  const clock = settableClock(START)
  const ids = countingIds()
  const store = await make()
  const invoices = memoryInvoiceLedger()
  const provider = scriptedProvider()
  const payments = createPayments({ store, invoices, providers: [provider], clock, ids })
  const dueAt = Temporal.Instant.from('2026-04-10T00:00:00Z')
  return {
    payments,
    store,
    invoices,
    provider,
    clock,
    addInvoice(total, terms = {}) {
      const id = ids.uuidV7(clock.now().epochMilliseconds)
      invoices.put('acme', { id, number: 'INV-1', status: 'finalized', currency: 'USD', amountPaid: ZERO, dueAt, ...terms, total: new Decimal(total) })
      return id
    },
    paidOf(invoiceId) {
      const invoice = invoices.get('acme', invoiceId)
      return `${invoice?.status ?? ''} ${invoice?.amountPaid.toFixed() ?? ''}`
    },
    receive(...events) {
      provider.report(events)
      return payments.receive('scripted', { headers: {}, body: new Uint8Array(), receivedAt: clock.now() })
    },
    async balance() {
      const balances = await payments.balances('acme')
      return balances.find(({ currency }) => currency === 'USD')?.amount.toFixed() ?? '0'
    },
  }
}
