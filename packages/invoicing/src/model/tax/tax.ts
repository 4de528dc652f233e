import type { Decimal } from '@tollgate/kernel'

/** VAT category codes of EN 16931 (UNTDID 5305) that invoices use. */
export const TAX_CATEGORIES = ['S', 'Z', 'E', 'AE', 'O'] as const

/** S: taxed. Z: zero rated. E: exempt. AE: reverse charge. O: not subject to tax. */
export type TaxCategory = (typeof TAX_CATEGORIES)[number]

/** A tax that applies to an invoice: what it is, and why. */
export interface AppliedTax {
  /** Printed on the invoice, such as "VAT", "GST" or "Sales tax". */
  readonly name: string
  readonly category: TaxCategory
  /** In percent: 19 for 19 %. Zero unless the category is S. */
  readonly rate: Decimal
  /** Taxes that the rate is made of, if there are several, such as GST and QST in Quebec. Their rates add up to it. */
  readonly components: readonly TaxComponent[]
  /** Country, or country and region, whose tax it is: "DE", "US-CA". */
  readonly jurisdiction: string
  /** Why no tax is due, such as "Reverse charge". Null if it is due. */
  readonly exemptionReason: string | null
}

/** One of several taxes that apply together. */
export interface TaxComponent {
  readonly name: string
  /** In percent. */
  readonly rate: Decimal
}

/** Whether amounts include tax. */
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
