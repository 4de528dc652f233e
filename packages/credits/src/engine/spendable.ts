import type { Decimal } from '@tollgate/kernel'
import type { WalletDraft } from './wallet-draft.ts'

/** Returns what a decision may still take: available credits and the overdraft. Null means no limit. */
export function spendable({ terms: { whenEmpty }, balances }: Pick<WalletDraft, 'terms' | 'balances'>): Decimal | null {
  switch (whenEmpty.kind) {
    case 'allow':
      return null
    case 'block':
      return balances.available
    case 'overdraft':
      return balances.available.plus(whenEmpty.limit)
  }
}
