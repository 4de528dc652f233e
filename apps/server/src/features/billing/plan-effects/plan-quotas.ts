import { InvalidInput, type Issue, parseInstant } from '@tollgate/kernel'
import type { PlanQuotas } from '@tollgate/invoicing'
import { checkPlan, type PlanDraft, type PolicyDraft } from '@tollgate/quotas'

/** Returns what is wrong with the quotas of a billing plan. */
export function checkPlanQuotas(quotas: PlanQuotas): readonly Issue[] {
  try {
    checkPlan(quotaPlanOf('checked', quotas))
    return []
  } catch (error) {
    if (error instanceof InvalidInput) return error.issues
    throw error
  }
}

/** Returns the quota plan of a billing plan. */
export function quotaPlanOf(name: string, { policies, unlisted }: PlanQuotas): PlanDraft {
  return { name, unlisted, policies: policies.map(policyOf) }
}

/** Times are texts in a billing plan. */
function policyOf({ validFrom, validTo, ...policy }: PlanQuotas['policies'][number]): PolicyDraft {
  return { ...policy, validFrom: instantOf(validFrom), validTo: instantOf(validTo) } as unknown as PolicyDraft
}

function instantOf(value: unknown) {
  return typeof value === 'string' ? parseInstant(value) : (value as PolicyDraft['validFrom'])
}
