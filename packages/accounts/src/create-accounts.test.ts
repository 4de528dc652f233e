import { AlreadyExists, Forbidden, InvalidInput, NotFound, OPERATOR_SCOPE, randomIds, settableClock, Temporal, tenantScope } from '@tollgate/kernel'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Accounts } from './accounts.ts'
import { hashApiKeySecret } from './model/api-key-secret.ts'
import { type AccountsDependencies, createAccounts } from './create-accounts.ts'
import { memoryAccountStore } from './memory/account-store.ts'
import { allScopes, type KeyScopes } from './model/key-scopes.ts'
import { makeTenant } from './testing/make-tenant.ts'

const clock = settableClock('2026-11-20T09:00:00Z')
const keyScopes: KeyScopes = { tenant: ['usage:write', 'usage:read'], operatorOnly: ['prices:write', 'tenants:write', 'keys:write'] }
const everything = new Set(allScopes(keyScopes))
const store = memoryAccountStore()
const accountsWith = (dependencies: Partial<AccountsDependencies> = {}) =>
  createAccounts({ store, clock, ids: randomIds(), keyScopes, reservedIdPrefixes: ['evt_', 'key_'], ...dependencies })
let accounts: Accounts

beforeAll(async () => {
  accounts = accountsWith()
  await accounts.createTenant({ id: 'acme', name: 'Acme', tier: 'pro', timeZone: 'Asia/Kolkata', currency: 'EUR' })
  await accounts.createTenant({ id: 'globex', name: 'Globex' })
})
afterAll(() => accounts.stop())

describe('tenants', () => {
  it('keeps the given values and defaults to UTC and USD', async () => {
    const [acme, globex] = (await accounts.tenants(OPERATOR_SCOPE, { first: 2 })).items
    expect(acme).toEqual({
      id: 'acme',
      name: 'Acme',
      tier: 'pro',
      timeZone: 'Asia/Kolkata',
      currency: 'EUR',
      billingAnchorDay: 1,
      metadataRules: [],
      createdAt: clock.now(),
    })
    expect(globex).toMatchObject({ tier: null, timeZone: 'UTC', currency: 'USD' })
  })
  it('rejects an id that is taken and keeps its tenant', async () => {
    await expect(accounts.createTenant({ id: 'acme', name: 'Another' })).rejects.toThrow(AlreadyExists)
    expect(await accounts.tenantsByIds(OPERATOR_SCOPE, ['acme'])).toMatchObject([{ name: 'Acme' }])
  })
  it.each([
    [{ id: '' }, 'id: must be 1 to 64'],
    [{ id: '.hidden' }, 'id: must be 1 to 64'],
    [{ id: 'a'.repeat(65) }, 'id: must be 1 to 64'],
    [{ id: 'a,b' }, 'id: must be 1 to 64'],
    [{ id: 'evt_x' }, 'id: must not begin with "evt_"'],
    [{ id: 'key_x' }, 'id: must not begin with "key_"'],
    [{ name: '  ' }, 'name: must not be empty'],
    [{ name: 'n'.repeat(201) }, /^name: must be .*200/],
    [{ name: 'a\0b' }, 'name: must not contain control characters'],
    [{ tier: 't'.repeat(101) }, /^tier: must be .*100/],
    [{ timeZone: 'Mars/Base' }, 'timeZone: "Mars/Base" is not an IANA time zone'],
    [{ currency: 'EURO' }, 'currency: "EURO" is not a currency code'],
  ])('rejects a tenant with %j and names the field', async (wrong, message) => {
    const rejected = accounts.createTenant({ id: 'fine', name: 'Fine', ...wrong })
    await expect(rejected).rejects.toThrow(InvalidInput)
    await expect(rejected).rejects.toThrow(message)
  })
  it('lists pages in the order of ids', async () => {
    const first = await accounts.tenants(OPERATOR_SCOPE, { first: 1 })
    expect(first).toMatchObject({ items: [{ id: 'acme' }], hasMore: true })
    expect(await accounts.tenants(OPERATOR_SCOPE, { first: 1, after: 'acme' })).toMatchObject({ items: [{ id: 'globex' }], hasMore: false })
  })
  it('shows a tenant only itself', async () => {
    expect(await accounts.tenantsByIds(tenantScope('acme'), ['acme', 'globex'])).toMatchObject([{ id: 'acme' }])
    expect((await accounts.tenants(tenantScope('acme'), { first: 10 })).items).toMatchObject([{ id: 'acme' }])
  })
  it('names a tenant that does not exist, and finds it once another server has created it', async () => {
    await expect(accounts.requireTenant('later')).rejects.toThrow('There is no tenant "later".')
    await store.tenants.add(makeTenant({ id: 'later' }))
    await expect(accounts.requireTenant('later')).resolves.toBeUndefined()
  })
  it('does not read the store again for a tenant that is known to exist', async () => {
    const byIds = vi.fn(store.tenants.byIds)
    const watched = accountsWith({ store: { ...store, tenants: { ...store.tenants, byIds } } })
    await watched.requireTenant('acme')
    await watched.requireTenant('acme')
    await watched.stop()
    expect(byIds).toHaveBeenCalledTimes(1)
  })
  it('updates the named fields and keeps the others', async () => {
    const created = await accounts.createTenant({ id: 'initech', name: 'Initech', tier: 'free', timeZone: 'Asia/Kolkata', currency: 'EUR' })
    const read = async () => (await accounts.tenantsByIds(OPERATOR_SCOPE, ['initech']))[0]
    expect(await accounts.updateTenant({ id: 'initech', tier: 'pro', billingAnchorDay: 31 })).toEqual({ ...created, tier: 'pro', billingAnchorDay: 31 })
    expect(await read()).toEqual({ ...created, tier: 'pro', billingAnchorDay: 31 })
    await accounts.updateTenant({ id: 'initech', name: 'Initech Ltd', tier: null, timeZone: 'UTC', currency: 'USD' })
    expect(await read()).toEqual({ ...created, name: 'Initech Ltd', tier: null, timeZone: 'UTC', currency: 'USD', billingAnchorDay: 31 })
  })
  it('changes nothing if an update is invalid or its hook fails', async () => {
    const [before] = await accounts.tenantsByIds(OPERATOR_SCOPE, ['acme'])
    await expect(accounts.updateTenant({ id: 'acme', name: 'New', billingAnchorDay: 32 })).rejects.toThrow('billingAnchorDay: must be a day of the month')
    await expect(accounts.updateTenant({ id: 'nobody', name: 'New' })).rejects.toThrow(NotFound)
    const onTenantUpdate = async () => {
      throw new Error('after all')
    }
    const failing = accountsWith({ onTenantUpdate })
    await expect(failing.updateTenant({ id: 'acme', name: 'New' })).rejects.toThrow('after all')
    await failing.stop()
    expect(await accounts.tenantsByIds(OPERATOR_SCOPE, ['acme'])).toEqual([before])
  })
  it('runs the hook with the tenant as it was before the update', async () => {
    const onTenantUpdate = vi.fn(async () => {})
    const [before] = await accounts.tenantsByIds(OPERATOR_SCOPE, ['globex'])
    const hooked = accountsWith({ onTenantUpdate })
    await hooked.updateTenant({ id: 'globex', tier: 'pro' })
    await hooked.stop()
    expect(onTenantUpdate).toHaveBeenCalledExactlyOnceWith(before, { scope: OPERATOR_SCOPE })
  })
  it('updates a tenant whose id begins with a prefix that was reserved later', async () => {
    await store.tenants.add(makeTenant({ id: 'evt_old' }))
    expect(await accounts.updateTenant({ id: 'evt_old', name: 'Old' })).toMatchObject({ id: 'evt_old', name: 'Old' })
  })
})

describe('API keys', () => {
  it('returns the secret once and finds the key by it', async () => {
    const { apiKey, secret } = await accounts.createApiKey({ tenantId: 'acme', name: 'backend' }, everything)
    expect(secret).toMatch(/^tg_[0-9A-Za-z]{8}_[0-9A-Za-z]{46}$/)
    expect(secret.startsWith(`${apiKey.prefix}_`)).toBe(true)
    expect(JSON.stringify(apiKey)).not.toContain(secret.slice(apiKey.prefix.length + 1))
    expect(await accounts.apiKeyBySecret(secret)).toEqual(apiKey)
  })
  it('generates a new secret for every key', async () => {
    const secrets = await Promise.all(Array.from({ length: 20 }, () => accounts.createApiKey({ tenantId: 'acme', name: 'n' }, everything)))
    expect(new Set(secrets.map(({ secret }) => secret.split('_')[2])).size).toBe(20)
  })
  it('gives a key every scope that its kind can have when no scopes are named', async () => {
    const ofTenant = await accounts.createApiKey({ tenantId: 'acme', name: 'n' }, everything)
    expect(ofTenant.apiKey.scopes).toEqual([...keyScopes.tenant])
    const ofOperator = await accounts.createApiKey({ name: 'n' }, everything)
    expect(ofOperator.apiKey).toMatchObject({ tenantId: null, scopes: [...keyScopes.tenant, ...keyScopes.operatorOnly] })
  })
  it('never creates a key with scopes that its creator lacks', async () => {
    const creator = new Set(['keys:write', 'usage:read'])
    await expect(accounts.createApiKey({ name: 'n', scopes: ['prices:write'] }, creator)).rejects.toThrow(Forbidden)
    expect((await accounts.createApiKey({ name: 'n' }, creator)).apiKey.scopes).toEqual(['usage:read', 'keys:write'])
  })
  it.each([
    [{ name: '' }, 'name: must not be empty'],
    [{ scopes: [] }, 'scopes: must name at least one scope'],
    [{ scopes: ['usage:read', 'usage:eat'] }, 'scopes[1]: "usage:eat" is not a scope; the scopes are usage:write'],
    [{ scopes: ['tenants:write'] }, `scopes[0]: "tenants:write" concerns all tenants`],
    [{ expiresAt: Temporal.Instant.from('2026-11-20T09:00:00Z') }, 'expiresAt: must be in the future'],
  ])('rejects a key with %j and names the field', async (wrong, message) => {
    const rejected = accounts.createApiKey({ tenantId: 'acme', name: 'n', ...wrong }, everything)
    await expect(rejected).rejects.toThrow(InvalidInput)
    await expect(rejected).rejects.toThrow(message)
  })
  it('rejects a key for an unknown tenant', async () => {
    await expect(accounts.createApiKey({ tenantId: 'nobody', name: 'n' }, everything)).rejects.toThrow('There is no tenant "nobody".')
  })
  it('keeps the time of the first revocation', async () => {
    const { apiKey } = await accounts.createApiKey({ tenantId: 'acme', name: 'n' }, everything)
    const at = clock.now()
    expect((await accounts.revokeApiKey(apiKey.id)).revokedAt).toEqual(at)
    clock.advance({ hours: 1 })
    expect((await accounts.revokeApiKey(apiKey.id)).revokedAt).toEqual(at)
    await expect(accounts.revokeApiKey('01900000-0000-7000-8000-000000000000')).rejects.toThrow(NotFound)
  })
  it('lists the newest keys first, by owner, and revoked keys only on request', async () => {
    clock.advance({ hours: 1 })
    const { apiKey: older } = await accounts.createApiKey({ tenantId: 'globex', name: 'older' }, everything)
    clock.advance({ seconds: 1 })
    const { apiKey: newer } = await accounts.createApiKey({ tenantId: 'globex', name: 'newer' }, everything)
    await accounts.revokeApiKey(newer.id)
    const names = async (query: Parameters<Accounts['apiKeys']>[0]) => (await accounts.apiKeys(query)).items.map(({ name }) => name)
    expect(await names({ tenantId: 'globex', first: 5 })).toEqual(['older'])
    expect(await names({ tenantId: 'globex', includeRevoked: true, first: 5 })).toEqual(['newer', 'older'])
    expect(await names({ tenantId: 'globex', includeRevoked: true, first: 5, after: newer.id })).toEqual(['older'])
    expect((await accounts.apiKeys({ tenantId: null, first: 100 })).items.every(({ tenantId }) => tenantId === null)).toBe(true)
    expect(await accounts.apiKeysByIds(tenantScope('acme'), [older.id])).toEqual([])
    expect(await accounts.apiKeysByIds(tenantScope('globex'), [older.id])).toEqual([older])
  })
})

it('looks up the keys of all requests of one turn of the event loop together', async () => {
  const bySecretHashes = vi.fn(store.apiKeys.bySecretHashes)
  const other = accountsWith({ store: { ...store, apiKeys: { ...store.apiKeys, bySecretHashes } } })
  const { secret } = await other.createApiKey({ tenantId: 'acme', name: 'n' }, everything)
  const requests = [other.apiKeyBySecret(secret)]
  await Promise.resolve() // As between two sockets that are read in one turn.
  requests.push(other.apiKeyBySecret(secret), other.apiKeyBySecret('cannot be a secret'))
  const [first, second, third] = await Promise.all(requests)
  expect(first?.tenantId).toBe('acme')
  expect(second).toBe(first)
  expect(third).toBeUndefined()
  expect(await other.apiKeyBySecret('cannot be a secret')).toBeUndefined()
  expect(bySecretHashes).toHaveBeenCalledExactlyOnceWith([hashApiKeySecret(secret)])
  await other.stop()
})

describe('last use of API keys', () => {
  it('writes the last use when it stops, however often the key was used', async () => {
    const other = accountsWith()
    const { apiKey, secret } = await other.createApiKey({ tenantId: 'acme', name: 'n' }, everything)
    for (let use = 0; use < 3; use++) other.recordUse(apiKey)
    expect((await other.apiKeyBySecret(secret))?.lastUsedAt).toBeNull()
    await other.stop()
    expect((await accounts.apiKeyBySecret(secret))?.lastUsedAt).toEqual(clock.now())
  })
  it('writes every five seconds, reports a failed write, and goes on', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    try {
      const error = new Error('no database')
      const recordUses = vi.fn(store.apiKeys.recordUses).mockRejectedValueOnce(error)
      const onKeyUsesLost = vi.fn()
      const other = accountsWith({ store: { ...store, apiKeys: { ...store.apiKeys, recordUses } }, onKeyUsesLost })
      const { apiKey, secret } = await other.createApiKey({ tenantId: 'acme', name: 'n' }, everything)
      other.recordUse(apiKey)
      await vi.advanceTimersByTimeAsync(5_000)
      expect(onKeyUsesLost).toHaveBeenCalledExactlyOnceWith(error)
      other.recordUse(apiKey)
      await vi.advanceTimersByTimeAsync(5_000)
      expect((await other.apiKeyBySecret(secret))?.lastUsedAt).toEqual(clock.now())
      await vi.advanceTimersByTimeAsync(5_000)
      expect(recordUses).toHaveBeenCalledTimes(2)
      await other.stop()
    } finally {
      vi.useRealTimers()
    }
  })
})
