import { checkText, InvalidInput, isStorableText, type Issue, NOT_STORABLE, NotFound, ZERO } from '@tollgate/kernel'
import type { CreditDependencies } from './credit-dependencies.ts'
import type { WalletCommand } from './engine/command.ts'
import type { Applied } from './engine/outcome.ts'
import { type OwnerInput, ownerOf } from './owner.ts'
import { NO_CREDITS } from './model/account.ts'
import { CreditsOverloaded } from './model/errors.ts'
import { STANDARD_TERMS, type Wallet } from './model/wallet.ts'
import { appliedOf } from './outcome-of.ts'

const MAX_ID_LENGTH = 128
const MAX_CUSTOMER_ID_LENGTH = 256

/** How often a wallet is looked up again because another call has created it meanwhile. */
const MAX_LOOKUPS = 3
const RETRY_AFTER_MS = 100

/**
 * Applies a command to the wallet of an owner. If there is none, creates it in the same transaction, so that a command
 * that is not possible leaves no wallet behind.
 */
export async function applyToOwner(
  { store, clock, ids }: CreditDependencies,
  input: OwnerInput,
  commandFor: (wallet: Wallet) => WalletCommand,
): Promise<Applied> {
  const owner = checkOwner(input)
  const now = clock.now(owner.tenantId)
  for (let i = 0; i < MAX_LOOKUPS; i++) {
    const known = await store.wallet(owner)
    if (known !== undefined) return appliedOf(await store.apply({ tenantId: owner.tenantId, commands: [commandFor(known)], now }))
    const wallet: Wallet = {
      ...owner,
      id: ids.uuidV7(now.epochMilliseconds),
      terms: STANDARD_TERMS,
      balances: NO_CREDITS,
      debt: ZERO,
      heldWithoutGrant: ZERO,
      burn: null,
      topUps: null,
      sequence: 0,
      createdAt: now,
      updatedAt: now,
    }
    const outcomes = await store.applyToNew(wallet, { tenantId: owner.tenantId, commands: [commandFor(wallet)], now })
    if (outcomes !== undefined) return appliedOf(outcomes)
  }
  throw new CreditsOverloaded(RETRY_AFTER_MS)
}

/** Returns the wallet of an owner. Rejects with `NotFound` if there is none. */
export async function findWallet({ store }: Pick<CreditDependencies, 'store'>, input: OwnerInput): Promise<Wallet> {
  const owner = checkOwner(input)
  const known = await store.wallet(owner)
  if (known === undefined)
    throw owner.customerId === null ? new NotFound('wallet of the tenant', owner.tenantId) : new NotFound('wallet of the customer', owner.customerId)
  return known
}

function checkOwner(input: OwnerInput) {
  const owner = ownerOf(input)
  const issues = [...checkText('tenantId', owner.tenantId, { max: MAX_ID_LENGTH }), ...(owner.customerId === null ? [] : checkCustomerId(owner.customerId))]
  if (issues.length > 0) throw new InvalidInput(issues)
  return owner
}

/** Accepts the ids that usage can be attributed to. */
function checkCustomerId(id: string): Issue[] {
  if (id === '' || id.length > MAX_CUSTOMER_ID_LENGTH) return [{ path: 'customerId', message: `must be 1 to ${MAX_CUSTOMER_ID_LENGTH} characters` }]
  return isStorableText(id) ? [] : [{ path: 'customerId', message: NOT_STORABLE }]
}
