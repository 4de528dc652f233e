import type { PlanDraft } from '@tollgate/quotas'

/**
 * The plan of tenants without a tier, and of those whose tier has no plan. It counts nothing and allows everything until
 * an operator publishes another plan of this name, so that a tier without a plan never blocks usage.
 */
export const DEFAULT_PLAN: PlanDraft = { name: 'default', policies: [], unlisted: 'allow' }
