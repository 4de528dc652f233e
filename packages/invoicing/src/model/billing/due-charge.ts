import { type Decimal, type Period, ZERO } from '@tollgate/kernel'
import type { InvoiceLineKind } from '../invoices/invoice-line.ts'
import type { AppliedRate } from './exchange-rate.ts'

/** A discount on something that is due. */
export interface DueDiscount {
  /** Id of the version of the charge rule. */
  readonly rule: string
  /** Name that its budget is kept by. */
  readonly promotion: string
  readonly amount: Decimal
  /** Budget of the promotion over all charges. Undefined if it has none. */
  readonly budget: Decimal | undefined
}

/** Something that is due, or that was billed. Exact: nothing is rounded. */
export interface Charge {
  /** Says what it is for. What is due and what was billed with the same key are compared. */
  readonly key: string
  readonly kind: InvoiceLineKind
  readonly description: string
  /** The interval of a fee, or the billing period of usage. */
  readonly basis: Period
  /** The time that it charges, within `basis`. */
  readonly period: Period
  readonly quantity: Decimal
  readonly unit: string
  /** ISO 4217. Of `amount`, `discounts` and `credits`. */
  readonly currency: string
  /** Before discounts and credits. */
  readonly amount: Decimal
  readonly discounts: readonly DueDiscount[]
  /** What consumed credits pay. */
  readonly credits: Decimal
  /** Converts it into the currency of the invoice. Null if it has that currency. */
  readonly conversion: AppliedRate | null
  readonly provider: string | null
  readonly model: string | null
  readonly dimensions: Readonly<Record<string, string | null>>
}

/** What a charge has that usage does not cause, such as a fee: no discounts, and nothing that it is attributed to. */
export const NOT_FROM_USAGE: Pick<Charge, 'discounts' | 'credits' | 'conversion' | 'provider' | 'model' | 'dimensions'> = {
  discounts: [],
  credits: ZERO,
  conversion: null,
  provider: null,
  model: null,
  dimensions: {},
}

/** A charge that is due, with where its amount comes from. */
export interface DueCharge extends Charge {
  /** Plain JSON. */
  readonly details: Readonly<Record<string, unknown>>
}

/** A part of a charge that was billed on an invoice. */
export interface BilledCharge extends Charge {
  readonly invoiceId: string
}

/** Returns what is to be paid of a charge, in its own currency. */
export function netOf({ amount, discounts, credits }: Pick<Charge, 'amount' | 'discounts' | 'credits'>): Decimal {
  return discounts.reduce((left, discount) => left.minus(discount.amount), amount).minus(credits)
}

/** Returns what is to be paid of a charge, in the currency of the invoice. */
export function convertedNet(charge: Pick<Charge, 'amount' | 'discounts' | 'credits' | 'conversion'>): Decimal {
  return convert(netOf(charge), charge)
}

/** Converts an amount of a charge into the currency of the invoice. */
export function convert(amount: Decimal, { conversion }: Pick<Charge, 'conversion'>): Decimal {
  return conversion === null ? amount : amount.times(conversion.rate)
}

/** Adds amounts up. */
export function sumOf(amounts: Iterable<Decimal>): Decimal {
  let sum = ZERO
  for (const amount of amounts) sum = sum.plus(amount)
  return sum
}
