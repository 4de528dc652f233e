import { OPERATOR_SCOPE, randomIds, systemClock, Temporal, tenantScope } from '@tollgate/kernel'
import { createTestEncryption, createTestDatabase, type TestDatabase } from '@tollgate/postgres/testing'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { createAccounts } from '../create-accounts.ts'
import { createAuthenticator } from '../create-authenticator.ts'
import { describeAccountStore } from '../testing/describe-account-store.ts'
import { makeApiKey } from '../testing/make-api-key.ts'
import { makeTenant } from '../testing/make-tenant.ts'
import { postgresAccountStore } from './account-store.ts'
import { apiKeysBySecretHashes, SELECT_CHANGED } from './api-keys-by-secret-hashes.ts'
import { accountsEntities } from './entities.ts'
import { readTenantIds, readTenants, TENANT_IDS_OF_TIER } from './read-tenants.ts'

const encryption = createTestEncryption()
let test: TestDatabase
beforeAll(async () => {
  test = await createTestDatabase({ entities: accountsEntities })
})
afterAll(() => test.drop())

const emptyStore = async () => {
  await test.asOwner('truncate accounts.api_keys, accounts.signing_keys, accounts.tenants cascade')
  return postgresAccountStore({ database: test.database, encryption })
}

describeAccountStore('PostgreSQL', emptyStore)

describe('in PostgreSQL', () => {
  it('stores the hash of a secret and never the secret', async () => {
    const accounts = createAccounts({ store: await emptyStore(), clock: systemClock, ids: randomIds(), keyScopes: { tenant: ['read'], operatorOnly: [] } })
    const { apiKey, secret } = await accounts.createApiKey({ name: 'backend' }, new Set(['read']))
    await accounts.stop()
    const [row] = await test.asOwner<Record<string, unknown>>('select * from accounts.api_keys where id = $1', [apiKey.id])
    expect(
      Object.values(row ?? {})
        .map(String)
        .join(' '),
    ).not.toContain(secret.slice(apiKey.prefix.length + 1))
  })
  it('refuses a revoked key with the next request to another server', async () => {
    const keyScopes = { tenant: ['read'], operatorOnly: [] }
    await emptyStore()
    const server = () =>
      createAccounts({ store: postgresAccountStore({ database: test.database, encryption }), clock: systemClock, ids: randomIds(), keyScopes })
    const [here, elsewhere] = [server(), server()]
    const authenticator = createAuthenticator({ accounts: here, clock: systemClock, keyScopes })
    await here.createTenant({ id: 'acme', name: 'Acme' })
    const createKey = () => here.createApiKey({ tenantId: 'acme', name: 'key' }, new Set(['read']))
    const keys = [await createKey(), await createKey(), await createKey()] as const
    const authenticateAll = () => Promise.all(keys.map(({ secret }) => authenticator.authenticate(`Bearer ${secret}`)))
    expect(await authenticateAll()).toEqual(keys.map(({ apiKey }) => ({ kind: 'tenant', tenantId: 'acme', keyId: apiKey.id, scopes: new Set(['read']) })))
    await elsewhere.revokeApiKey(keys[1].apiKey.id)
    expect(await authenticateAll()).toMatchObject([{ kind: 'tenant' }, { reason: 'revoked' }, { kind: 'tenant' }])
    await Promise.all([here.stop(), elsewhere.stop()])
  })
  it('reads a key again only after it has changed', async () => {
    const store = await emptyStore()
    await store.apiKeys.add(makeApiKey({ number: 1 }), '1'.repeat(64))
    const query = vi.spyOn(test.database, 'query')
    const find = apiKeysBySecretHashes(test.database)
    const read = async (digit: string) => {
      const found = (await find([digit.repeat(64)])).get(digit.repeat(64))
      const rows = (await query.mock.results.at(-1)?.value) as unknown[]
      return { found: found && { revokedAt: found.revokedAt, expiresAt: found.expiresAt }, rows: rows.length }
    }
    const rotate = (digit: string) =>
      store.apiKeys.rotate(makeApiKey({ number: 1 }).id, { secretHash: digit.repeat(64), prefix: 'tg_new', previousExpiresAt: at })
    const at = Temporal.Instant.from('2026-11-20T10:00:00Z')
    const valid = { revokedAt: null, expiresAt: null }
    expect(await read('1')).toEqual({ found: valid, rows: 1 })
    expect(await read('1')).toEqual({ found: valid, rows: 0 })
    await rotate('2')
    expect(await read('1')).toEqual({ found: { ...valid, expiresAt: at }, rows: 1 })
    expect(await read('2')).toEqual({ found: valid, rows: 1 })
    await rotate('3')
    expect(await read('1')).toEqual({ found: undefined, rows: 1 })
    expect(await read('1')).toEqual({ found: undefined, rows: 0 })
    await store.apiKeys.revoke(makeApiKey({ number: 1 }).id, at)
    expect(await read('2')).toEqual({ found: { revokedAt: at, expiresAt: at }, rows: 1 })
    expect(await read('2')).toEqual({ found: { revokedAt: at, expiresAt: at }, rows: 0 })
    query.mockRestore()
  })
  it('finds a key among many by its indexes', async () => {
    await emptyStore()
    await test.asOwner(`insert into accounts.api_keys (id, name, prefix, secret_hash, scopes, created_at, previous_secret_hash, previous_secret_expires_at)
      select gen_random_uuid(), 'n', 'p', encode(sha256(number::text::bytea), 'hex'), '{}', now(), encode(sha256((-number)::text::bytea), 'hex'), now()
      from generate_series(1, 5000) as number`)
    await test.asOwner('analyze accounts.api_keys')
    const plan = await test.database.query<{ 'QUERY PLAN': string }>(OPERATOR_SCOPE, `explain ${SELECT_CHANGED.text}`, [['a'], [null]])
    const text = plan.map(row => row['QUERY PLAN']).join(' ')
    expect(text).toContain('api_keys_secret_hash_key')
    expect(text).toContain('api_keys_previous_secret_hash_key')
    expect(text).not.toContain('Seq Scan')
  })
  it('shows the rows of a tenant to its own scope only, whatever the statement', async () => {
    const store = await emptyStore()
    for (const id of ['acme', 'globex']) await store.tenants.add(makeTenant({ id }))
    await store.apiKeys.add(makeApiKey({ number: 1, tenantId: 'acme' }), '1'.repeat(64))
    await store.apiKeys.add(makeApiKey({ number: 2 }), '2'.repeat(64))
    expect(await test.database.query(tenantScope('globex'), 'select id from accounts.tenants')).toEqual([{ id: 'globex' }])
    expect(await test.database.query(tenantScope('globex'), 'select id from accounts.api_keys')).toEqual([])
    await store.signingKeys.add({ id: '0'.repeat(16), publicKey: 'p', privateKey: 's', createdAt: Temporal.Instant.from('2026-11-20T10:00:00Z') })
    expect(await test.database.query(tenantScope('acme'), 'select id from accounts.signing_keys')).toEqual([])
    expect(await test.database.query(tenantScope('acme'), 'select tenant_id from accounts.api_keys')).toEqual([{ tenant_id: 'acme' }])
  })
  it('skips a key that another server has locked when it records uses', async () => {
    const store = await emptyStore()
    const [locked, other] = [makeApiKey({ number: 1 }), makeApiKey({ number: 2 })]
    await store.apiKeys.add(locked, '1'.repeat(64))
    await store.apiKeys.add(other, '2'.repeat(64))
    const at = Temporal.Instant.from('2026-11-20T10:00:00Z')
    await test.asOwner('begin')
    await test.asOwner('select 1 from accounts.api_keys where id = $1 for no key update', [locked.id])
    await store.apiKeys.recordUses(
      new Map([
        [locked.id, at],
        [other.id, at],
      ]),
    )
    await test.asOwner('rollback')
    const used = await store.apiKeys.byIds(OPERATOR_SCOPE, [locked.id, other.id])
    expect(new Map(used.map(({ id, lastUsedAt }) => [id, lastUsedAt]))).toEqual(
      new Map([
        [locked.id, null],
        [other.id, at],
      ]),
    )
  })
})

describe('reading tenants in SQL', () => {
  const acme = makeTenant({
    id: 'acme',
    tier: 'pro',
    timeZone: 'Asia/Kolkata',
    billingAnchorDay: 31,
    createdAt: Temporal.Instant.from('2026-11-20T09:00:00.123456Z'),
  })
  beforeAll(async () => {
    const store = await emptyStore()
    for (const tenant of [acme, makeTenant({ id: 'globex' })]) await store.tenants.add(tenant)
  })

  it('returns the tenants that exist', async () => {
    expect(await readTenants(test.database, ['acme', 'nobody'])).toEqual([acme])
  })
  it('reads in a transaction and its scope', async () => {
    await test.database.transaction(tenantScope('acme'), async transaction => {
      expect(await readTenants(test.database, ['acme', 'globex'], transaction)).toEqual([acme])
      expect(await readTenantIds(transaction, { tierNotIn: [] })).toEqual(['acme'])
    })
  })
  it('returns the tenants of one tier, or those without a tier or with any but some', async () => {
    await test.database.transaction(OPERATOR_SCOPE, async transaction => {
      expect(await readTenantIds(transaction, { tier: 'pro' })).toEqual(['acme'])
      expect(await readTenantIds(transaction, { tierNotIn: ['pro'] })).toEqual(['globex'])
      expect(await readTenantIds(transaction, { tierNotIn: ['free'] })).toEqual(['acme', 'globex'])
    })
  })
  it('finds the tenants of one tier among many by an index', async () => {
    await test.asOwner(`insert into accounts.tenants (id, name, tier, time_zone, currency, created_at)
      select 'many-' || number, 'n', 'tier-' || number % 100, 'UTC', 'USD', now() from generate_series(1, 5000) as number`)
    await test.asOwner('analyze accounts.tenants')
    const plan = await test.database.query<{ 'QUERY PLAN': string }>(OPERATOR_SCOPE, `explain ${TENANT_IDS_OF_TIER}`, ['tier-1'])
    const text = plan.map(row => row['QUERY PLAN']).join(' ')
    expect(text).toContain('tenants_by_tier')
    expect(text).not.toContain('Seq Scan')
  })
})
