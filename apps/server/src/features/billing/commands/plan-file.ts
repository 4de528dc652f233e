import { type BillingPlanDraft, FEE_INTERVALS, FEE_TIMINGS } from '@tollgate/invoicing'
import { checkStorable, describeIssues, DomainError, type Issue } from '@tollgate/kernel'
import { z } from 'zod'
import { readUserFile } from '../../../cli/user-file.ts'

/** The file does not contain a valid plan. The message names every field with an issue. */
export class UnreadablePlanFile extends DomainError<'UNREADABLE_PLAN_FILE'> {
  constructor(file: string, issues: readonly Issue[], options?: ErrorOptions) {
    super('UNREADABLE_PLAN_FILE', `The plan in ${file} was not published. ${describeIssues(issues)}`, options)
  }
}

/** Amounts are text, because JSON numbers are not exact. */
const amount = z.string('must be an exact decimal in quotes, such as "49.50"')

/** A plan in a file. Only its form is checked here; publishing checks its rules. */
const planEntry = z.strictObject({
  name: z.string(),
  title: z.string(),
  description: z.string().optional(),
  currency: z.string().optional(),
  feeInterval: z.enum(FEE_INTERVALS).optional(),
  feeTiming: z.enum(FEE_TIMINGS).optional(),
  recurringFee: amount.optional(),
  seats: z.strictObject({ included: z.int().optional(), unitPrice: amount }).optional(),
  usageCharges: z.array(z.strictObject({ name: z.string(), terms: z.looseObject({ kind: z.string() }) })).optional(),
  minimumCommitment: amount.optional(),
  quotas: z.strictObject({ unlisted: z.enum(['allow', 'deny']), policies: z.array(z.looseObject({ metric: z.string(), window: z.string() })) }).optional(),
  creditAllowance: z.strictObject({ amount, rolloverPercent: amount.optional() }).optional(),
  creditValue: amount.optional(),
  trialDays: z.int().optional(),
  rank: z.int().optional(),
})

/** Reads a plan from a JSON file. Throws `UnreadablePlanFile`. */
export async function readPlanFile(file: string): Promise<BillingPlanDraft> {
  const content = parse(file, await readUserFile(file))
  const issues = checkStorable('', content)
  if (issues.length > 0) throw new UnreadablePlanFile(file, issues)
  const parsed = planEntry.safeParse(content)
  if (parsed.success) return parsed.data as BillingPlanDraft
  throw new UnreadablePlanFile(
    file,
    parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message })),
  )
}

function parse(file: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new UnreadablePlanFile(file, [{ path: '', message: `The file is not valid JSON: ${(cause as Error).message}` }], { cause })
  }
}
