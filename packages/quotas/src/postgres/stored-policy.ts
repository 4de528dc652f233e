import { Decimal, Temporal } from '@tollgate/kernel'
import type { QuotaPlan } from '../plan.ts'
import type { Grace, QuotaPolicy } from '../policy.ts'

type Text<Value> = Value extends Decimal | Temporal.Instant ? string : Value
type StoredGrace = { readonly percent: string } | { readonly amount: string }

/** A policy as JSON: numbers and instants as text. */
export interface StoredPolicy extends Omit<{ readonly [Field in keyof QuotaPolicy]: Text<QuotaPolicy[Field]> }, 'grace' | 'alertAt'> {
  readonly grace: StoredGrace | null
  readonly alertAt: readonly string[]
}

/** A policy to store. */
export function storedPolicy(policy: QuotaPolicy): StoredPolicy {
  const { limit, grace, alertAt, largestHold, validFrom, validTo, ceiling } = policy
  return {
    ...policy,
    limit: limit?.toFixed() ?? null,
    grace: grace === null ? null : 'percent' in grace ? { percent: grace.percent.toFixed() } : { amount: grace.amount.toFixed() },
    alertAt: alertAt.map(percent => percent.toFixed()),
    largestHold: largestHold?.toFixed() ?? null,
    validFrom: validFrom?.toString() ?? null,
    validTo: validTo?.toString() ?? null,
    ceiling: ceiling?.toFixed() ?? null,
  }
}

/** The policy that was stored. */
export function policyOf(stored: StoredPolicy): QuotaPolicy {
  const { limit, grace, alertAt, largestHold, validFrom, validTo, ceiling } = stored
  return {
    ...stored,
    limit: decimalOf(limit),
    grace: graceOf(grace),
    alertAt: alertAt.map(percent => new Decimal(percent)),
    largestHold: decimalOf(largestHold),
    validFrom: validFrom === null ? null : Temporal.Instant.from(validFrom),
    validTo: validTo === null ? null : Temporal.Instant.from(validTo),
    ceiling: decimalOf(ceiling),
  }
}

/** A plan as JSON. */
export function storedPlan({ name, unlisted, policies }: QuotaPlan): string {
  return JSON.stringify({ name, unlisted, policies: policies.map(storedPolicy) })
}

/** The plan that was stored. */
export function planOf(text: string): QuotaPlan {
  const { policies, ...plan } = JSON.parse(text) as Omit<QuotaPlan, 'policies'> & { readonly policies: readonly StoredPolicy[] }
  return { ...plan, policies: policies.map(policyOf) }
}

function decimalOf(text: string | null): Decimal | null {
  return text === null ? null : new Decimal(text)
}

function graceOf(stored: StoredGrace | null): Grace | null {
  if (stored === null) return null
  return 'percent' in stored ? { percent: new Decimal(stored.percent) } : { amount: new Decimal(stored.amount) }
}
