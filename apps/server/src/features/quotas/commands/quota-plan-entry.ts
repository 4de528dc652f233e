import { parseDecimal, parseInstant } from '@tollgate/kernel'
import { QUOTA_DIMENSIONS, QUOTA_METRICS, QUOTA_WINDOWS } from '@tollgate/quotas'
import { z } from 'zod'

/** Amounts are text, because JSON numbers are not exact. */
const amount = z.string('must be an exact decimal in quotes, such as "0.05"').transform((text, context) => {
  const value = parseDecimal(text)
  if (value !== undefined) return value
  context.addIssue('must be a plain decimal, such as "0.05"')
  return z.NEVER
})
const instant = z.string().transform((text, context) => {
  const value = parseInstant(text)
  if (value !== undefined) return value
  context.addIssue('must be a time with its offset, such as "2026-11-20T00:00:00Z"')
  return z.NEVER
})
const failureMode = z.enum(['allow', 'deny'])

/** A policy in a plan file. Only its form is checked here; `checkPlan` checks its rules. */
const quotaPolicyEntry = z.strictObject({
  metric: z.enum(QUOTA_METRICS),
  operation: z.string().optional(),
  window: z.enum(QUOTA_WINDOWS),
  sliding: z.boolean().optional(),
  scope: z.array(z.enum(QUOTA_DIMENSIONS)).optional(),
  /** Required; null means unlimited. */
  limit: amount.nullable(),
  enforcement: z.enum(['hard', 'soft', 'grace']).optional(),
  grace: z.union([z.strictObject({ percent: amount }), z.strictObject({ amount })]).optional(),
  alertAt: z.array(amount).optional(),
  largestHold: amount.optional(),
  unknownAmount: failureMode.optional(),
  storeFailure: failureMode.optional(),
  lease: z.union([z.boolean(), z.strictObject({ ttlSeconds: z.int() })]).optional(),
  validFrom: instant.optional(),
  validTo: instant.optional(),
})

/** A plan in a plan file. */
export const quotaPlanEntry = z.strictObject({ name: z.string(), unlisted: failureMode, policies: z.array(quotaPolicyEntry) })
