import { OPERATOR_SCOPE, randomIds, systemClock } from '@tollgate/kernel'
import { unencrypted } from '@tollgate/postgres'
import { createTestDatabase, type TestDatabase } from '@tollgate/postgres/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { composeTollgate } from '../compose.ts'
import { entities } from './entities.ts'
import { openDatabaseEncryption } from './open-database-encryption.ts'

let test: TestDatabase
beforeAll(async () => {
  test = await createTestDatabase({ entities })
})
afterAll(() => test.drop())

const encryptionKeys = Buffer.alloc(32, 'k').toString('base64')
const environment = { encryptionKeys, encryptionKeyFile: undefined, dataDirectory: '/not/there', databaseUrl: undefined }

/** Returns every row of every table, as text, like a dump of the database. */
async function dump(): Promise<string> {
  const tables = await test.asOwner<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema')`,
  )
  const rows: string[] = []
  for (const { name } of tables) for (const { row } of await test.asOwner<{ row: string }>(`select whole::text as row from ${name} as whole`)) rows.push(row)
  return rows.join('\n')
}

/** Returns the ways in which a dump could show a secret. */
function traces(secret: string): string[] {
  const bytes = Buffer.from(secret)
  return [secret, bytes.toString('hex'), bytes.toString('base64').slice(0, -4), bytes.toString('base64url').slice(0, -4)]
}

it('shows no secret in any table, neither new ones nor those that were stored before there was a key', async () => {
  const compose = (encryption = unencrypted) =>
    composeTollgate({ database: test.database, clock: systemClock, ids: randomIds(), encryption, operatorKey: 'operator-key-of-the-tests' })
  const before = compose()
  const creator = { kind: 'operator', keyId: null, scopes: new Set(['tokens:write', 'usage:read']) } as const
  const token = () => compose(encryption).accessTokens.create({ tenantId: 'acme', scopes: ['usage:read'] }, creator)
  let encryption = unencrypted
  await before.accounts.createTenant({ id: 'acme', name: 'Acme' })
  const old = await before.webhooks.createEndpoint({ tenantId: 'acme', url: 'https://example.com/old' })
  const { token: oldToken } = await token()
  const [{ private_key: privateKey }] = (await test.asOwner<{ private_key: string }>('select private_key from accounts.signing_keys')) as [
    { private_key: string },
  ]
  for (const secret of [old.secret, privateKey]) expect(await dump()).toContain(secret)

  encryption = await openDatabaseEncryption({ environment, database: test.database, clock: systemClock })
  const tollgate = compose(encryption)
  const rotated = await tollgate.webhooks.rotateSecret(OPERATOR_SCOPE, old.endpoint.id)
  const created = await tollgate.webhooks.createEndpoint({ tenantId: null, url: 'https://example.com/new' })
  const dumped = await dump()
  for (const secret of [old.secret, rotated.secret, created.secret, privateKey, encryptionKeys]) {
    for (const trace of traces(secret)) expect(dumped).not.toContain(trace)
  }
  // The old signing key still works.
  expect(await tollgate.accessTokens.verify(oldToken)).toMatchObject({ tenantId: 'acme' })
  expect(await tollgate.accessTokens.verify((await token()).token)).toMatchObject({ tenantId: 'acme' })
  expect(await test.asOwner('select from accounts.signing_keys')).toHaveLength(1)
})
