import type { Decimal } from '@tollgate/kernel'
import type { Address } from '../../model/parties/party.ts'

/** An invoice in the terms of EN 16931. Dates are "2026-11-30"; amounts have two decimal places at most. */
export interface ElectronicInvoice {
  readonly kind: 'invoice' | 'credit_note'
  readonly number: string
  readonly issueDate: string
  readonly dueDate: string | null
  readonly currency: string
  readonly buyerReference: string | null
  readonly note: string | null
  readonly period: ElectronicPeriod
  /** The invoice that a credit note corrects. */
  readonly preceding: { readonly number: string; readonly issueDate: string | null } | null
  readonly seller: ElectronicParty
  readonly buyer: ElectronicParty
  readonly payment: ElectronicPayment | null
  readonly terms: string | null
  readonly taxes: readonly ElectronicTax[]
  /** Sum of the net amounts of the lines. */
  readonly netTotal: Decimal
  readonly taxTotal: Decimal
  readonly total: Decimal
  readonly paid: Decimal
  readonly due: Decimal
  readonly lines: readonly ElectronicLine[]
}

/** A period of days, both included. */
export interface ElectronicPeriod {
  readonly from: string
  readonly to: string
}

/** A seller or buyer. */
export interface ElectronicParty {
  readonly name: string
  readonly address: Address
  /** BT-29. */
  readonly id: string | null
  /** BT-30 and BT-47. */
  readonly registration: string | null
  /** BT-31 and BT-48: with the prefix of its country. */
  readonly vatId: string | null
  /** BT-32: a tax registration that is not a VAT id. */
  readonly taxRegistration: string | null
  readonly email: string | null
  readonly phone: string | null
}

/** Where to pay. */
export interface ElectronicPayment {
  /** UNTDID 4461: "58" for SEPA, "30" for other transfers. */
  readonly code: string
  readonly iban: string
  readonly bic: string | null
  readonly holder: string
  readonly reference: string
}

/** The category of a tax. The rate is null for what is not subject to tax. */
export interface ElectronicTaxCategory {
  readonly category: string
  readonly rate: Decimal | null
}

/** The tax of all lines of a category and rate. */
export interface ElectronicTax extends ElectronicTaxCategory {
  readonly taxable: Decimal
  readonly amount: Decimal
  readonly reason: string | null
  /** A code of the VATEX list. */
  readonly reasonCode: string | null
}

/** A line, without tax. */
export interface ElectronicLine {
  readonly id: string
  readonly name: string
  readonly period: ElectronicPeriod
  readonly quantity: Decimal
  /** UN/ECE Recommendation 20. */
  readonly unitCode: string
  /** Of one unit, before allowances. Not negative: a line that gives back has a negative quantity. */
  readonly price: Decimal
  readonly allowances: readonly ElectronicAllowance[]
  /** After allowances. */
  readonly netAmount: Decimal
  readonly tax: ElectronicTaxCategory
}

/** What reduces a line, or increases it. */
export interface ElectronicAllowance {
  readonly kind: 'allowance' | 'charge'
  /** Not negative. */
  readonly amount: Decimal
  readonly reason: string
}
