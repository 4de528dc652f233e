import type { Transaction } from '@tollgate/kernel'
import type { ConsumeCommand } from './engine/commands/consume.ts'
import type { SettleCommand } from './engine/commands/settle.ts'
import { mergeUsage } from './engine/demands/merge-usage.ts'
import { checkQuestion, checkTenantId } from './model/decisions/check-question.ts'
import { PoliciesUnsettled } from './model/errors.ts'
import type { TenantPolicies } from './model/policies/tenant-policies.ts'
import { type ConsumeInput, usageCommand } from './consume.ts'
import type { DecisionDependencies } from './decision-dependencies.ts'
import { MAX_STALE_ATTEMPTS } from './retry-while-stale.ts'

/** Counts past usage in a transaction. If the policies changed meanwhile, retries with the new ones. */
export async function consumeIn(
  dependencies: DecisionDependencies,
  transaction: Transaction,
  usages: readonly ConsumeInput[],
  nowMs: (tenantId: string) => number,
): Promise<void> {
  let left = usages
  for (let i = 0; left.length > 0; i++) {
    if (i === MAX_STALE_ATTEMPTS) throw new PoliciesUnsettled(left[0]?.tenantId ?? '')
    left = await consumeOnce(dependencies, transaction, left, nowMs)
  }
}

/** Returns the usage that was not counted, because its policies were stale. */
async function consumeOnce(
  dependencies: DecisionDependencies,
  transaction: Transaction,
  usages: readonly ConsumeInput[],
  nowMs: (tenantId: string) => number,
): Promise<readonly ConsumeInput[]> {
  const byTenant = Map.groupBy(usages, ({ tenantId }) => tenantId)
  const policies = await dependencies.policies.allOf([...byTenant.keys()].map(checkTenantId), transaction)
  const commands = [...byTenant].flatMap(([tenantId, ofTenant]) => {
    const known = policies.get(tenantId)
    if (known === undefined) throw new Error(`The policies of ${tenantId} were not loaded`)
    return commandsOf(dependencies, ofTenant, known, nowMs(tenantId))
  })
  const outcomes = await dependencies.counters.applyIn(transaction, commands)
  const stale = new Set(commands.flatMap(({ tenantId }, i) => (outcomes[i]?.kind === 'stale' ? [tenantId] : [])))
  for (const tenantId of stale) dependencies.policies.forget(tenantId)
  return stale.size === 0 ? [] : usages.filter(({ tenantId }) => stale.has(tenantId))
}

/**
 * Returns one command for each usage that settles a reservation, and one for all other usage. That one may have no demands: the store
 * still checks that no policy was added in the meantime.
 */
function commandsOf(
  dependencies: DecisionDependencies,
  usages: readonly ConsumeInput[],
  policies: TenantPolicies,
  nowMs: number,
): (ConsumeCommand | SettleCommand)[] {
  const settling = usages.filter(({ reservationId }) => reservationId !== undefined && reservationId !== null)
  const commands: (ConsumeCommand | SettleCommand)[] = settling.map(usage =>
    usageCommand(usage, checkQuestion(usage), policies, { nowMs, finder: dependencies }),
  )
  if (settling.length > 0 && settling.length === usages.length) return commands
  const others = settling.length === 0 ? usages : usages.filter(({ reservationId }) => reservationId === undefined || reservationId === null)
  const demands = mergeUsage(others, policies, { nowMs, finder: dependencies })
  const { tenantId, revision } = policies
  return [...commands, { kind: 'consume', tenantId, revision, nowMs, demands }]
}
