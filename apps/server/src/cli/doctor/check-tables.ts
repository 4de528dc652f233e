import { EncryptionKeyMissing } from '@tollgate/postgres'
import type { Client } from 'pg'
import { migrations } from '../../database/migrations.ts'
import { type EncryptionKeySettings, findEncryptionKeys } from '../../process/encryption-keys.ts'
import type { Finding } from './finding.ts'

const SHOWN = 5

/** Compares the migrations of the database with those of this version. */
export async function checkMigrations(client: Client): Promise<Finding> {
  const check = 'migrations'
  const executed = new Set(await executedMigrations(client))
  const known = new Set(migrations.map(({ name }) => name))
  const unknown = [...executed].filter(name => !known.has(name))
  if (unknown.length > 0) {
    const found = `a newer version has migrated the database: this version does not know ${listed(unknown)}`
    return { check, level: 'problem', found, advice: 'Install the newer version again, or restore the backup that was made before the upgrade.' }
  }
  const pending = [...known].filter(name => !executed.has(name))
  if (pending.length === 0) return { check, level: 'ok', found: `all ${known.size} have run` }
  const found = executed.size === 0 ? 'the database is empty' : `${pending.length} of ${known.size} have not run: ${listed(pending)}`
  return { check, level: 'warning', found, advice: 'The next start runs them, or "tollgate migrate" now. Make a backup before.' }
}

async function executedMigrations(client: Client): Promise<readonly string[]> {
  const [table] = (await client.query<{ exists: boolean }>(`select to_regclass('tollgate.migrations') is not null as exists`)).rows
  if (table?.exists !== true) return []
  return (await client.query<{ name: string }>('select name from tollgate.migrations')).rows.map(({ name }) => name)
}

/** Tables with rows of tenants to which row-level security does not apply, or not to the owner. */
const UNPROTECTED = `
  select format('%I.%I', nspname, relname) as name
    from pg_class join pg_namespace on pg_namespace.oid = relnamespace
   where relkind in ('r', 'p') and nspname = any ($1)
     and exists (select from pg_attribute where attrelid = pg_class.oid and attname = 'tenant_id' and not attisdropped)
     -- Partitions are reached through their table.
     and not relispartition
     and (not relrowsecurity or not relforcerowsecurity or not exists (select from pg_policy where polrelid = pg_class.oid))
   order by 1`

/** Checks that row-level security is on, also for the owner, in every table with rows of tenants. */
export async function checkRowSecurity(client: Client): Promise<Finding> {
  const check = 'row-level security'
  // The first part of a migration's name is the schema of its package.
  const schemas = [...new Set(migrations.map(({ name }) => name.split('/')[0] ?? ''))]
  const { rows } = await client.query<{ name: string }>(UNPROTECTED, [schemas])
  if (rows.length === 0) return { check, level: 'ok', found: 'on in every table with rows of tenants' }
  const found = `does not protect ${listed(rows.map(({ name }) => name))}`
  return {
    check,
    level: 'problem',
    found,
    advice: 'Somebody has changed these tables. Restore their policies: alter table … enable row level security, and force it.',
  }
}

/** Checks that the keys of the settings include those that secrets in the database are encrypted with. */
export async function checkEncryptedSecrets(client: Client, settings: EncryptionKeySettings): Promise<readonly Finding[]> {
  const check = 'encrypted secrets'
  const [table] = (await client.query<{ exists: boolean }>(`select to_regclass('tollgate.encryption_keys') is not null as exists`)).rows
  const keys = await findEncryptionKeys(settings).catch(() => undefined) // The check of files reports it.
  if (table?.exists !== true || keys === undefined) return []
  const given = keys.map(({ id }) => id)
  await client.query(`select set_config('tollgate.tenants', tollgate.operator_scope(), false)`)
  const used = (await client.query<{ id: string }>('select id from tollgate.encryption_keys order by id')).rows.map(({ id }) => id)
  const missing = used.filter(id => !given.includes(id))
  if (missing.length === 0) return used.length === 0 ? [] : [{ check, level: 'ok', found: 'the configured keys can decrypt them' }]
  const advice = 'Servers do not start without it. Set TOLLGATE_ENCRYPTION_KEY to the key of the time of the backup.'
  return [{ check, level: 'problem', found: new EncryptionKeyMissing({ missing, given }).message, advice }]
}

function listed(names: readonly string[]): string {
  const more = names.length - SHOWN
  return names.slice(0, SHOWN).join(', ') + (more > 0 ? ` and ${more} more` : '')
}
