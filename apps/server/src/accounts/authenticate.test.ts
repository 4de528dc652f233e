import { createTestDatabase, type TestDatabase } from '@tollgate/postgres/testing'
import { randomIds, settableClock } from '@tollgate/kernel'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Accounts } from './accounts.ts'
import { type Authenticate, createAuthenticate } from './authenticate.ts'
import { createAccounts } from './create-accounts.ts'
import { KEY_SCOPES } from './key-scope.ts'
import { postgresAccountStore } from './postgres/account-store.ts'
import { accountsEntities } from './postgres/entities.ts'

const OPERATOR_KEY = 'an operator key of the configuration'.replaceAll(' ', '-')
const clock = settableClock('2026-11-20T09:00:00Z')
const everything = new Set(KEY_SCOPES)
let test: TestDatabase
let accounts: Accounts
let authenticate: Authenticate

beforeAll(async () => {
  test = await createTestDatabase({ entities: accountsEntities })
  accounts = createAccounts({ store: postgresAccountStore(test), clock, ids: randomIds() })
  authenticate = createAuthenticate({ accounts, clock, operatorKey: OPERATOR_KEY })
  await accounts.createTenant({ id: 'acme', name: 'Acme' })
})
afterAll(async () => {
  await accounts.stop()
  await test.drop()
})

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
])('refuses %j: %s', async (header, reason) => {
  expect(await authenticate(header)).toMatchObject({ code: 'UNAUTHENTICATED', reason })
})

it('takes the configured key as an operator with every scope', async () => {
  expect(await authenticate(`Bearer ${OPERATOR_KEY}`)).toEqual({ kind: 'operator', keyId: null, scopes: everything })
  expect(await authenticate(`bearer   ${OPERATOR_KEY} `)).toMatchObject({ kind: 'operator' })
})

it('knows a tenant and an operator by their keys, with the scopes of the key', async () => {
  const tenants = await accounts.createApiKey({ tenantId: 'acme', name: 'n', scopes: ['usage:read'] }, everything)
  expect(await authenticate(`Bearer ${tenants.secret}`)).toEqual({
    kind: 'tenant',
    tenantId: 'acme',
    keyId: tenants.apiKey.id,
    scopes: new Set(['usage:read']),
  })
  const operators = await accounts.createApiKey({ name: 'n' }, everything)
  expect(await authenticate(`Bearer ${operators.secret}`)).toEqual({ kind: 'operator', keyId: operators.apiKey.id, scopes: everything })
})

it('refuses a key at the instant it expires, not before', async () => {
  const { secret } = await accounts.createApiKey({ tenantId: 'acme', name: 'n', expiresAt: clock.now().add({ hours: 1 }) }, everything)
  clock.advance({ minutes: 59 })
  expect(await authenticate(`Bearer ${secret}`)).toMatchObject({ kind: 'tenant' })
  clock.advance({ minutes: 1 })
  expect(await authenticate(`Bearer ${secret}`)).toMatchObject({ reason: 'expired' })
})

it('refuses a key from the request after its revocation on, also where another server revoked it', async () => {
  const { apiKey, secret } = await accounts.createApiKey({ tenantId: 'acme', name: 'n' }, everything)
  expect(await authenticate(`Bearer ${secret}`)).toMatchObject({ kind: 'tenant' })
  const elsewhere = createAccounts({ store: postgresAccountStore(test), clock, ids: randomIds() })
  await elsewhere.revokeApiKey(apiKey.id)
  await elsewhere.stop()
  expect(await authenticate(`Bearer ${secret}`)).toMatchObject({ reason: 'revoked' })
})

it('answers each of many at once for its own key', async () => {
  const keys = await Promise.all(Array.from({ length: 5 }, (_, i) => accounts.createApiKey({ tenantId: 'acme', name: `n${i}` }, everything)))
  const asked = Array.from({ length: 50 }, (_, i) => keys[i % keys.length])
  const viewers = await Promise.all(asked.map(key => authenticate(`Bearer ${key?.secret}`)))
  expect(viewers.map(viewer => 'keyId' in viewer && viewer.keyId)).toEqual(asked.map(key => key?.apiKey.id))
})

describe('while the database does not answer', () => {
  const withKey = async (key: Partial<Parameters<Accounts['createApiKey']>[0]> = {}) => {
    const { apiKey, secret } = await accounts.createApiKey({ tenantId: 'acme', name: 'n', ...key }, everything)
    return { apiKey, header: `Bearer ${secret}` }
  }

  it('knows a key that it read before, and lets it ask quotas and nothing else', async () => {
    const { apiKey, header } = await withKey()
    expect(authenticate.withoutDatabase(header)).toBeUndefined()
    await authenticate(header)
    expect(authenticate.withoutDatabase(header)).toEqual({ kind: 'tenant', tenantId: 'acme', keyId: apiKey.id, scopes: new Set(['quotas:use']) })
    const { header: reader } = await withKey({ scopes: ['usage:read'] })
    await authenticate(reader)
    expect(authenticate.withoutDatabase(reader)).toMatchObject({ scopes: new Set() })
    expect(authenticate.withoutDatabase(`Bearer ${OPERATOR_KEY}`)).toMatchObject({ kind: 'operator', scopes: new Set(['quotas:use']) })
  })

  it('does not know a key that was revoked or has expired, that it read a day ago, or that is none', async () => {
    const revoked = await withKey()
    await authenticate(revoked.header)
    await accounts.revokeApiKey(revoked.apiKey.id)
    await authenticate(revoked.header)
    expect(authenticate.withoutDatabase(revoked.header)).toBeUndefined()
    const old = await withKey()
    const expiring = await withKey({ expiresAt: clock.now().add({ hours: 1 }) })
    await Promise.all([old, expiring].map(({ header }) => authenticate(header)))
    clock.advance({ hours: 1 })
    expect([authenticate.withoutDatabase(old.header), authenticate.withoutDatabase(expiring.header)]).toEqual([expect.anything(), undefined])
    clock.advance({ hours: 23, seconds: 1 })
    expect(authenticate.withoutDatabase(old.header)).toBeUndefined()
    for (const header of [null, 'Bearer nonsense', 'Basic x']) expect(authenticate.withoutDatabase(header)).toBeUndefined()
  })
})
