import { type Decimal, type Period, type Temporal, ZERO } from '@tollgate/kernel'
import { convert, type DueCharge, netOf, sumOf } from '../../model/billing/due-charge.ts'
import type { InvoiceLine, LineProvenance } from '../../model/invoices/invoice-line.ts'
import type { InvoiceKind, StoredInvoice } from '../../model/invoices/invoice.ts'
import type { BillingProfile, Seller } from '../../model/parties/party.ts'
import type { TaxSettings } from '../../model/tax/tax-settings.ts'
import type { AppliedTax } from '../../model/tax/tax.ts'
import { addTax } from '../tax/add-tax.ts'
import { lineIdOf } from './invoice-ids.ts'
import type { RoundedCharge } from './round-charges.ts'

/** What every invoice has besides its lines. */
export interface InvoiceHead {
  readonly id: string
  readonly tenantId: string
  readonly kind: InvoiceKind
  readonly subscriptionId: string | null
  readonly currency: string
  readonly period: Period
  readonly timeZone: string
  readonly seller: Seller
  readonly buyer: BillingProfile
  readonly correctsInvoiceId: string | null
  readonly notes: string | null
}

/** Makes a draft from charges and the tax of each. */
export function makeDraft(
  head: InvoiceHead,
  charges: readonly RoundedCharge[],
  { taxes, settings }: { readonly taxes: readonly AppliedTax[]; readonly settings: TaxSettings },
): StoredInvoice {
  const added = addTax(
    charges.map(({ netAmount }, i) => ({ netAmount, tax: taxAt(taxes, i) })),
    { currency: head.currency, behavior: settings.behavior, rounding: settings.rounding },
  )
  const lines = charges.map((rounded, i): InvoiceLine => {
    const { charge, amount, discounts, credits, netAmount } = rounded
    return {
      id: lineIdOf(head.id, i + 1),
      position: i + 1,
      kind: charge.kind,
      description: charge.description,
      period: charge.period,
      quantity: charge.quantity,
      unit: charge.unit,
      unitAmount: unitAmountOf(charge),
      amount,
      discounts,
      credits,
      netAmount,
      tax: taxAt(taxes, i),
      taxAmount: added.taxAmounts[i] ?? ZERO,
      provider: charge.provider,
      model: charge.model,
      dimensions: charge.dimensions,
      provenance: provenanceOf(charge),
    }
  })
  const subtotal = sumOf(lines.map(({ amount }) => amount))
  const discountTotal = sumOf(lines.flatMap(({ discounts }) => discounts.map(({ amount }) => amount)))
  const creditTotal = sumOf(lines.map(({ credits }) => credits))
  const net = subtotal.minus(discountTotal).minus(creditTotal)
  const total = settings.behavior === 'exclusive' ? net.plus(added.taxTotal) : net
  return {
    ...head,
    number: null,
    status: 'draft',
    issuedAt: null,
    dueAt: null,
    sentAt: null,
    lines,
    taxBehavior: settings.behavior,
    taxes: added.taxes,
    subtotal,
    discountTotal,
    creditTotal,
    taxTotal: added.taxTotal,
    total,
    amountPaid: ZERO,
    amountDue: total,
  }
}

/** A number for an invoice, and when it was issued. */
export interface Issue {
  readonly number: string
  readonly issuedAt: Temporal.Instant
}

/** Turns a draft into a finalised invoice. It is due at the end of a day, in its own zone. */
export function finaliseDraft(draft: StoredInvoice, { number, issuedAt }: Issue): StoredInvoice {
  const due = issuedAt
    .toZonedDateTimeISO(draft.timeZone)
    .toPlainDate()
    .add({ days: draft.buyer.paymentTermDays + 1 })
  const dueAt = due.toZonedDateTime(draft.timeZone).toInstant().subtract({ milliseconds: 1 })
  const isPaid = draft.total.lte(0)
  return { ...draft, number, issuedAt, dueAt, status: isPaid ? 'paid' : 'finalized' }
}

/** Returns the day whose taxes apply: the last day of the period, in the zone of the invoice. */
export function taxDateOf({ from, to }: Period, timeZone: string): Temporal.PlainDate {
  const last = from.equals(to) ? to : to.subtract({ nanoseconds: 1 })
  return last.toZonedDateTimeISO(timeZone).toPlainDate()
}

function taxAt(taxes: readonly AppliedTax[], position: number): AppliedTax {
  const tax = taxes[position]
  if (tax === undefined) throw new TypeError('The tax calculator returned no tax for a line')
  return tax
}

function unitAmountOf(charge: DueCharge): Decimal {
  const amount = convert(charge.amount, charge)
  return charge.quantity.isZero() ? amount : amount.div(charge.quantity)
}

function provenanceOf(charge: DueCharge): LineProvenance {
  const { conversion, details, currency, basis, key } = charge
  return {
    conversion: conversion && {
      currency,
      amount: netOf(charge).toFixed(),
      rate: conversion.rate.toFixed(),
      date: conversion.date.toString(),
      source: conversion.source,
    },
    details: { key, basis: { from: basis.from.toString(), to: basis.to.toString() }, ...details },
  }
}
