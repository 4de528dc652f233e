import { withoutSimulated } from '@tollgate/kernel'
import type { CreditDependencies } from './credit-dependencies.ts'

/** Tenants that are looked at in one run. What is left is due in the next one. */
const MAX_TENANTS = 1_000

/** Wallets of one transaction. */
const MAX_WALLETS = 100

/** How to do what is due. */
export interface AdvanceOptions {
  /** Defaults to all in whose wallets something is due. */
  readonly tenantIds?: readonly string[] | undefined
  /** Stops between two transactions when it is aborted. */
  readonly signal?: AbortSignal | undefined
  /** Called for a tenant whose wallets could not be changed. The other tenants are not affected. */
  readonly onFailure?: ((tenantId: string, error: unknown) => void) | undefined
}

/**
 * Does what has become due in wallets that nobody uses: grants start and expire, allowances are given, reservations end, and
 * alerts that depend on the time are raised. Wallets that are used need no job: each command does it first. Returns the number of wallets.
 */
export async function advanceWallets(dependencies: CreditDependencies, { tenantIds, signal, onFailure }: AdvanceOptions = {}): Promise<number> {
  const { store, clock } = dependencies
  let count = 0
  for (const tenantId of tenantIds ?? withoutSimulated(clock, await store.dueTenants(clock.now(null), MAX_TENANTS))) {
    if (signal?.aborted === true) return count
    try {
      count += await advanceTenant(dependencies, tenantId, signal)
    } catch (error) {
      if (onFailure === undefined) throw error
      onFailure(tenantId, error)
    }
  }
  return count
}

async function advanceTenant({ store, clock }: CreditDependencies, tenantId: string, signal: AbortSignal | undefined): Promise<number> {
  let count = 0
  for (;;) {
    const now = clock.now(tenantId)
    const walletIds = await store.dueWallets(tenantId, now, MAX_WALLETS)
    if (walletIds.length > 0) await store.apply({ tenantId, commands: walletIds.map(walletId => ({ kind: 'advance', walletId })), now })
    count += walletIds.length
    if (walletIds.length < MAX_WALLETS || signal?.aborted === true) return count
  }
}
