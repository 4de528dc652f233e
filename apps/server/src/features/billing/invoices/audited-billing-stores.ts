import { type AuditEntryDraft, billingAudit } from '@tollgate/audit'
import type { DiscountLedger } from '@tollgate/charges'
import type {
  BillingChange,
  BillingSettingsStore,
  ExchangeRateStore,
  InvoiceStore,
  InvoiceSummary,
  StoredInvoice,
  StoredPeriods,
} from '@tollgate/invoicing/billing'
import { type Decimal, type TenantClock, tenantScope, toMicrosecond, type Transaction, ZERO } from '@tollgate/kernel'
import type { PostgresDatabase } from '@tollgate/postgres'
import { auditSnapshot } from '../../../audited-changes/audit-snapshot.ts'
import { type AuditedStore, unaudited } from '../../../audited-changes/audited-store.ts'
import { InvoiceId } from '../ids.ts'

/** What happens with a finalised invoice, in its transaction. */
export interface InvoiceEffects {
  /** Opens the ledger that discounts are booked in. */
  readonly openLedger: (database: PostgresDatabase) => Pick<DiscountLedger, 'book' | 'release'>
  /** Called after invoices or credit notes were issued, at most one of each tenant. Returns what is paid of each at once. */
  readonly onIssued: (transaction: Transaction, invoices: readonly StoredInvoice[]) => Promise<readonly Decimal[]>
  /** Called after the state of an invoice, or that it was sent, has changed. */
  readonly onChanged?: (transaction: Transaction, change: { readonly before: InvoiceSummary; readonly after: InvoiceSummary }) => Promise<void>
  readonly clock: TenantClock
}

/**
 * Records who issued, sent and voided invoices, and books the discounts of an invoice together with it; a void one gives them back. A promotion without
 * budget left rolls back the invoice, which is then computed again.
 */
export function auditedInvoices(
  { store, open, changes }: AuditedStore<InvoiceStore>,
  { openLedger, onIssued, onChanged, clock }: InvoiceEffects,
): InvoiceStore {
  async function issued(database: PostgresDatabase, invoices: readonly StoredInvoice[]): Promise<readonly StoredInvoice[]> {
    if (invoices.length === 0) return []
    const scope = tenantScope(...invoices.map(({ tenantId }) => tenantId))
    const paid = await database.transaction(scope, transaction => onIssued(transaction, invoices))
    return invoices.map((invoice, at) => (paid[at] === undefined || paid[at].isZero() ? invoice : paidInvoice(invoice, paid[at])))
  }

  async function billAll(billing: readonly BillingChange[]): Promise<readonly (StoredPeriods | undefined)[]> {
    // Periods without an invoice are no news.
    if (billing.every(({ invoice }) => invoice === null)) return store.billAll(billing)
    return changes.record({
      async change(database) {
        const billed = await open(database).billAll(billing)
        for (const [at, change] of billing.entries()) await bookDiscounts(openLedger(database), billed[at]?.invoice ?? null, change)
        const paid = new Map(
          (
            await issued(
              database,
              billed.flatMap(stored => stored?.invoice ?? []),
            )
          ).map(invoice => [invoice.id, invoice]),
        )
        return billed.map(stored => stored && { invoice: stored.invoice && (paid.get(stored.invoice.id) ?? stored.invoice) })
      },
      events: billed => billed.flatMap(stored => (stored?.invoice ? [finalized(stored.invoice)] : [])),
    })
  }

  async function bookDiscounts(ledger: Pick<DiscountLedger, 'book' | 'release'>, invoice: StoredInvoice | null, change: BillingChange): Promise<void> {
    const discounts = invoice === null ? [] : discountsOf(change)
    if (invoice === null || discounts.length === 0) return
    const { tenantId, id: chargeId } = invoice
    await ledger.book({ tenantId, chargeId, bookedAt: toMicrosecond(clock.now(tenantId)), discounts })
  }

  return {
    ...unaudited(store, 'states', 'addDrafts', 'drafts', 'invoices', 'list', 'lines', 'linePage', 'settledPeriods', 'settle'),
    bill: async change => (await billAll([change]))[0],
    billAll,
    add: (tenantId, added, make) =>
      changes
        .record({
          async change(database) {
            let isNew = false
            const invoice = await open(database).add(tenantId, added, corrected => {
              isNew = true
              return make(corrected)
            })
            return { isNew, invoice: isNew ? ((await issued(database, [invoice]))[0] ?? invoice) : invoice }
          },
          events: ({ isNew, invoice }) => (isNew ? [invoice.kind === 'credit_note' ? noted(invoice) : finalized(invoice)] : []),
        })
        .then(({ invoice }) => invoice),
    change: (tenantId, invoiceId, decide) =>
      changes.record({
        async change(database) {
          const changed = await open(database).change(tenantId, invoiceId, decide)
          if (changed !== undefined && changed.before.state !== 'void' && changed.after.state === 'void') {
            await openLedger(database).release({ tenantId, chargeId: invoiceId, releasedAt: toMicrosecond(clock.now(tenantId)) })
          }
          if (changed !== undefined && onChanged !== undefined)
            await database.transaction(tenantScope(tenantId), transaction => onChanged(transaction, changed))
          return changed
        },
        events(changed) {
          if (changed === undefined) return []
          const { before, after } = changed
          const id = InvoiceId.encode(`${tenantId}:${invoiceId}`)
          if (before.state !== after.state) {
            const states = { before: { state: before.state }, after: { state: after.state } }
            return [after.state === 'void' ? billingAudit.invoiceVoided(tenantId, id, states) : billingAudit.invoiceMarkedUncollectible(tenantId, id, states)]
          }
          return before.sentAt === null && after.sentAt !== null
            ? [billingAudit.invoiceSent(tenantId, id, { details: auditSnapshot({ number: after.number }) })]
            : []
        },
      }),
  }
}

function paidInvoice(invoice: StoredInvoice, amountPaid: Decimal): StoredInvoice {
  return { ...invoice, amountPaid, amountDue: invoice.total.minus(amountPaid), status: amountPaid.gte(invoice.total) ? 'paid' : 'partially_paid' }
}

/** Returns what an invoice takes of promotions. A correction that gives a discount back is not booked: what a promotion gave stays used. */
function discountsOf({ invoice }: BillingChange) {
  const all = (invoice?.charges ?? []).flatMap(charge => charge?.discounts ?? [])
  return [...Map.groupBy(all, ({ rule }) => rule).values()].flatMap(([first, ...others]) => {
    if (first === undefined) return []
    const amount = others.reduce((sum, discount) => sum.plus(discount.amount), first.amount)
    return amount.gt(ZERO) ? [{ promotion: first.promotion, rule: first.rule, amount, budget: first.budget }] : []
  })
}

function finalized(invoice: StoredInvoice): AuditEntryDraft {
  return billingAudit.invoiceFinalized(invoice.tenantId, InvoiceId.encode(`${invoice.tenantId}:${invoice.id}`), snapshotOf(invoice))
}

function noted(note: StoredInvoice): AuditEntryDraft {
  return billingAudit.creditNoteIssued(note.tenantId, InvoiceId.encode(`${note.tenantId}:${note.id}`), snapshotOf(note))
}

function snapshotOf({ number, currency, total, period, correctsInvoiceId, notes }: StoredInvoice) {
  return auditSnapshot({ number, currency, total, periodFrom: period.from, periodTo: period.to, correctsInvoiceId, notes })
}

/** Records who changed how tenants are invoiced. */
export function auditedBillingSettings({ store, open, changes }: AuditedStore<BillingSettingsStore>): BillingSettingsStore {
  return {
    ...unaudited(store, 'settings', 'profiles'),
    async saveSettings(settings) {
      await changes.record({
        async change(database) {
          const opened = open(database)
          const before = await opened.settings()
          await opened.saveSettings(settings)
          return before
        },
        events: before => [billingAudit.settingsChanged(null, 'settings', { before: auditSnapshot(before ?? {}), after: auditSnapshot(settings) })],
      })
    },
    async saveProfile(profile) {
      const { tenantId } = profile
      await changes.record({
        async change(database) {
          const opened = open(database)
          const [before] = await opened.profiles([tenantId])
          await opened.saveProfile(profile)
          return before
        },
        events: before => [billingAudit.profileSet(tenantId, tenantId, { before: auditSnapshot(before ?? {}), after: auditSnapshot(profile) })],
      })
    },
  }
}

/** Records who imported exchange rates. */
export function auditedExchangeRates({ store, open, changes }: AuditedStore<ExchangeRateStore>): ExchangeRateStore {
  return {
    ...unaudited(store, 'between', 'list'),
    add: rates =>
      changes.record({
        change: database => open(database).add(rates),
        events: added => (added === 0 ? [] : [billingAudit.exchangeRatesImported(null, { rates: added, source: rates[0]?.source ?? '' })]),
      }),
  }
}
