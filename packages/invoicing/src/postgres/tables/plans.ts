import { Decimal, Temporal } from '@tollgate/kernel'
import type { BillingPlan } from '../../model/plans/billing-plan.ts'

/** A row of `invoicing.plans`. */
export interface PlanRow {
  readonly name: string
  readonly version: number
  readonly key: string
  readonly terms: PlanTermsJson
  readonly published_at: string
}

type Json<Terms> = { readonly [Name in keyof Terms]: Terms[Name] extends Decimal ? string : Terms[Name] extends Decimal | null ? string | null : Terms[Name] }

interface PlanTermsJson extends Omit<Json<BillingPlan>, 'name' | 'version' | 'key' | 'publishedAt' | 'seats' | 'creditAllowance'> {
  readonly seats: { readonly included: number; readonly unitPrice: string } | null
  readonly creditAllowance: { readonly amount: string; readonly rolloverPercent: string | null } | null
}

/** Returns the terms of a plan as they are stored. Decimals are texts. */
export function planTermsJson({ name: _name, version: _version, key: _key, publishedAt: _publishedAt, ...terms }: BillingPlan): PlanTermsJson {
  // Decimals write themselves as plain numerals.
  return JSON.parse(JSON.stringify(terms)) as PlanTermsJson
}

/** Reads a plan from its row. */
export function planOf({ name, version, key, terms, published_at }: PlanRow): BillingPlan {
  const { seats, creditAllowance } = terms
  return {
    ...terms,
    name,
    version,
    key,
    recurringFee: new Decimal(terms.recurringFee),
    minimumCommitment: decimalOf(terms.minimumCommitment),
    creditValue: decimalOf(terms.creditValue),
    seats: seats && { included: seats.included, unitPrice: new Decimal(seats.unitPrice) },
    creditAllowance: creditAllowance && { amount: new Decimal(creditAllowance.amount), rolloverPercent: decimalOf(creditAllowance.rolloverPercent) },
    publishedAt: Temporal.Instant.from(published_at),
  }
}

function decimalOf(text: string | null): Decimal | null {
  return text === null ? null : new Decimal(text)
}
