import type { SqlMigration } from '@tollgate/postgres'
import { tenantsAndApiKeysMigration } from './0001-tenants-and-api-keys.ts'
import { tenantsThatChangeMigration } from './0002-tenants-that-change.ts'
import { rotatedApiKeysMigration } from './0003-rotated-api-keys.ts'
import { signingKeysMigration } from './0004-signing-keys.ts'
import { encryptedSigningKeysMigration } from './0005-encrypted-signing-keys.ts'
import { metadataRulesMigration } from './0006-metadata-rules.ts'
import { keysThatSeeCostsMigration } from './0007-keys-that-see-costs.ts'
import { testClocksMigration } from './0008-test-clocks.ts'
import { tenantsByTierMigration } from './0009-tenants-by-tier.ts'

/** Schema `accounts`. */
export const accountsMigrations: readonly SqlMigration[] = [
  tenantsAndApiKeysMigration,
  tenantsThatChangeMigration,
  rotatedApiKeysMigration,
  signingKeysMigration,
  encryptedSigningKeysMigration,
  metadataRulesMigration,
  keysThatSeeCostsMigration,
  testClocksMigration,
  tenantsByTierMigration,
]
