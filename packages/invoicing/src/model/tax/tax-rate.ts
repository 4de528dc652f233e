import type { Temporal } from '@tollgate/kernel'
import type { AmountInput } from '@tollgate/kernel/input'

/** A rate of tax in a place, for an interval of time. */
export interface TaxRate {
  /** Country, or country and region: "DE", "CA-QC". The rate of a region replaces the rate of its country. */
  readonly jurisdiction: string
  /** Printed on invoices, such as "VAT" or "Sales tax". */
  readonly name: string
  /** In percent: "8.1". If there are components, their sum. */
  readonly percent: AmountInput
  /** Taxes that apply together, such as GST and QST. Defaults to none: the rate is one tax. */
  readonly components?: readonly TaxRateComponent[]
  /** First day, in the zone of the invoice: "2025-07-01". Null for always. */
  readonly from: string | null
}

/** One of several taxes that apply together. */
export interface TaxRateComponent {
  readonly name: string
  readonly percent: AmountInput
}

/** Returns the rate of a place on a date, if there is one. Of rates of the same place, the latest that has begun applies. */
export function rateOn(rates: readonly TaxRate[], jurisdiction: string, date: Temporal.PlainDate): TaxRate | undefined {
  const day = date.toString()
  let found: TaxRate | undefined
  for (const rate of rates) {
    if (rate.jurisdiction !== jurisdiction || (rate.from ?? '') > day) continue
    if (found === undefined || (rate.from ?? '') >= (found.from ?? '')) found = rate
  }
  return found
}
