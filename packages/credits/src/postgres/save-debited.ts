import { awaitAll, defineColumns, type PostgresTransaction } from '@tollgate/postgres'
import type { WalletDraft } from '../engine/wallet-draft.ts'
import type { Grant } from '../model/grant.ts'

const WALLETS = defineColumns<WalletDraft>(column => [
  column('id', 'uuid', ({ id }) => id),
  column('available', 'numeric', ({ balances }) => balances.available),
  column('consumed', 'numeric', ({ balances }) => balances.consumed),
  column('sequence', 'bigint', ({ sequence }) => sequence),
  column('updated_at', 'timestamptz', ({ recordedAt }) => recordedAt),
])

// Uses the primary key (tenant_id, id). With the tenant as a constant, a plan that expects few rows would compare each wallet of the tenant
// with each that was debited.
const UPDATE_WALLETS = {
  name: 'credits_update_debited_wallets',
  text: `with debited as materialized (select $1::text as tenant_id, * from ${WALLETS.unnestAs('given', 2)})
    update credits.wallets as wallet set available = debited.available, consumed = debited.consumed, sequence = debited.sequence, updated_at = debited.updated_at
    from debited where wallet.tenant_id = debited.tenant_id and wallet.id = debited.id`,
}

const GRANTS = defineColumns<Grant>(column => [column('id', 'uuid', ({ id }) => id), column('remaining', 'numeric', ({ remaining }) => remaining)])

// Uses the primary key (tenant_id, id), for the same reason.
const UPDATE_GRANTS = {
  name: 'credits_update_spent_grants',
  text: `with debited as materialized (select $1::text as tenant_id, * from ${GRANTS.unnestAs('given', 2)})
    update credits.grants as spent set remaining = debited.remaining from debited
    where spent.tenant_id = debited.tenant_id and spent.id = debited.id`,
}

/** Writes what runs of debits change of wallets and grants. The usual case of usage, so nothing else is written. */
export async function saveDebited(transaction: PostgresTransaction, tenantId: string, drafts: readonly WalletDraft[]): Promise<void> {
  if (drafts.length === 0) return
  const grants = drafts.flatMap(({ changedGrants }) => [...changedGrants.values()])
  await awaitAll([
    transaction.query(UPDATE_WALLETS, [tenantId, ...WALLETS.values(drafts)]),
    ...(grants.length === 0 ? [] : [transaction.query(UPDATE_GRANTS, [tenantId, ...GRANTS.values(grants)])]),
  ])
}
