import type { Grant } from '../../model/grant.ts'
import type { Applied } from '../outcome.ts'
import type { WalletDraft } from '../wallet-draft.ts'

/** Describes what a command did to a wallet, whose entries are those after the first `from`. */
export function applied(draft: WalletDraft, from: number, made: Pick<Applied, 'grant' | 'reservation'> = {}): Applied {
  return { kind: 'applied', isRepeat: false, entries: draft.entries.slice(from), available: draft.balances.available, ...made }
}

/** Describes a command that was applied before. */
export function repeated(draft: WalletDraft, grant?: Grant): Applied {
  return { kind: 'applied', isRepeat: true, entries: [], available: draft.balances.available, grant }
}
