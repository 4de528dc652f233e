import { Decimal, Temporal } from '@tollgate/kernel'
import { defineColumns } from '@tollgate/postgres'
import type { BilledCharge, DueCharge, DueDiscount } from '../../model/billing/due-charge.ts'
import type { AppliedRate } from '../../model/billing/exchange-rate.ts'
import type { InvoiceLine, InvoiceLineKind } from '../../model/invoices/invoice-line.ts'
import { type ChargeOfLine, packProvenance, type ProvenanceJson, unpackProvenance } from './provenance-json.ts'
import { readTaxJson, taxJson, type TaxJson } from './tax-json.ts'

/** A line, its invoice and what it charges. */
export interface StoredLine {
  readonly tenantId: string
  readonly invoiceId: string
  readonly line: InvoiceLine
  readonly charge: DueCharge | null
}

/** The columns of a line. */
export const LINE_COLUMNS = defineColumns<StoredLine>(column => [
  column('tenant_id', 'text', ({ tenantId }) => tenantId),
  column('invoice_id', 'uuid', ({ invoiceId }) => invoiceId),
  column('position', 'integer', ({ line }) => line.position),
  column('id', 'uuid', ({ line }) => line.id),
  column('kind', 'text', ({ line }) => line.kind),
  column('description', 'text', ({ line }) => line.description),
  column('period_from', 'timestamptz', ({ line }) => line.period.from),
  column('period_to', 'timestamptz', ({ line }) => line.period.to),
  column('quantity', 'numeric', ({ line }) => line.quantity),
  column('unit', 'text', ({ line }) => line.unit),
  column('unit_amount', 'numeric', ({ line }) => line.unitAmount),
  column('amount', 'numeric', ({ line }) => line.amount),
  column('discounts', 'jsonb', ({ line }) => line.discounts.map(({ description, amount }) => ({ description, amount: amount.toFixed() }))),
  column('credits', 'numeric', ({ line }) => line.credits),
  column('net_amount', 'numeric', ({ line }) => line.netAmount),
  column('tax', 'jsonb', ({ line }) => taxJson(line.tax)),
  column('tax_amount', 'numeric', ({ line }) => line.taxAmount),
  column('provider', 'text', ({ line }) => line.provider),
  column('model', 'text', ({ line }) => line.model),
  column('dimensions', 'jsonb', ({ line }) => line.dimensions),
  column('provenance', 'jsonb', ({ line, charge }) => packProvenance(line.provenance, charge ? chargeOfLine(charge) : undefined)),
  column('charge_key', 'text', ({ charge }) => charge?.key),
  column('basis_from', 'timestamptz', ({ charge }) => charge?.basis.from),
  column('basis_to', 'timestamptz', ({ charge }) => charge?.basis.to),
  column('charge_currency', 'text', ({ charge }) => charge?.currency),
  column('charge_amount', 'numeric', ({ charge }) => charge?.amount),
  column('charge_discounts', 'jsonb', ({ charge }) => charge && charge.discounts.map(discountJson)),
  column('charge_credits', 'numeric', ({ charge }) => charge?.credits),
  column('conversion', 'jsonb', ({ charge }) => charge?.conversion && conversionJson(charge.conversion)),
])

/** A row of `invoicing.invoice_lines`, without what it charges. */
export interface LineRow {
  readonly invoice_id: string
  readonly position: number
  readonly id: string
  readonly kind: InvoiceLineKind
  readonly description: string
  readonly period_from: string
  readonly period_to: string
  readonly quantity: string
  readonly unit: string
  readonly unit_amount: string
  readonly amount: string
  readonly discounts: readonly { readonly description: string; readonly amount: string }[]
  readonly credits: string
  readonly net_amount: string
  readonly tax: TaxJson
  readonly tax_amount: string
  readonly provider: string | null
  readonly model: string | null
  readonly dimensions: Readonly<Record<string, string | null>>
  readonly provenance: ProvenanceJson
  readonly charge_key: string | null
  readonly basis_from: string | null
  readonly basis_to: string | null
}

/** The select list of a `LineRow`. */
export const SELECT_LINE = `invoice_id, position, id, kind, description, period_from, period_to, quantity, unit, unit_amount, amount, discounts, credits,
  net_amount, tax, tax_amount, provider, model, dimensions, provenance, charge_key, basis_from, basis_to`

/** Reads a line from its row. */
export function lineOf(row: LineRow): InvoiceLine {
  return {
    id: row.id,
    position: row.position,
    kind: row.kind,
    description: row.description,
    period: { from: Temporal.Instant.from(row.period_from), to: Temporal.Instant.from(row.period_to) },
    quantity: new Decimal(row.quantity),
    unit: row.unit,
    unitAmount: new Decimal(row.unit_amount),
    amount: new Decimal(row.amount),
    discounts: row.discounts.map(({ description, amount }) => ({ description, amount: new Decimal(amount) })),
    credits: new Decimal(row.credits),
    netAmount: new Decimal(row.net_amount),
    tax: readTaxJson(row.tax),
    taxAmount: new Decimal(row.tax_amount),
    provider: row.provider,
    model: row.model,
    dimensions: row.dimensions,
    provenance: unpackProvenance(row.provenance, chargeOfRow(row)),
  }
}

function chargeOfLine({ key, basis: { from, to } }: Pick<DueCharge, 'key' | 'basis'>): ChargeOfLine {
  return { key, basis: { from: from.toString(), to: to.toString() } }
}

function chargeOfRow({ charge_key: key, basis_from: from, basis_to: to }: LineRow): ChargeOfLine | undefined {
  if (key === null || from === null || to === null) return undefined
  return chargeOfLine({ key, basis: { from: Temporal.Instant.from(from), to: Temporal.Instant.from(to) } })
}

/** A row of what was billed. */
export interface BilledRow {
  readonly tenant_id: string
  readonly subscription_id: string
  readonly invoice_id: string
  readonly kind: InvoiceLineKind
  readonly description: string
  readonly period_from: string
  readonly period_to: string
  readonly quantity: string
  readonly unit: string
  readonly provider: string | null
  readonly model: string | null
  readonly dimensions: Readonly<Record<string, string | null>>
  readonly charge_key: string
  readonly basis_from: string
  readonly basis_to: string
  readonly charge_currency: string
  readonly charge_amount: string
  readonly charge_discounts: readonly DiscountJson[]
  readonly charge_credits: string
  readonly conversion: ConversionJson | null
}

/** Reads what a line billed from its row. */
export function billedOf(row: BilledRow): BilledCharge {
  return {
    invoiceId: row.invoice_id,
    key: row.charge_key,
    kind: row.kind,
    description: row.description,
    basis: { from: Temporal.Instant.from(row.basis_from), to: Temporal.Instant.from(row.basis_to) },
    period: { from: Temporal.Instant.from(row.period_from), to: Temporal.Instant.from(row.period_to) },
    quantity: new Decimal(row.quantity),
    unit: row.unit,
    currency: row.charge_currency,
    amount: new Decimal(row.charge_amount),
    discounts: row.charge_discounts.map(readDiscountJson),
    credits: new Decimal(row.charge_credits),
    conversion: row.conversion && readConversionJson(row.conversion),
    provider: row.provider,
    model: row.model,
    dimensions: row.dimensions,
  }
}

interface DiscountJson {
  readonly rule: string
  readonly promotion: string
  readonly amount: string
  readonly budget: string | null
}

function discountJson({ rule, promotion, amount, budget }: DueDiscount): DiscountJson {
  return { rule, promotion, amount: amount.toFixed(), budget: budget?.toFixed() ?? null }
}

function readDiscountJson({ rule, promotion, amount, budget }: DiscountJson): DueDiscount {
  return { rule, promotion, amount: new Decimal(amount), budget: budget === null ? undefined : new Decimal(budget) }
}

interface ConversionJson {
  readonly currency: string
  readonly rate: string
  readonly date: string
  readonly source: string
}

function conversionJson({ currency, rate, date, source }: AppliedRate): ConversionJson {
  return { currency, rate: rate.toFixed(), date: date.toString(), source }
}

function readConversionJson({ currency, rate, date, source }: ConversionJson): AppliedRate {
  return { currency, rate: new Decimal(rate), date: Temporal.PlainDate.from(date), source }
}
