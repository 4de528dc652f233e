import { PAUSED_TIER } from '@tollgate/invoicing'
import type { PlanDraft } from '@tollgate/quotas'

/** The quota plan of tenants whose subscription is paused. It denies everything until an operator publishes another plan of this name. */
export const PAUSED_PLAN: PlanDraft = { name: PAUSED_TIER, policies: [], unlisted: 'deny' }
