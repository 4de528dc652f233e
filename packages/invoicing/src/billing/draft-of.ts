import { type Period, ZERO } from '@tollgate/kernel'
import { invoiceIdOf } from '../engine/invoices/invoice-ids.ts'
import { makeDraft, taxDateOf } from '../engine/invoices/make-invoice.ts'
import type { RoundedCharge } from '../engine/invoices/round-charges.ts'
import type { StoredInvoice } from '../model/invoices/invoice.ts'
import type { BillingProfile, Seller } from '../model/parties/party.ts'
import type { Subscription } from '../model/subscriptions/subscription.ts'
import type { AppliedTax } from '../model/tax/tax.ts'
import type { BillingContext, TenantBilling } from './billing-context.ts'

/** Charges to put on a draft. */
export interface ChargesToShow {
  readonly subscription: Pick<Subscription, 'id' | 'timeZone'> | undefined
  readonly currency: string
  /** The period that is billed, whose end names the draft. */
  readonly period: Period
  /** The period that the draft shows. Defaults to the one that is billed. */
  readonly shown?: Period | undefined
  readonly rounded: readonly RoundedCharge[]
}

/** Makes the draft of an invoice. Without a seller or a billing profile, it has no tax. */
export async function draftOf(
  { settings, taxes: calculator }: BillingContext,
  { tenantId, profile }: TenantBilling,
  { subscription, currency, period, shown = period, rounded }: ChargesToShow,
): Promise<{ readonly invoice: StoredInvoice; readonly hasTax: boolean }> {
  const { seller } = settings
  const timeZone = subscription?.timeZone ?? 'UTC'
  const head = {
    id: invoiceIdOf({ tenantId, subscriptionId: subscription?.id ?? '', at: period.to }),
    tenantId,
    kind: 'invoice',
    subscriptionId: subscription?.id ?? null,
    currency,
    period: shown,
    timeZone,
    seller: seller ?? UNKNOWN_SELLER,
    buyer: profile ?? unknownBuyer(tenantId),
    correctsInvoiceId: null,
    notes: settings.notes,
  } as const
  const lines = rounded.map(({ charge: { kind, description } }) => ({ kind, description }))
  const hasTax = seller !== null && profile !== undefined
  const taxes = hasTax ? await calculator.taxOf({ seller, buyer: profile, currency, date: taxDateOf(period, timeZone), lines }) : lines.map(() => NO_TAX)
  return { invoice: makeDraft(head, rounded, { taxes, settings: settings.tax }), hasTax }
}

const NOWHERE = { line1: '', line2: null, postalCode: null, city: '', region: null, country: '' }
const UNKNOWN_SELLER: Seller = { name: '', address: NOWHERE, taxId: null, registration: null, email: null, phone: null, bankAccount: null }
const NO_TAX: AppliedTax = { name: 'Tax', category: 'O', rate: ZERO, components: [], jurisdiction: '', exemptionReason: null }

function unknownBuyer(tenantId: string): BillingProfile {
  return { tenantId, name: tenantId, address: NOWHERE, taxId: null, taxExemption: null, email: null, locale: 'en', reference: null, paymentTermDays: 30 }
}
