import { inputShape } from '@tollgate/kernel/input'
import type { LimitKeyParts } from '../limits/limit-key.ts'
import type { PlanDraft } from './plan.ts'
import type { QuotaPolicy } from './policy.ts'
import type { PolicyDraft } from './policy-draft.ts'

/** The rules for the fields of a limit key, which several inputs have. */
const LIMIT_KEY_FIELDS = { metric: 'text', operation: 'text?', window: 'text', sliding: 'boolean?', scope: 'list?' } as const satisfies Record<
  keyof LimitKeyParts,
  string
>

/** What a checked policy has besides. It is a draft too: plans that `plans` returned can be published again. */
const OF_CHECKED_POLICY = {
  id: 'anything?',
  source: 'anything?',
  setBy: 'anything?',
  limitKey: 'anything?',
  stepMs: 'anything?',
  ceiling: 'anything?',
  alertAmounts: 'anything?',
} as const satisfies Record<Exclude<keyof QuotaPolicy, keyof PolicyDraft>, string>

/** The rules for the fields of what names a limit: those of its key. A whole policy names its limit too. */
export const LIMIT_FIELDS = {
  ...LIMIT_KEY_FIELDS,
  limit: 'amount?',
  enforcement: 'text?',
  grace: 'object?',
  alertAt: 'list?',
  largestHold: 'amount?',
  unknownAmount: 'text?',
  storeFailure: 'text?',
  lease: 'anything?',
  validFrom: 'time?',
  validTo: 'time?',
  ...OF_CHECKED_POLICY,
} as const satisfies Record<keyof PolicyDraft, string>

/** The rules for the fields of a policy. */
export const POLICY_FIELDS = { ...LIMIT_FIELDS, limit: 'amount|null' } as const satisfies Record<keyof PolicyDraft, string>

/** The fields of a policy. */
export const POLICY = inputShape<PolicyDraft>(POLICY_FIELDS)

/** The fields of the two kinds of grace. */
export const GRACE_PERCENT = inputShape<{ readonly percent: unknown }>({ percent: 'amount' })
export const GRACE_AMOUNT = inputShape<{ readonly amount: unknown }>({ amount: 'amount' })

/** The rules for the fields of a plan. */
export const PLAN_FIELDS = { name: 'text', policies: 'list', unlisted: 'text' } as const satisfies Record<keyof PlanDraft, string>

/** The fields of a plan. */
export const PLAN = inputShape<PlanDraft>(PLAN_FIELDS)

/** The fields of what names a limit. */
export const LIMIT = inputShape<PolicyDraft>(LIMIT_FIELDS)
