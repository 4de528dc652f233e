import { Decimal, Temporal } from '@tollgate/kernel'
import type { LeaseTerms } from '../../model/leases/lease-terms.ts'
import type { QuotaPlan } from '../../model/policies/plan.ts'
import { completePolicy, type Grace, type PolicyTerms, type QuotaPolicy } from '../../model/policies/policy.ts'

type Text<Value> = Value extends Decimal | Temporal.Instant ? string : Value
type StoredGrace = { readonly percent: string } | { readonly amount: string }

/** The terms of a policy as JSON, with numbers and instants as text. What follows from them is computed when they are read. */
export interface StoredPolicy extends Omit<{ readonly [Field in keyof PolicyTerms]: Text<PolicyTerms[Field]> }, 'grace' | 'alertAt' | 'sliding' | 'lease'> {
  readonly sliding?: boolean
  readonly lease?: LeaseTerms | null
  readonly grace: StoredGrace | null
  readonly alertAt: readonly string[]
}

/** A plan as JSON. */
export type StoredPlan = Omit<QuotaPlan, 'policies'> & { readonly policies: readonly StoredPolicy[] }

/** Returns the JSON value of a policy. */
export function storedPolicy({ limitKey: _limitKey, stepMs: _step, ceiling: _ceiling, alertAmounts: _amounts, ...terms }: QuotaPolicy): StoredPolicy {
  const { limit, grace, alertAt, largestHold, validFrom, validTo } = terms
  return {
    ...terms,
    limit: limit?.toFixed() ?? null,
    grace: grace === null ? null : 'percent' in grace ? { percent: grace.percent.toFixed() } : { amount: grace.amount.toFixed() },
    alertAt: alertAt.map(percent => percent.toFixed()),
    largestHold: largestHold?.toFixed() ?? null,
    validFrom: validFrom?.toString() ?? null,
    validTo: validTo?.toString() ?? null,
  }
}

/** Returns the policy of a JSON value. */
export function policyOf(stored: StoredPolicy): QuotaPolicy {
  const { limit, grace, alertAt, largestHold, validFrom, validTo } = stored
  return completePolicy({
    ...stored,
    // Policies that were stored before there were sliding windows and leases have neither field.
    sliding: stored.sliding ?? false,
    lease: stored.lease ?? null,
    limit: decimalOf(limit),
    grace: graceOf(grace),
    alertAt: alertAt.map(percent => new Decimal(percent)),
    largestHold: decimalOf(largestHold),
    validFrom: validFrom === null ? null : Temporal.Instant.from(validFrom),
    validTo: validTo === null ? null : Temporal.Instant.from(validTo),
  })
}

/** Returns the JSON value of a plan. */
export function storedPlan({ name, unlisted, policies }: QuotaPlan): StoredPlan {
  return { name, unlisted, policies: policies.map(storedPolicy) }
}

/** Returns the plans of a JSON text of an array. */
export function plansOf(text: string): readonly QuotaPlan[] {
  return (JSON.parse(text) as StoredPlan[]).map(plan => ({ ...plan, policies: plan.policies.map(policyOf) }))
}

function decimalOf(text: string | null): Decimal | null {
  return text === null ? null : new Decimal(text)
}

function graceOf(stored: StoredGrace | null): Grace | null {
  if (stored === null) return null
  return 'percent' in stored ? { percent: new Decimal(stored.percent) } : { amount: new Decimal(stored.amount) }
}
