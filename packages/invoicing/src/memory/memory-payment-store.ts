import { toPage, ZERO } from '@tollgate/kernel'
import type { AllocationEntry, Payment } from '../model/payments/payment.ts'
import type { ClaimedEvent, KeyedRefund, KeyUse, PaymentStore } from '../payments/payment-store.ts'
import { tenantStates } from './tenant-states.ts'

/** The payments of a tenant. */
interface TenantPayments {
  readonly payments: ReadonlyMap<string, Payment>
  readonly keys: ReadonlyMap<string, KeyUse & { readonly paymentId: string }>
  readonly refundKeys: ReadonlyMap<string, KeyedRefund>
  readonly events: ReadonlySet<string>
  readonly entries: readonly AllocationEntry[]
}

const NOTHING: TenantPayments = { payments: new Map(), keys: new Map(), refundKeys: new Map(), events: new Set(), entries: [] }

/** Keeps payments in memory: for tests, examples, and programs that may forget them. */
export function memoryPaymentStore(): PaymentStore {
  const { of, change, transaction } = tenantStates(NOTHING)
  const customers = new Map<string, string>()

  return {
    transaction,
    lock: async () => {},
    async paymentOfKey(_transaction, tenantId, key) {
      const { keys, payments } = of(tenantId)
      const use = keys.get(key)
      const payment = use && payments.get(use.paymentId)
      return use && payment && { payment, fingerprint: use.fingerprint }
    },
    paymentsByIds: async (tenantId, ids) => ids.flatMap(id => of(tenantId).payments.get(id) ?? []),
    tenantsWithBalance: async (_transaction, tenantIds) =>
      new Set(tenantIds.filter(tenantId => [...of(tenantId).payments.values()].some(({ unallocated }) => unallocated.gt(0)))),
    unallocatedPayments: async (_transaction, tenantId) => [...of(tenantId).payments.values()].filter(({ unallocated }) => unallocated.gt(0)),
    paymentsOfInvoice: async (tenantId, invoiceId) => [...of(tenantId).payments.values()].filter(payment => hasInvoice(payment, invoiceId)),
    async addPayment(_transaction, payment, { key, fingerprint }) {
      const { payments, keys } = of(payment.tenantId)
      change(payment.tenantId, {
        payments: new Map(payments).set(payment.id, payment),
        keys: new Map(keys).set(key, { key, fingerprint, paymentId: payment.id }),
      })
    },
    async saveChanges(_transaction, tenantId, { payments: changed, entries: added }) {
      const { payments, entries } = of(tenantId)
      change(tenantId, { payments: new Map([...payments, ...changed.map(payment => [payment.id, payment] as const)]), entries: [...entries, ...added] })
    },
    refundOfKey: async (_transaction, tenantId, key) => of(tenantId).refundKeys.get(key),
    async addRefundKey(_transaction, tenantId, { key, ...refund }) {
      change(tenantId, { refundKeys: new Map(of(tenantId).refundKeys).set(key, refund) })
    },
    async claimEvent(_transaction, event) {
      const { events } = of(event.tenantId)
      if (events.has(nameOf(event))) return false
      change(event.tenantId, { events: new Set(events).add(nameOf(event)) })
      return true
    },
    async payments({ tenantId, status, invoiceId, first, after }) {
      const listed = [...of(tenantId).payments.values()]
        .filter(payment => status === undefined || payment.status === status)
        .filter(payment => invoiceId === undefined || payment.invoiceId === invoiceId || hasInvoice(payment, invoiceId))
        .filter(({ id }) => after === undefined || id < after)
        .sort((one, other) => (one.id < other.id ? 1 : -1))
      return toPage(listed.slice(0, first + 1), first)
    },
    allocationEntries: async (tenantId, invoiceId) => of(tenantId).entries.filter(entry => entry.invoiceId === invoiceId),
    async balances(tenantId) {
      const sums = new Map<string, Payment['amount']>()
      for (const { currency, unallocated } of of(tenantId).payments.values()) {
        if (!unallocated.isZero()) sums.set(currency, unallocated.plus(sums.get(currency) ?? ZERO))
      }
      return [...sums].map(([currency, amount]) => ({ currency, amount })).sort((one, other) => (one.currency < other.currency ? -1 : 1))
    },
    customerId: async (tenantId, provider) => customers.get(`${provider} ${tenantId}`),
    async keepCustomerId(tenantId, provider, customerId) {
      const name = `${provider} ${tenantId}`
      const kept = customers.get(name) ?? customerId
      customers.set(name, kept)
      return kept
    },
  }
}

function hasInvoice({ allocations }: Payment, invoiceId: string): boolean {
  return allocations.some(allocation => allocation.invoiceId === invoiceId)
}

function nameOf({ provider, eventId }: ClaimedEvent): string {
  return `${provider} ${eventId}`
}
