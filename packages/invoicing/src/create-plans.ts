import { NotFound, type TenantClock, toMicrosecond } from '@tollgate/kernel'
import { checkedInput, checkShape, inputShape, requireText } from '@tollgate/kernel/input'
import { type CheckQuotas, checkBillingPlan } from './engine/plans/check-billing-plan.ts'
import type { BillingPlan } from './model/plans/billing-plan.ts'
import type { BillingPlanDraft } from './model/plans/billing-plan-draft.ts'
import { readPlanReference } from './model/plans/plan-key.ts'
import { INPUTS } from './input-shapes.ts'
import type { PlanEffects } from './plan-effects.ts'
import type { PlanStore } from './plan-store.ts'

/** Plans that tenants can subscribe to. */
export interface Plans {
  /** Publishes a plan, or the next version of the plan with its name. Throws `InvalidInput` that names every invalid field. */
  publish(draft: BillingPlanDraft): Promise<BillingPlan>
  /** Returns the latest version of each plan, by rank and name; with `allVersions`, all of them. */
  list(options?: { readonly allVersions?: boolean }): Promise<readonly BillingPlan[]>
  /** Returns a plan: "pro" is the latest version, "pro@2" that version. Throws `NotFound`. */
  find(reference: string): Promise<BillingPlan>
}

/** Dependencies of `createPlans`. */
export interface PlansDependencies {
  readonly store: PlanStore
  readonly effects: Pick<PlanEffects, 'planPublished'>
  readonly clock: TenantClock
  /** Returns what is wrong with the quotas of a plan. Defaults to nothing. */
  readonly checkQuotas?: CheckQuotas
}

const OPTIONS = inputShape<PlansDependencies>({ store: 'object', effects: 'object', clock: 'object', checkQuotas: 'function?' })

/** Creates the service for plans. Throws `InvalidInput` for options that it does not have, or that are missing. */
export function createPlans(dependencies: PlansDependencies): Plans {
  checkShape(OPTIONS, dependencies)
  const { store, effects, clock, checkQuotas } = dependencies
  return {
    publish: checkedInput(INPUTS.plan, async draft => {
      const plan = checkBillingPlan(draft, checkQuotas)
      return store.add({ ...plan, publishedAt: toMicrosecond(clock.now(null)) }, (added, transaction) => effects.planPublished(added, transaction))
    }),
    async list(options = {}) {
      checkShape(INPUTS.plans, options)
      const { allVersions = false } = options
      const all = await store.all()
      return allVersions ? all : all.filter(plan => latestOf(all, plan.name) === plan)
    },
    async find(reference) {
      requireText('reference', reference)
      return findPlanByReference(await store.all(), reference)
    },
  }
}

/** Returns a plan: "pro" is the latest version, "pro@2" that version. Throws `NotFound`. */
export function findPlanByReference(all: readonly BillingPlan[], reference: string): BillingPlan {
  const wanted = readPlanReference(reference)
  const found =
    wanted?.version === undefined ? latestOf(all, wanted?.name) : all.find(({ name, version }) => name === wanted.name && version === wanted.version)
  if (found === undefined) throw new NotFound('plan', reference.slice(0, 100))
  return found
}

function latestOf(all: readonly BillingPlan[], name: string | undefined): BillingPlan | undefined {
  return all
    .filter(plan => plan.name === name)
    .reduce<BillingPlan | undefined>((last, plan) => (last === undefined || plan.version > last.version ? plan : last), undefined)
}
