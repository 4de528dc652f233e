import type { QuotaPlan } from './model/policies/plan.ts'
import type { PolicyStore } from './policy-store.ts'

/** Lists all plans by name: those that the program was started with, and the published ones in their place. */
export async function listPlans(store: Pick<PolicyStore, 'plans'>, startingPlans: readonly QuotaPlan[]): Promise<readonly QuotaPlan[]> {
  const published = await store.plans()
  const byName = new Map([...startingPlans, ...published].map(plan => [plan.name, plan]))
  return [...byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
}
