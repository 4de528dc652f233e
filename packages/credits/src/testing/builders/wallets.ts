import { countingIds, Decimal, type SettableClock, settableClock } from '@tollgate/kernel'
import { createCredits } from '../../create-credits.ts'
import type { Credits } from '../../credits.ts'
import type { UsageToDebit } from '../../debit-usage.ts'
import type { TopUpProvider } from '../../top-up-provider.ts'
import type { CreditStoreSetup } from './credit-store-setup.ts'

/** The time at which tests start. */
export const START = '2026-03-10T12:00:00Z'

/** Credits over an empty store, and their clock. */
export interface CreditsUnderTest {
  readonly credits: Credits
  readonly clock: SettableClock
  /** Records usage of the tenant "acme", and returns what each was debited. */
  readonly debit: (...usages: readonly Partial<UsageToDebit>[]) => ReturnType<Credits['debitIn']>
}

/** Creates credits over an empty store, which a provider tops up if one is given. */
export async function makeCredits({ make, transaction }: CreditStoreSetup, topUps?: TopUpProvider): Promise<CreditsUnderTest> {
  const clock = settableClock(START)
  const ids = countingIds()
  const credits = createCredits({ store: await make(ids), clock, ids, topUps })
  return {
    credits,
    clock,
    debit: (...usages) =>
      transaction('acme', within =>
        credits.debitIn(
          within,
          usages.map(usage => ({ ...NO_USAGE, eventId: ids.uuidV7(clock.now().epochMilliseconds), occurredAt: clock.now(), ...usage })),
        ),
      ),
  }
}

const NO_USAGE: Omit<UsageToDebit, 'eventId' | 'occurredAt'> = {
  tenantId: 'acme',
  customerId: null,
  operation: 'chat_message',
  provider: null,
  model: null,
  tokens: null,
  quantity: null,
  cost: null,
  credits: null,
  description: null,
  resourceType: null,
  resourceId: null,
  reservationId: null,
}

/** Returns the available, reserved and total credits of a wallet as text. */
export async function balances(credits: Credits, customerId: string | null = null): Promise<string> {
  const status = await credits.wallet({ tenantId: 'acme', customerId })
  if (status === undefined) return 'no wallet'
  const { available, reserved } = status.wallet.balances
  return `${available.toFixed()} available, ${reserved.toFixed()} reserved`
}

/** Returns an amount. */
export const credit = (amount: number | string): Decimal => new Decimal(amount)
