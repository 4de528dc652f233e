import type { Transaction } from '@tollgate/kernel'
import type { CollectionPolicy } from '../model/collections/collection-policy.ts'
import type { CollectionDependencies } from './collection-dependencies.ts'

/** Returns the policy of a tenant: its own, or that of the installation, or the default. */
export async function policyFor(
  { store, defaultPolicy }: Pick<CollectionDependencies, 'store' | 'defaultPolicy'>,
  tenantId: string | null,
  transaction?: Transaction,
): Promise<CollectionPolicy> {
  const own = tenantId === null ? undefined : await store.policy(tenantId, transaction)
  return own ?? (await store.policy(null, transaction)) ?? defaultPolicy
}
