import { APPLICATION_ROLE, sqlMigration } from '@tollgate/postgres'

/** Private keys are encrypted, and encrypted again when the encryption key changes. */
export const encryptedSigningKeysMigration = sqlMigration('accounts/0005-encrypted-signing-keys', [
  `grant update (private_key) on accounts.signing_keys to ${APPLICATION_ROLE}`,
])
