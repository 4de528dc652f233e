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
  [`Bearer ${'x'.repeat(2_100)}`, 'malformed'],
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

it('accepts the old secret of a rotated key until the given time, and the new one from then on', async () => {
  const { apiKey, secret: old } = await accounts.createApiKey({ tenantId: 'acme', name: 'n' }, everything)
  const { secret } = await accounts.rotateApiKey(apiKey.id, { previousSecretExpiresAt: clock.now().add({ hours: 1 }) })
  const both = () => Promise.all([old, secret].map(one => authenticator.authenticate(`Bearer ${one}`)))
  expect(await both()).toMatchObject([{ keyId: apiKey.id }, { keyId: apiKey.id }])
  clock.advance({ hours: 1 })
  expect(await both()).toMatchObject([{ reason: 'expired' }, { keyId: apiKey.id }])
  await accounts.rotateApiKey(apiKey.id, { previousSecretExpiresAt: clock.now() })
  expect(await both()).toMatchObject([{ reason: 'unknown' }, { reason: 'expired' }])
})

it('keeps the old secret for 24 hours by default, and for 90 days at most', async () => {
  const { apiKey } = await accounts.createApiKey({ tenantId: 'acme', name: 'n' }, everything)
  const rotated = await accounts.rotateApiKey(apiKey.id)
  expect(rotated.apiKey.previousSecretExpiresAt).toEqual(clock.now().add({ hours: 24 }))
  await expect(accounts.rotateApiKey(apiKey.id, { previousSecretExpiresAt: clock.now().add({ hours: 24 * 90 + 1 }) })).rejects.toThrow(
    'previousSecretExpiresAt: must be at most 90 days from now',
  )
})

it('identifies each of many concurrent requests by its own key', async () => {
  const keys = await Promise.all(Array.from({ length: 5 }, (_, i) => accounts.createApiKey({ tenantId: 'acme', name: `n${i}` }, everything)))
  const requests = Array.from({ length: 50 }, (_, i) => keys[i % keys.length])
  const viewers = await Promise.all(requests.map(key => authenticator.authenticate(`Bearer ${key?.secret}`)))
  expect(viewers.map(viewer => 'keyId' in viewer && viewer.keyId)).toEqual(requests.map(key => key?.apiKey.id))
})

describe('an address that tries many unknown keys', () => {
  const guess = (guessed: Authenticator, address: string) => guessed.authenticate(`Bearer tg_${'a'.repeat(8)}_${'b'.repeat(40)}`, address)
  const started = () => createAuthenticator({ accounts, clock, keyScopes, operatorKey: OPERATOR_KEY })
  const exhaust = async (guessed: Authenticator) => {
    for (let i = 0; i < 20; i++) expect(await guess(guessed, '192.0.2.1')).toMatchObject({ reason: 'unknown' })
  }

  it('has to wait, and other addresses do not', async () => {
    const guessed = started()
    await exhaust(guessed)
    await expect(guess(guessed, '192.0.2.1')).rejects.toMatchObject({ code: 'TOO_MANY_REQUESTS', retryAfterMs: 3_000 })
    expect(await guess(guessed, '192.0.2.2')).toMatchObject({ reason: 'unknown' })
    clock.advance({ seconds: 3 })
    expect(await guess(guessed, '192.0.2.1')).toMatchObject({ reason: 'unknown' })
  })

  it('has to wait after attempts at the same time, each of which counts', async () => {
    const guessed = started()
    const guesses = await Promise.all(Array.from({ length: 20 }, () => guess(guessed, '192.0.2.1')))
    for (const failure of guesses) expect(failure).toMatchObject({ reason: 'unknown' })
    await expect(guess(guessed, '192.0.2.1')).rejects.toMatchObject({ code: 'TOO_MANY_REQUESTS' })
  })

  it('can go on using a key that was valid before, and cannot find out whether another key is valid', async () => {
    const guessed = started()
    const [known, other] = await Promise.all(['known', 'other'].map(name => accounts.createApiKey({ tenantId: 'acme', name }, everything)))
    await guessed.authenticate(`Bearer ${known?.secret}`, '192.0.2.9')
    await exhaust(guessed)
    expect(await guessed.authenticate(`Bearer ${known?.secret}`, '192.0.2.1')).toMatchObject({ keyId: known?.apiKey.id })
    for (const secret of [other?.secret, OPERATOR_KEY]) {
      await expect(guessed.authenticate(`Bearer ${secret}`, '192.0.2.1')).rejects.toMatchObject({ code: 'TOO_MANY_REQUESTS' })
    }
  })

  it('can go on using the operator key of the configuration where it has used it before', async () => {
    const guessed = started()
    await guessed.authenticate(`Bearer ${OPERATOR_KEY}`, '192.0.2.1')
    await exhaust(guessed)
    expect(await guessed.authenticate(`Bearer ${OPERATOR_KEY}`, '192.0.2.1')).toMatchObject({ kind: 'operator' })
  })
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
