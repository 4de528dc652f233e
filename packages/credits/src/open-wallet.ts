import { checkText, InvalidInput, isStorableText, type Issue, NOT_STORABLE, NotFound, ZERO } from '@tollgate/kernel'
import type { CreditDependencies } from './credit-dependencies.ts'
import { type OwnerInput, ownerOf } from './owner.ts'
import { NO_CREDITS } from './model/account.ts'
import { STANDARD_TERMS, type Wallet } from './model/wallet.ts'

const MAX_ID_LENGTH = 128
const MAX_CUSTOMER_ID_LENGTH = 256

/** Returns the wallet of an owner, and creates it if there is none. */
export async function openWallet({ store, clock, ids }: CreditDependencies, input: OwnerInput): Promise<Wallet> {
  const owner = checkOwner(input)
  const [known] = await store.wallets(owner.tenantId, [owner.customerId])
  if (known !== undefined) return known
  const now = clock.now()
  return store.createWallet({
    ...owner,
    id: ids.uuidV7(now.epochMilliseconds),
    terms: STANDARD_TERMS,
    balances: NO_CREDITS,
    debt: ZERO,
    heldWithoutGrant: ZERO,
    sequence: 0,
    createdAt: now,
    updatedAt: now,
  })
}

/** Returns the wallet of an owner. Rejects with `NotFound` if there is none. */
export async function findWallet({ store }: Pick<CreditDependencies, 'store'>, input: OwnerInput): Promise<Wallet> {
  const owner = checkOwner(input)
  const [known] = await store.wallets(owner.tenantId, [owner.customerId])
  if (known === undefined) throw new NotFound('wallet', owner.customerId === null ? owner.tenantId : `${owner.tenantId}/${owner.customerId}`)
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
