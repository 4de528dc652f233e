import { toMicrosecond } from '@tollgate/kernel'
import { changeSubscription } from './change-subscription.ts'
import { nextChange } from './engine/subscriptions/phases.ts'
import { revise } from './engine/subscriptions/revise.ts'
import type { Subscription } from './model/subscriptions/subscription.ts'
import type { SubscriptionsDependencies } from './subscription-dependencies.ts'

type AdvanceDependencies = Pick<SubscriptionsDependencies, 'store' | 'plans' | 'clock' | 'effects'>

/** Gives effect to what has become due in the subscription of a tenant. */
export function advanceSubscription(dependencies: AdvanceDependencies, tenantId: string): Promise<Subscription> {
  return changeSubscription(dependencies, { tenantId }, (subscription, { now }) => {
    const due = nextChange(subscription, subscription.advancedTo)
    return due === null || due.epochNanoseconds > now.epochNanoseconds ? subscription : revise(subscription, {}, now)
  })
}

/** Gives effect to what has become due, tenant by tenant. A failure of one does not keep others from theirs. */
export async function advanceSubscriptions(
  dependencies: AdvanceDependencies,
  { first, onFailure = () => {} }: { readonly first: number; readonly onFailure?: ((error: unknown, tenantId: string) => void) | undefined },
): Promise<number> {
  const due = await dependencies.store.due(toMicrosecond(dependencies.clock.now()), first)
  let advanced = 0
  for (const tenantId of due) {
    try {
      await advanceSubscription(dependencies, tenantId)
      advanced += 1
    } catch (error) {
      onFailure(error, tenantId)
    }
  }
  return advanced
}
