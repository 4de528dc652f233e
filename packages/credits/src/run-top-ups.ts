import { withoutSimulated } from '@tollgate/kernel'
import type { CreditDependencies } from './credit-dependencies.ts'
import { grantCredits } from './grant-credits.ts'
import { type TopUp, topUpKey } from './model/top-up.ts'
import type { TopUpProvider, TopUpResult } from './top-up-provider.ts'

/** Tenants that are looked at in one run, and top-ups of a tenant. What is left is due in the next run. */
const MAX_TENANTS = 1_000
const MAX_TOP_UPS = 100

/** Seconds until a top-up is processed again, after each attempt: one minute at first, six hours at last. */
const RETRY_SECONDS = [60, 300, 1_800, 7_200, 21_600] as const

/** Attempts after which a purchase that is not decided fails: after about a day and a half. */
const MAX_ATTEMPTS = 9

/** Hours after which a top-up fails that nobody granted, if there is no provider. */
const MAX_HOURS_WITHOUT_PROVIDER = 72

/** Maximum length of the reason of a failure. */
const MAX_REASON_LENGTH = 500

/** How to process top-ups. */
export interface RunTopUpsOptions {
  /** Defaults to all with top-ups that are due. */
  readonly tenantIds?: readonly string[] | undefined
  /** Stops between two top-ups when it is aborted. */
  readonly signal?: AbortSignal | undefined
  /** Called for an attempt that failed, and for a tenant whose top-ups could not be read. It is retried later. */
  readonly onFailure?: ((tenantId: string, error: unknown) => void) | undefined
}

/** What processing top-ups needs. */
export interface TopUpDependencies extends CreditDependencies {
  /** Undefined if somebody else grants top-ups, with the key of each. */
  readonly topUps: TopUpProvider | undefined
}

/**
 * Buys and grants the top-ups that wallets requested. Any number of processes may call it, and any of them may end at any
 * time: the purchase and the grant have the same key in each attempt, so nothing is paid or granted twice. Returns the number of attempts.
 */
export async function runTopUps(dependencies: TopUpDependencies, { tenantIds, signal, onFailure }: RunTopUpsOptions = {}): Promise<number> {
  const { store, clock } = dependencies
  let count = 0
  const report = (tenantId: string, error: unknown) => {
    if (onFailure === undefined) throw error
    onFailure(tenantId, error)
  }
  for (const tenantId of tenantIds ?? withoutSimulated(clock, await store.topUpTenants(clock.now(null), MAX_TENANTS))) {
    try {
      for (const topUp of await store.claimTopUps(tenantId, { now: clock.now(tenantId), first: MAX_TOP_UPS, retrySeconds: RETRY_SECONDS })) {
        if (signal?.aborted === true) return count
        count += 1
        await processTopUp(dependencies, tenantId, topUp).catch((error: unknown) => report(tenantId, error))
      }
    } catch (error) {
      report(tenantId, error)
    }
  }
  return count
}

async function processTopUp(dependencies: TopUpDependencies, tenantId: string, topUp: TopUp): Promise<void> {
  const { topUps: provider } = dependencies
  if (provider === undefined) return failIfForgotten(dependencies, tenantId, topUp)
  const { customerId, amount, attempts } = topUp
  const idempotencyKey = topUpKey(topUp.id)
  let result: TopUpResult
  try {
    result = await provider.purchase({ tenantId, customerId, amount, idempotencyKey })
  } catch (error) {
    if (attempts >= MAX_ATTEMPTS) await fail(dependencies, tenantId, topUp, `It is not known whether the credits were bought: ${messageOf(error)}`)
    throw error
  }
  if (result.kind === 'refused') return fail(dependencies, tenantId, topUp, result.reason)
  if (result.kind === 'pending') {
    if (attempts >= MAX_ATTEMPTS) await fail(dependencies, tenantId, topUp, 'The provider did not decide in time.')
    return
  }
  await grantCredits(dependencies, { tenantId, customerId, amount, idempotencyKey, source: 'purchase', description: result.description })
}

async function failIfForgotten(dependencies: TopUpDependencies, tenantId: string, topUp: TopUp): Promise<void> {
  const until = topUp.requestedAt.add({ hours: MAX_HOURS_WITHOUT_PROVIDER })
  if (dependencies.clock.now(tenantId).epochNanoseconds < until.epochNanoseconds) return
  const reason = `Nobody granted credits with the idempotency key ${topUpKey(topUp.id)} within ${MAX_HOURS_WITHOUT_PROVIDER} hours.`
  await fail(dependencies, tenantId, topUp, reason)
}

async function fail({ store, clock }: TopUpDependencies, tenantId: string, { id, walletId }: TopUp, reason: string): Promise<void> {
  const command = { kind: 'fail_top_up', walletId, topUpId: id, reason: reason.slice(0, MAX_REASON_LENGTH) } as const
  await store.apply({ tenantId, commands: [command], now: clock.now(tenantId) })
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
