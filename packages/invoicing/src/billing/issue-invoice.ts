import { Decimal, InvalidInput, minorUnits, type Period, ZERO } from '@tollgate/kernel'
import { invoiceNumber } from '../engine/invoices/invoice-ids.ts'
import { finaliseDraft, makeDraft, taxDateOf } from '../engine/invoices/make-invoice.ts'
import { BillingProfileMissing } from '../model/billing/billing-errors.ts'
import { DEFAULT_BILLING_SETTINGS } from '../model/billing/billing-settings.ts'
import { type DueCharge, NOT_FROM_USAGE } from '../model/billing/due-charge.ts'
import type { StoredInvoice } from '../model/invoices/invoice.ts'
import type { ExtraInvoice, ExtraLine } from './billing.ts'
import { sellerOf } from './billing-context.ts'
import type { BillingDependencies } from './billing-dependencies.ts'
import { seriesOf } from './series-of.ts'

/** An extra invoice whose amounts and times were read. */
export interface ExtraInvoiceDraft extends Omit<ExtraInvoice, 'period' | 'lines'> {
  readonly period: Period
  readonly lines: readonly (Omit<ExtraLine, 'amount'> & { readonly amount: Decimal })[]
}

/** Issues an invoice of amounts that no subscription charges. */
export async function issueInvoice(
  dependencies: BillingDependencies,
  { id, tenantId, currency, period, timeZone, notes, lines }: ExtraInvoiceDraft,
): Promise<StoredInvoice> {
  const scale = minorUnits(currency)
  const issues = lines.flatMap(({ amount }, i) =>
    amount.decimalPlaces() > scale ? [{ path: `lines.${i}.amount`, message: `must have at most ${scale} decimal places in ${currency}` }] : [],
  )
  if (lines.length === 0) issues.push({ path: 'lines', message: 'must name at least one line' })
  if (issues.length > 0) throw new InvalidInput(issues)
  const settings = (await dependencies.settings.settings()) ?? DEFAULT_BILLING_SETTINGS
  const seller = sellerOf(settings)
  const [buyer] = await dependencies.settings.profiles([tenantId])
  if (buyer === undefined) throw new BillingProfileMissing(tenantId)
  const charges = lines.map(({ kind, description, amount, details = {} }, i): DueCharge => ({
    key: JSON.stringify([kind, id, i]),
    kind,
    description,
    basis: period,
    period,
    quantity: ONE,
    unit: 'piece',
    currency,
    amount,
    ...NOT_FROM_USAGE,
    details,
  }))
  const taxes = await dependencies.taxes(settings.tax).taxOf({ seller, buyer, currency, date: taxDateOf(period, timeZone), lines })
  const head = {
    id,
    tenantId,
    kind: 'invoice',
    subscriptionId: null,
    currency,
    period,
    timeZone,
    seller,
    buyer,
    correctsInvoiceId: null,
    notes: notes ?? settings.notes,
  } as const
  const rounded = charges.map(charge => ({ charge, amount: charge.amount, discounts: [], credits: ZERO, netAmount: charge.amount }))
  const draft = makeDraft(head, rounded, { taxes, settings: settings.tax })
  const issuedAt = dependencies.clock.now(tenantId)
  const series = seriesOf(dependencies.clock, tenantId, settings.invoiceSeries)
  return dependencies.store.add(tenantId, { id }, () => ({
    series,
    charges: charges.map(() => null),
    rounding: ZERO,
    make: sequence => finaliseDraft(draft, { number: invoiceNumber(series, tenantId, sequence), issuedAt }),
  }))
}

const ONE = /* @__PURE__ */ new Decimal(1)
