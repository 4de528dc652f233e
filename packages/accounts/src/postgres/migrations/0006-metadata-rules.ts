import { grantToApplication, sqlMigration } from '@tollgate/postgres'

/** What happens to the metadata of a tenant before it is stored, and the encrypted key of its pseudonyms. */
export const metadataRulesMigration = sqlMigration('accounts/0006-metadata-rules', [
  `alter table accounts.tenants add column metadata_rules text not null default '[]', add column pseudonym_key text`,
  grantToApplication('accounts.tenants', 'update (metadata_rules, pseudonym_key)'),
])
