import { Decimal } from '@tollgate/kernel'
import type { AppliedTax, TaxTotal } from '../../model/tax/tax.ts'

/** A tax as it is stored. */
export interface TaxJson extends Omit<AppliedTax, 'rate' | 'components'> {
  readonly rate: string
  readonly components: readonly { readonly name: string; readonly rate: string }[]
}

/** The tax of all lines with the same tax, as it is stored. */
export interface TaxTotalJson {
  readonly tax: TaxJson
  readonly taxable: string
  readonly amount: string
}

/** Returns a tax as JSON. */
export function taxJson({ rate, components, ...tax }: AppliedTax): TaxJson {
  return { ...tax, rate: rate.toFixed(), components: components.map(({ name, rate: part }) => ({ name, rate: part.toFixed() })) }
}

/** Reads a tax from JSON. */
export function readTaxJson({ rate, components, ...tax }: TaxJson): AppliedTax {
  return { ...tax, rate: new Decimal(rate), components: components.map(({ name, rate: part }) => ({ name, rate: new Decimal(part) })) }
}

/** Returns the sum of a tax as JSON. */
export function taxTotalJson({ tax, taxable, amount }: TaxTotal): TaxTotalJson {
  return { tax: taxJson(tax), taxable: taxable.toFixed(), amount: amount.toFixed() }
}

/** Reads the sum of a tax from JSON. */
export function readTaxTotalJson({ tax, taxable, amount }: TaxTotalJson): TaxTotal {
  return { tax: readTaxJson(tax), taxable: new Decimal(taxable), amount: new Decimal(amount) }
}
