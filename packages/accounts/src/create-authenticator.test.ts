import { randomIds, settableClock } from '@tollgate/kernel'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Accounts } from './accounts.ts'
import type { Authenticator } from './authenticator.ts'
import { createAccounts } from './create-accounts.ts'
import { createAuthenticator } from './create-authenticator.ts'
import { memoryAccountStore } from './memory/account-store.ts'
import { allScopes, type KeyScopes } from './model/key-scopes.ts'

const OPERATOR_KEY = 'the-operator-key-of-the-configuration'
const clock = settableClock('2026-11-20T09:00:00Z')
const keyScopes: KeyScopes = { tenant: ['usage:read', 'quotas:use'], operatorOnly: ['keys:write'] }
const everything = new Set(allScopes(keyScopes))
const store = memoryAccountStore()
let accounts: Accounts
let authenticator: Authenticator

beforeAll(async () => {
  accounts = createAccounts({ store, clock, ids: randomIds(), keyScopes })
  authenticator = createAuthenticator({ accounts, clock, keyScopes, offlineScopes: ['quotas:use'], operatorKey: OPERATOR_KEY })
  await accounts.createTenant({ id: 'acme', name: 'Acme' })
})
afterAll(() => accounts.stop())

it.each([
  [null, 'missing'],
  ['  ', 'missing'],
  ['Basic dXNlcjpwYXNz', 'malformed'],
  ['Bearer ', 'missing'],
  ['Bearer two words', 'malformed'],
  [`Bearer ${'x'.repeat(600)}`, 'malformed'],
  ['Bearer nonsense', 'unknown'],
  [`Bearer tg_${'a'.repeat(8)}_${'b'.repeat(40)}`, 'unknown'],
  [`Bearer ${OPERATOR_KEY}x`, 'unknown'],
])('rejects the header %j as %s', async (header, reason) => {
  expect(await authenticator.authenticate(header)).toMatchObject({ code: 'UNAUTHENTICATED', reason })
})

it('accepts the configured key as an operator with every scope', async () => {
  expect(await authenticator.authenticate(`Bearer ${OPERATOR_KEY}`)).toEqual({ kind: 'operator', keyId: null, scopes: everything })
  expect(await authenticator.authenticate(`bearer   ${OPERATOR_KEY} `)).toMatchObject({ kind: 'operator' })
})

it('identifies a tenant and an operator by their keys, with the scopes of the key', async () => {
  const ofTenant = await accounts.createApiKey({ tenantId: 'acme', name: 'n', scopes: ['usage:read'] }, everything)
  expect(await authenticator.authenticate(`Bearer ${ofTenant.secret}`)).toEqual({
    kind: 'tenant',
    tenantId: 'acme',
    keyId: ofTenant.apiKey.id,
    scopes: new Set(['usage:read']),
  })
  const ofOperator = await accounts.createApiKey({ name: 'n' }, everything)
  expect(await authenticator.authenticate(`Bearer ${ofOperator.secret}`)).toEqual({ kind: 'operator', keyId: ofOperator.apiKey.id, scopes: everything })
})

it('rejects a key from the instant it expires', async () => {
  const { secret } = await accounts.createApiKey({ tenantId: 'acme', name: 'n', expiresAt: clock.now().add({ hours: 1 }) }, everything)
  clock.advance({ minutes: 59 })
  expect(await authenticator.authenticate(`Bearer ${secret}`)).toMatchObject({ kind: 'tenant' })
  clock.advance({ minutes: 1 })
  expect(await authenticator.authenticate(`Bearer ${secret}`)).toMatchObject({ reason: 'expired' })
})

it('rejects a revoked key with the next request, even if another server revoked it', async () => {
  const { apiKey, secret } = await accounts.createApiKey({ tenantId: 'acme', name: 'n' }, everything)
  expect(await authenticator.authenticate(`Bearer ${secret}`)).toMatchObject({ kind: 'tenant' })
  const elsewhere = createAccounts({ store, clock, ids: randomIds(), keyScopes })
  await elsewhere.revokeApiKey(apiKey.id)
  await elsewhere.stop()
  expect(await authenticator.authenticate(`Bearer ${secret}`)).toMatchObject({ reason: 'revoked' })
})

it('identifies each of many concurrent requests by its own key', async () => {
  const keys = await Promise.all(Array.from({ length: 5 }, (_, i) => accounts.createApiKey({ tenantId: 'acme', name: `n${i}` }, everything)))
  const requests = Array.from({ length: 50 }, (_, i) => keys[i % keys.length])
  const viewers = await Promise.all(requests.map(key => authenticator.authenticate(`Bearer ${key?.secret}`)))
  expect(viewers.map(viewer => 'keyId' in viewer && viewer.keyId)).toEqual(requests.map(key => key?.apiKey.id))
})

describe('while the database does not answer', () => {
  const withKey = async (key: Partial<Parameters<Accounts['createApiKey']>[0]> = {}) => {
    const { apiKey, secret } = await accounts.createApiKey({ tenantId: 'acme', name: 'n', ...key }, everything)
    return { apiKey, header: `Bearer ${secret}` }
  }

  it('identifies a key that it has read before, with the offline scopes only', async () => {
    const { apiKey, header } = await withKey()
    expect(authenticator.authenticateOffline(header)).toBeUndefined()
    await authenticator.authenticate(header)
    expect(authenticator.authenticateOffline(header)).toEqual({ kind: 'tenant', tenantId: 'acme', keyId: apiKey.id, scopes: new Set(['quotas:use']) })
    const { header: reader } = await withKey({ scopes: ['usage:read'] })
    await authenticator.authenticate(reader)
    expect(authenticator.authenticateOffline(reader)).toMatchObject({ scopes: new Set() })
    expect(authenticator.authenticateOffline(`Bearer ${OPERATOR_KEY}`)).toMatchObject({ kind: 'operator', scopes: new Set(['quotas:use']) })
  })

  it('does not accept a key that is revoked, expired, malformed, or was last read more than 24 hours ago', async () => {
    const revoked = await withKey()
    await authenticator.authenticate(revoked.header)
    await accounts.revokeApiKey(revoked.apiKey.id)
    await authenticator.authenticate(revoked.header)
    expect(authenticator.authenticateOffline(revoked.header)).toBeUndefined()
    const old = await withKey()
    const expiring = await withKey({ expiresAt: clock.now().add({ hours: 1 }) })
    await Promise.all([old, expiring].map(({ header }) => authenticator.authenticate(header)))
    clock.advance({ hours: 1 })
    expect([authenticator.authenticateOffline(old.header), authenticator.authenticateOffline(expiring.header)]).toEqual([expect.anything(), undefined])
    clock.advance({ hours: 23, seconds: 1 })
    expect(authenticator.authenticateOffline(old.header)).toBeUndefined()
    for (const header of [null, 'Bearer nonsense', 'Basic x']) expect(authenticator.authenticateOffline(header)).toBeUndefined()
  })
})
