import { Temporal } from '@tollgate/kernel'
import { defineColumns } from '@tollgate/postgres'
import type { QuotaOverride } from '../../model/policies/override.ts'
import { policyOf, type StoredPolicy, storedPolicy } from './policies.ts'

/** The columns of `quotas.overrides`, except the revision. */
export const OVERRIDE_COLUMNS = defineColumns<QuotaOverride>(column => [
  column('id', 'uuid', ({ id }) => id),
  column('tenant_id', 'text', ({ tenantId }) => tenantId),
  column('slot', 'text', ({ limitKey }) => limitKey),
  column('policy', 'jsonb', ({ policy }) => policy && storedPolicy(policy)),
  column('set_by', 'text', ({ setBy }) => setBy),
  column('set_at', 'timestamptz', ({ setAt }) => setAt),
])

/** An override as JSON. */
export const OVERRIDE_JSON = `json_build_object('id', id, 'limitKey', slot, 'policy', policy, 'setBy', set_by, 'setAt', set_at)`

type StoredOverride = Pick<QuotaOverride, 'id' | 'limitKey' | 'setBy'> & { readonly setAt: string; readonly policy: StoredPolicy | null }

/** Returns the overrides of a tenant of a JSON text of an array. */
export function overridesOf(tenantId: string, text: string): QuotaOverride[] {
  return (JSON.parse(text) as StoredOverride[]).map(({ policy, setAt, ...stored }) => ({
    ...stored,
    tenantId,
    policy: policy === null ? null : policyOf(policy),
    setAt: Temporal.Instant.from(setAt),
  }))
}
