import type { Accounts } from '@tollgate/accounts'
import type { NotificationListener, PostgresDatabase } from '@tollgate/postgres'
import { notifyThrough } from '../../../live/notify.ts'
import type { MetadataPolicies } from './metadata-policies.ts'

const CHANNEL = 'metadata_rules'

/** Accounts that apply changed rules at once here, and notify the other servers. */
export function notifyingAccounts(
  accounts: Accounts,
  { policies, database }: { readonly policies: MetadataPolicies; readonly database: PostgresDatabase },
): Accounts {
  const changed = async () => {
    await policies.load()
    await notifyThrough(database)(CHANNEL, '')
  }
  return {
    ...accounts,
    async createTenant(draft) {
      const tenant = await accounts.createTenant(draft)
      if (tenant.metadataRules.length > 0) await changed()
      return tenant
    },
    async updateTenant(update) {
      const tenant = await accounts.updateTenant(update)
      if (update.metadataRules !== undefined && update.metadataRules !== null) await changed()
      return tenant
    },
  }
}

/** Reads the rules again when another server changed them, or may have. */
export function followMetadataRules(
  listener: NotificationListener,
  { load }: MetadataPolicies,
  onError: (error: unknown) => void,
): Promise<{ stop(): Promise<void> }> {
  const read = () => void load().catch(onError)
  return listener.listen(CHANNEL, { notification: read, gap: read })
}
