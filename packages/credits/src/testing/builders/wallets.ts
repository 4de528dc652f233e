import { countingIds, Decimal, type SettableClock, settableClock, type Transaction } from '@tollgate/kernel'
import { createCredits } from '../../create-credits.ts'
import type { Credits } from '../../credits.ts'
import type { DebitedCredits, UsageToDebit } from '../../debit-usage.ts'
import type { CreditEntry } from '../../model/entry.ts'
import type { TopUpProvider } from '../../top-up-provider.ts'
import type { CreditStoreSetup } from './credit-store-setup.ts'

/** The time at which tests start. */
export const START = '2026-03-10T12:00:00Z'

/** Credits over an empty store, and their clock. */
export interface CreditsUnderTest {
  readonly credits: Credits
  readonly clock: SettableClock
  /** Records usage of the tenant "acme", and returns what each was debited, with its entry. */
  readonly debit: (...usages: readonly Partial<UsageToDebit>[]) => Promise<readonly (EventEntry | null)[]>
}

/** What an event was debited. */
interface EventEntry {
  readonly amount: Decimal
  readonly entry: CreditEntry
}

/** Creates credits over an empty store, which a provider tops up if one is given. */
export async function makeCredits({ make, transaction }: CreditStoreSetup, topUps?: TopUpProvider): Promise<CreditsUnderTest> {
  const clock = settableClock(START)
  const ids = countingIds()
  const credits = createCredits({ store: await make(ids), clock, ids, topUps })
  return {
    credits,
    clock,
    async debit(...drafts) {
      const usages = drafts.map(usage => ({ ...NO_USAGE, eventId: ids.uuidV7(clock.now().epochMilliseconds), occurredAt: clock.now(), ...usage }))
      const debited = await transaction('acme', within => debitUsages(credits, within, usages))
      const entries = new Map(
        (
          await credits.debitsOf(
            'acme',
            usages.map(({ eventId }) => eventId),
          )
        ).map(entry => [entry.eventId, entry]),
      )
      return usages.map(({ eventId }, i) => {
        const [amount, entry] = [debited[i] ?? null, entries.get(eventId)]
        if ((amount === null) !== (entry === undefined)) throw new Error('An event has a debit without an entry, or an entry without a debit.')
        return amount === null || entry === undefined ? null : { amount, entry }
      })
    },
  }
}

/** Debits usage from the wallets that it may debit. */
export async function debitUsages(credits: Credits, within: Transaction, usages: readonly UsageToDebit[]): Promise<DebitedCredits> {
  const payers = await credits.payersIn(within, usages)
  return payers === undefined ? usages.map(() => null) : credits.debitIn(within, { usages, payers })
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
