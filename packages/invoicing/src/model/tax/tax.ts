import type { Decimal } from '@tollgate/kernel'

/** VAT category codes of EN 16931 (UNTDID 5305) that invoices use. */
export const TAX_CATEGORIES = ['S', 'Z', 'E', 'AE', 'G', 'O'] as const

/**
 * S: standard or reduced rate. Z: zero rated. E: exempt. AE: reverse charge. G: export outside the EU. O: not subject to tax.
 */
export type TaxCategory = (typeof TAX_CATEGORIES)[number]

/** A tax that applies to an invoice: what it is, and why. */
export interface AppliedTax {
  /** Printed on the invoice, such as "VAT", "GST" or "Sales tax". */
  readonly name: string
  readonly category: TaxCategory
  /** In percent: 19 for 19 %. */
  readonly rate: Decimal
  /** Country, or country and region, whose tax it is: "DE", "US-CA". */
  readonly jurisdiction: string
  /** Why there is none, such as "Reverse charge". Null if tax is due. */
  readonly exemptionReason: string | null
}

/** Whether prices include tax. */
export type TaxBehavior = 'exclusive' | 'inclusive'

/** Whether tax is rounded for each line, or once for each rate of an invoice. */
export type TaxRounding = 'per_line' | 'per_invoice'

/** The tax of all lines with the same tax. */
export interface TaxTotal {
  readonly tax: AppliedTax
  /** Amount that is taxed, without tax. */
  readonly taxable: Decimal
  readonly amount: Decimal
}
