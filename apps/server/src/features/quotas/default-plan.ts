import type { PlanDraft } from '@tollgate/quotas'

/**
 * The plan of tenants without a tier, and of those whose tier has no plan of its name: nothing is counted, everything is
 * allowed, until an operator publishes another in its place. So a tier that nobody described never holds up usage.
 */
export const DEFAULT_PLAN: PlanDraft = { name: 'default', policies: [], unlisted: 'allow' }
