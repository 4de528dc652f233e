import { parseDecimal, parseInstant } from '@tollgate/kernel'
import { QUOTA_DIMENSIONS, QUOTA_METRICS, QUOTA_WINDOWS } from '@tollgate/quotas'
import { z } from 'zod'

/** A JSON number is not exact: "0.1" is. */
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
const otherwise = z.enum(['allow', 'deny'])

/** A limit, as a file of a plan has it. What it must be by its own rules, quotas check. */
const quotaPolicyEntry = z.strictObject({
  metric: z.enum(QUOTA_METRICS),
  operation: z.string().optional(),
  window: z.enum(QUOTA_WINDOWS),
  sliding: z.boolean().optional(),
  scope: z.array(z.enum(QUOTA_DIMENSIONS)).optional(),
  /** Null is unlimited, and cannot be left out. */
  limit: amount.nullable(),
  enforcement: z.enum(['hard', 'soft', 'grace']).optional(),
  grace: z.union([z.strictObject({ percent: amount }), z.strictObject({ amount })]).optional(),
  alertAt: z.array(amount).optional(),
  largestHold: amount.optional(),
  unknownAmount: otherwise.optional(),
  storeFailure: otherwise.optional(),
  lease: z.union([z.boolean(), z.strictObject({ ttlSeconds: z.int() })]).optional(),
  validFrom: instant.optional(),
  validTo: instant.optional(),
})

/** A plan, as a file has it. */
export const quotaPlanEntry = z.strictObject({ name: z.string(), unlisted: otherwise, policies: z.array(quotaPolicyEntry) })
