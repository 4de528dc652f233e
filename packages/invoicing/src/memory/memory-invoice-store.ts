import { type Scope, scopeIncludes, Temporal, toPage } from '@tollgate/kernel'
import type { BillingPeriod } from '../model/billing/billed-period.ts'
import { type BilledCharge, type DueCharge, sumOf } from '../model/billing/due-charge.ts'
import type { UsageTotal } from '../model/billing/settled-period.ts'
import type { StoredInvoice } from '../model/invoices/invoice.ts'
import { type InvoiceState, invoiceStatus } from '../engine/invoices/invoice-status.ts'
import {
  type BillingChange,
  type StoredPeriods,
  isDraft,
  type DraftInvoice,
  type InvoicesQuery,
  type InvoiceStore,
  type InvoiceSummary,
  type NumberedInvoice,
} from '../billing/invoice-store.ts'

interface Kept {
  readonly invoice: StoredInvoice
  readonly state: InvoiceState
  readonly charges: readonly (DueCharge | null)[]
  readonly rounding: DueCharge['amount']
}

interface TenantInvoices {
  revision: number
  readonly periods: Map<string, BillingPeriod[]>
  readonly invoices: Map<string, Kept>
  readonly drafts: Map<string, DraftInvoice>
  readonly numbers: Map<string, number>
}

/** Keeps invoices in memory: for tests and examples. */
export function memoryInvoiceStore(): InvoiceStore {
  const tenants = new Map<string, TenantInvoices>()
  const settled = new Map<string, UsageTotal>()

  function of(tenantId: string): TenantInvoices {
    const known = tenants.get(tenantId) ?? { revision: 0, periods: new Map(), invoices: new Map(), drafts: new Map(), numbers: new Map() }
    tenants.set(tenantId, known)
    return known
  }

  function visible(scope: Scope): TenantInvoices[] {
    return [...tenants].filter(([tenantId]) => scopeIncludes(scope, tenantId)).map(([, tenant]) => tenant)
  }

  function addNumbered(tenant: TenantInvoices, { series, charges, rounding, make }: NumberedInvoice): StoredInvoice {
    const sequence = (tenant.numbers.get(series) ?? 0) + 1
    const invoice = make(sequence)
    if (tenant.invoices.has(invoice.id)) throw new TypeError(`The invoice ${invoice.id} exists`)
    tenant.numbers.set(series, sequence)
    tenant.invoices.set(invoice.id, { invoice, state: 'open', charges, rounding })
    tenant.drafts.delete(invoice.id)
    return invoice
  }

  function bill({ tenantId, subscriptionId, revision, periods, invoice }: BillingChange): StoredPeriods | undefined {
    const tenant = of(tenantId)
    if (tenant.revision !== revision) return undefined
    const added = invoice === null ? null : addNumbered(tenant, invoice)
    tenant.revision += 1
    tenant.periods.set(subscriptionId, [...(tenant.periods.get(subscriptionId) ?? []), ...periods])
    return { invoice: added }
  }

  return {
    states: async (tenantIds, { periods: count }) =>
      tenantIds.flatMap(tenantId => {
        const tenant = tenants.get(tenantId)
        if (tenant === undefined) return []
        const valid = [...tenant.invoices.values()].filter(({ state }) => state !== 'void')
        return [
          {
            tenantId,
            revision: tenant.revision,
            subscriptions: [...tenant.periods].map(([subscriptionId, periods]) => {
              const own = valid.filter(({ invoice }) => invoice.subscriptionId === subscriptionId)
              const recent = periods.slice(-count)
              const since = recent[0]?.period.from
              const billed = own.flatMap(billedOf).filter(({ basis }) => since !== undefined && Temporal.Instant.compare(basis.to, since) > 0)
              return { subscriptionId, periods: recent, billed, carriedOver: sumOf(own.map(({ rounding }) => rounding)) }
            }),
          },
        ]
      }),

    bill: async change => bill(change),
    billAll: async changes => changes.map(bill),

    async add(tenantId, { id, corrects }, make) {
      const tenant = of(tenantId)
      const existing = tenant.invoices.get(id)
      if (existing !== undefined) return existing.invoice
      const all = [...tenant.invoices.values()]
      const corrected = all.find(({ invoice }) => invoice.id === corrects)
      const notes = all.filter(({ invoice }) => corrects !== undefined && invoice.correctsInvoiceId === corrects).map(({ invoice }) => invoice)
      const added = addNumbered(tenant, make({ invoice: corrected && { ...toSummary(corrected), lines: corrected.invoice.lines }, notes }))
      tenant.revision += 1
      return added
    },

    async settledPeriods(tenantIds, { periods: count }) {
      return tenantIds.flatMap(tenantId =>
        [...(tenants.get(tenantId)?.periods ?? [])].flatMap(([subscriptionId, periods]) => {
          const keyed = periods.map(({ period }) => ({ key: JSON.stringify([tenantId, subscriptionId, period.to.toString()]), period }))
          for (const { key } of keyed.slice(-count)) settled.delete(key)
          return keyed.slice(0, -count).map(({ key, period }) => ({ tenantId, subscriptionId, period, settled: settled.get(key) ?? null }))
        }),
      )
    },

    async settle(periods) {
      for (const { tenantId, subscriptionId, period, settled: total } of periods) {
        const key = JSON.stringify([tenantId, subscriptionId, period.to.toString()])
        if (total !== null && !settled.has(key)) settled.set(key, total)
      }
    },

    async addDrafts(drafts) {
      for (const draft of drafts) if (!of(draft.tenantId).drafts.has(draft.id)) of(draft.tenantId).drafts.set(draft.id, draft)
    },

    drafts: async (scope, ids) => visible(scope).flatMap(({ drafts }) => ids.flatMap(id => drafts.get(id) ?? [])),

    invoices: async (scope, ids) => visible(scope).flatMap(({ invoices }) => ids.flatMap(id => toSummaries(invoices.get(id)))),

    async list(scope, query) {
      const found = visible(scope)
        .flatMap(({ invoices, drafts }) => [...[...invoices.values()].map(toSummary), ...drafts.values()])
        .filter(one => matches(one, query))
        .filter(({ id }) => query.after === undefined || id < query.after)
        .toSorted((a, b) => (a.id < b.id ? 1 : -1))
      return toPage(found.slice(0, query.first + 1), query.first)
    },

    async lines(scope, invoiceIds) {
      const found = visible(scope).flatMap(({ invoices }) => invoiceIds.flatMap(id => invoices.get(id) ?? []))
      return new Map(found.map(({ invoice }) => [invoice.id, invoice.lines]))
    },

    async linePage(scope, invoiceId, { first, after = 0 }) {
      const lines = visible(scope).flatMap(({ invoices }) => invoices.get(invoiceId)?.invoice.lines ?? [])
      return toPage(lines.slice(after, after + first + 1), first)
    },

    async change(tenantId, invoiceId, decide) {
      const tenant = of(tenantId)
      const kept = tenant.invoices.get(invoiceId)
      if (kept === undefined) return undefined
      const before = toSummary(kept)
      const { state = kept.state, sentAt = kept.invoice.sentAt } = decide(before)
      const changed = { ...kept, state, invoice: { ...kept.invoice, sentAt } }
      tenant.invoices.set(invoiceId, changed)
      tenant.revision += 1
      return { before, after: toSummary(changed) }
    },
  }
}

function billedOf({ invoice, charges }: Kept): BilledCharge[] {
  return charges.flatMap(charge => {
    if (charge === null) return []
    const { details: _, ...billed } = charge
    return [{ ...billed, invoiceId: invoice.id }]
  })
}

function toSummaries(kept: Kept | undefined): InvoiceSummary[] {
  return kept === undefined ? [] : [toSummary(kept)]
}

function toSummary({ invoice: { lines: _, status: __, ...head }, state }: Kept): InvoiceSummary {
  return { ...head, state }
}

function matches(one: InvoiceSummary | DraftInvoice, { tenantId, kind, status, now }: InvoicesQuery): boolean {
  if (tenantId !== undefined && one.tenantId !== tenantId) return false
  if (kind !== undefined && (isDraft(one) ? 'invoice' : one.kind) !== kind) return false
  return status === undefined || (isDraft(one) ? 'draft' : invoiceStatus(one, now)) === status
}
