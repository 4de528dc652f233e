import { createTestDatabase, type TestDatabase } from '@tollgate/postgres/testing'
import { AlreadyExists, Forbidden, InvalidInput, NotFound, OPERATOR_SCOPE, randomIds, settableClock, Temporal, tenantScope } from '@tollgate/kernel'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Accounts } from './accounts.ts'
import { createAccounts } from './create-accounts.ts'
import { KEY_SCOPES, TENANT_KEY_SCOPES } from './key-scope.ts'
import { postgresAccountStore } from './postgres/account-store.ts'
import { accountsEntities } from './postgres/entities.ts'

const clock = settableClock('2026-11-20T09:00:00Z')
const everything = new Set(KEY_SCOPES)
let test: TestDatabase
let accounts: Accounts

beforeAll(async () => {
  test = await createTestDatabase({ entities: accountsEntities })
  accounts = createAccounts({ store: postgresAccountStore(test), clock, ids: randomIds() })
  await accounts.createTenant({ id: 'acme', name: 'Acme', tier: 'pro', timeZone: 'Asia/Kolkata', currency: 'EUR' })
  await accounts.createTenant({ id: 'globex', name: 'Globex' })
})
afterAll(async () => {
  await accounts.stop()
  await test.drop()
})

describe('tenants', () => {
  it('keeps what it was given, and fills in UTC and USD', async () => {
    const [acme, globex] = (await accounts.tenants(OPERATOR_SCOPE, { first: 2 })).tenants
    expect(acme).toEqual({ id: 'acme', name: 'Acme', tier: 'pro', timeZone: 'Asia/Kolkata', currency: 'EUR', billingAnchorDay: 1, createdAt: clock.now() })
    expect(globex).toMatchObject({ tier: null, timeZone: 'UTC', currency: 'USD' })
  })
  it('refuses an id that is taken, and leaves its owner as it is', async () => {
    await expect(accounts.createTenant({ id: 'acme', name: 'Another' })).rejects.toThrow(AlreadyExists)
    expect(await accounts.tenantsByIds(OPERATOR_SCOPE, ['acme'])).toMatchObject([{ name: 'Acme' }])
  })
  it.each([
    [{ id: '' }, 'id: must be 1 to 64'],
    [{ id: '.hidden' }, 'id: must be 1 to 64'],
    [{ id: 'a'.repeat(65) }, 'id: must be 1 to 64'],
    [{ id: 'a,b' }, 'id: must be 1 to 64'],
    [{ id: 'evt_x' }, 'id: must not begin with "evt_"'],
    [{ id: 'price_x' }, 'id: must not begin with "price_"'],
    [{ id: 'key_x' }, 'id: must not begin with "key_"'],
    [{ id: 'rej_x' }, 'id: must not begin with "rej_"'],
    [{ name: '  ' }, 'name: must not be empty'],
    [{ name: 'n'.repeat(201) }, 'name: must be 200 characters at the most, not 201'],
    [{ name: 'a\0b' }, 'name: must not contain control characters'],
    [{ tier: 't'.repeat(101) }, 'tier: must be 100 characters'],
    [{ timeZone: 'Mars/Base' }, 'timeZone: "Mars/Base" is not an IANA time zone'],
    [{ currency: 'EURO' }, 'currency: "EURO" is not a currency code'],
  ])('refuses %j, naming the field', async (wrong, message) => {
    const refused = accounts.createTenant({ id: 'fine', name: 'Fine', ...wrong })
    await expect(refused).rejects.toThrow(InvalidInput)
    await expect(refused).rejects.toThrow(message)
  })
  it('pages in the order of ids', async () => {
    const first = await accounts.tenants(OPERATOR_SCOPE, { first: 1 })
    expect(first).toMatchObject({ tenants: [{ id: 'acme' }], hasMore: true })
    expect(await accounts.tenants(OPERATOR_SCOPE, { first: 1, after: 'acme' })).toMatchObject({ tenants: [{ id: 'globex' }], hasMore: false })
  })
  it('shows a tenant itself only', async () => {
    expect(await accounts.tenantsByIds(tenantScope('acme'), ['acme', 'globex'])).toMatchObject([{ id: 'acme' }])
    expect((await accounts.tenants(tenantScope('acme'), { first: 10 })).tenants).toMatchObject([{ id: 'acme' }])
  })
  it('names a tenant that does not exist, and finds it once another server has made it', async () => {
    await expect(accounts.requireTenant('later')).rejects.toThrow('There is no tenant "later".')
    await test.asOwner(`insert into accounts.tenants values ('later', 'Later', null, 'UTC', 'USD', now())`)
    await expect(accounts.requireTenant('later')).resolves.toBeUndefined()
  })
  it('changes what is named, and leaves the rest', async () => {
    const made = await accounts.createTenant({ id: 'initech', name: 'Initech', tier: 'free', timeZone: 'Asia/Kolkata', currency: 'EUR' })
    const shown = async () => (await accounts.tenantsByIds(OPERATOR_SCOPE, ['initech']))[0]
    expect(await accounts.updateTenant({ id: 'initech', tier: 'pro', billingAnchorDay: 31 })).toEqual({ ...made, tier: 'pro', billingAnchorDay: 31 })
    expect(await shown()).toEqual({ ...made, tier: 'pro', billingAnchorDay: 31 })
    await accounts.updateTenant({ id: 'initech', name: 'Initech Ltd', tier: null, timeZone: 'UTC', currency: 'USD' })
    expect(await shown()).toEqual({ ...made, name: 'Initech Ltd', tier: null, timeZone: 'UTC', currency: 'USD', billingAnchorDay: 31 })
  })
  it('changes nothing where something is wrong, or what follows from it fails', async () => {
    const [before] = await accounts.tenantsByIds(OPERATOR_SCOPE, ['acme'])
    await expect(accounts.updateTenant({ id: 'acme', name: 'New', billingAnchorDay: 32 })).rejects.toThrow('billingAnchorDay: must be a day of the month')
    await expect(accounts.updateTenant({ id: 'nobody', name: 'New' })).rejects.toThrow(NotFound)
    const tenantChanged = async () => {
      throw new Error('after all')
    }
    const failing = createAccounts({ store: postgresAccountStore(test), clock, ids: randomIds(), tenantChanged })
    await expect(failing.updateTenant({ id: 'acme', name: 'New' })).rejects.toThrow('after all')
    await failing.stop()
    expect(await accounts.tenantsByIds(OPERATOR_SCOPE, ['acme'])).toEqual([before])
  })
})

describe('API keys', () => {
  it('shows the secret once, and keeps its hash only', async () => {
    const { apiKey, secret } = await accounts.createApiKey({ tenantId: 'acme', name: 'backend' }, everything)
    expect(secret).toMatch(/^tg_[0-9A-Za-z]{8}_[0-9A-Za-z]{40}$/)
    expect(secret.startsWith(`${apiKey.prefix}_`)).toBe(true)
    const [row] = await test.asOwner<Record<string, unknown>>('select * from accounts.api_keys where id = $1', [apiKey.id])
    expect(
      Object.values(row ?? {})
        .map(String)
        .join(' '),
    ).not.toContain(secret.slice(apiKey.prefix.length + 1))
    expect(await accounts.apiKeyBySecret(secret)).toEqual(apiKey)
  })
  it('draws a new secret every time', async () => {
    const secrets = await Promise.all(Array.from({ length: 20 }, () => accounts.createApiKey({ tenantId: 'acme', name: 'n' }, everything)))
    expect(new Set(secrets.map(({ secret }) => secret.split('_')[2])).size).toBe(20)
  })
  it('gives a key all that its kind can carry where no scopes are named', async () => {
    const tenants = await accounts.createApiKey({ tenantId: 'acme', name: 'n' }, everything)
    expect(tenants.apiKey.scopes).toEqual([...TENANT_KEY_SCOPES])
    const operators = await accounts.createApiKey({ name: 'n' }, everything)
    expect(operators.apiKey).toMatchObject({ tenantId: null, scopes: [...KEY_SCOPES] })
  })
  it('never makes a key that may do more than its maker', async () => {
    const maker = new Set(['keys:write', 'usage:read'] as const)
    await expect(accounts.createApiKey({ name: 'n', scopes: ['prices:write'] }, maker)).rejects.toThrow(Forbidden)
    expect((await accounts.createApiKey({ name: 'n' }, maker)).apiKey.scopes).toEqual(['usage:read', 'keys:write'])
  })
  it.each([
    [{ name: '' }, 'name: must not be empty'],
    [{ scopes: [] }, 'scopes: must name at least one scope'],
    [{ scopes: ['usage:read', 'usage:eat'] }, 'scopes[1]: "usage:eat" is not a scope; the scopes are usage:write'],
    [{ scopes: ['tenants:write'] }, `scopes[0]: "tenants:write" concerns all tenants`],
    [{ expiresAt: Temporal.Instant.from('2026-11-20T09:00:00Z') }, 'expiresAt: must be in the future'],
  ])('refuses %j, naming the field', async (wrong, message) => {
    const refused = accounts.createApiKey({ tenantId: 'acme', name: 'n', ...wrong }, everything)
    await expect(refused).rejects.toThrow(InvalidInput)
    await expect(refused).rejects.toThrow(message)
  })
  it('makes none for an unknown tenant', async () => {
    await expect(accounts.createApiKey({ tenantId: 'nobody', name: 'n' }, everything)).rejects.toThrow('There is no tenant "nobody".')
  })
  it('revokes once: the first time stands', async () => {
    const { apiKey } = await accounts.createApiKey({ tenantId: 'acme', name: 'n' }, everything)
    const at = clock.now()
    expect((await accounts.revokeApiKey(apiKey.id)).revokedAt).toEqual(at)
    clock.advance({ hours: 1 })
    expect((await accounts.revokeApiKey(apiKey.id)).revokedAt).toEqual(at)
    await expect(accounts.revokeApiKey('01900000-0000-7000-8000-000000000000')).rejects.toThrow(NotFound)
  })
  it('lists newest first, by owner, without the revoked unless asked', async () => {
    clock.advance({ hours: 1 })
    const { apiKey: older } = await accounts.createApiKey({ tenantId: 'globex', name: 'older' }, everything)
    clock.advance({ seconds: 1 })
    const { apiKey: newer } = await accounts.createApiKey({ tenantId: 'globex', name: 'newer' }, everything)
    await accounts.revokeApiKey(newer.id)
    const names = async (page: Parameters<Accounts['apiKeys']>[0]) => (await accounts.apiKeys(page)).apiKeys.map(({ name }) => name)
    expect(await names({ tenantId: 'globex', first: 5 })).toEqual(['older'])
    expect(await names({ tenantId: 'globex', includeRevoked: true, first: 5 })).toEqual(['newer', 'older'])
    expect(await names({ tenantId: 'globex', includeRevoked: true, first: 5, after: newer.id })).toEqual(['older'])
    expect((await accounts.apiKeys({ tenantId: null, first: 100 })).apiKeys.every(({ tenantId }) => tenantId === null)).toBe(true)
    expect(await accounts.apiKeysByIds(tenantScope('acme'), [older.id])).toEqual([])
    expect(await accounts.apiKeysByIds(tenantScope('globex'), [older.id])).toEqual([older])
  })
  it('writes the last use at the stop, however often the key was used', async () => {
    const other = createAccounts({ store: postgresAccountStore(test), clock, ids: randomIds() })
    const { apiKey, secret } = await other.createApiKey({ tenantId: 'acme', name: 'n' }, everything)
    for (let use = 0; use < 3; use++) other.noteUse(apiKey)
    expect((await other.apiKeyBySecret(secret))?.lastUsedAt).toBeNull()
    await other.stop()
    expect((await accounts.apiKeyBySecret(secret))?.lastUsedAt).toEqual(clock.now())
  })
})
