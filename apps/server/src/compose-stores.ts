import { postgresAccountStore } from '@tollgate/accounts/postgres'
import type { AccountStore } from '@tollgate/accounts'
import type { ChargeRuleStore } from '@tollgate/charges'
import { postgresChargeRuleStore } from '@tollgate/charges/postgres'
import type { Encryption } from '@tollgate/kernel'
import type { PostgresDatabase } from '@tollgate/postgres'
import { auditedApiKeys, auditedSigningKeys, auditedTenants } from './features/accounts/audited-account-stores.ts'
import type { ChangeRecorder } from './audited-changes/change-recorder.ts'
import { auditedChargeRules } from './features/charges/audited-charge-stores.ts'

/** Databases for what one request asks for, and for what many share; and the audit of changes. */
interface Databases {
  readonly database: PostgresDatabase
  readonly reserved: PostgresDatabase
  readonly changes: ChangeRecorder
}

/** Composes the store of accounts. */
export function accountStore({ database, reserved, changes, encryption }: Databases & { readonly encryption: Encryption }): AccountStore {
  const open = (on: PostgresDatabase) => postgresAccountStore({ database: on, encryption })
  const { tenants, apiKeys } = open(database)
  const { apiKeys: shared, signingKeys } = open(reserved)
  const keys = { ...apiKeys, bySecretHashes: shared.bySecretHashes, recordUses: shared.recordUses }
  return {
    tenants: auditedTenants({ store: tenants, open: on => open(on).tenants, changes }),
    apiKeys: auditedApiKeys({ store: keys, open: on => open(on).apiKeys, changes }),
    signingKeys: auditedSigningKeys({ store: signingKeys, open: on => open(on).signingKeys, changes }),
  }
}

/** All rules are read at once, for everyone who needs some. */
export function chargeRuleStore({ database, reserved, changes }: Databases): ChargeRuleStore {
  const open = (on: PostgresDatabase) => postgresChargeRuleStore({ database: on })
  const { version, all } = open(reserved)
  return auditedChargeRules({ store: { ...open(database), version, all }, open, changes })
}
