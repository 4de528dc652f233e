import { createHmac, generateKeyPairSync, sign } from 'node:crypto'
import { randomIds, settableClock } from '@tollgate/kernel'
import { beforeEach, describe, expect, it } from 'vitest'
import type { AccessTokens } from './access-tokens.ts'
import type { AccountStore } from './account-store.ts'
import { createAccessTokens } from './create-access-tokens.ts'
import { createAccounts } from './create-accounts.ts'
import { memoryAccountStore } from './memory/account-store.ts'
import type { TenantViewer } from './model/viewer.ts'

const SCOPES = new Set(['usage:read', 'quotas:read', 'usage:write'])
const tokenScopes = { tenant: ['usage:read', 'quotas:read'], customer: ['usage:read'] }
let clock = settableClock('2026-11-20T09:00:00Z')
let store: AccountStore
let tokens: AccessTokens
let creator: TenantViewer

const accountsOf = () => createAccounts({ store, clock, ids: randomIds(), keyScopes: { tenant: [...SCOPES], operatorOnly: [] } })

beforeEach(async () => {
  clock = settableClock('2026-11-20T09:00:00Z')
  store = memoryAccountStore()
  tokens = createAccessTokens({ store, clock, tokenScopes, operatorKey: 'the operator key' })
  const accounts = accountsOf()
  await accounts.createTenant({ id: 'acme', name: 'Acme' })
  const { apiKey } = await accounts.createApiKey({ tenantId: 'acme', name: 'backend' }, SCOPES)
  await accounts.stop()
  creator = { kind: 'tenant', tenantId: 'acme', keyId: apiKey.id, scopes: SCOPES }
})

const create = async (draft: Partial<Parameters<AccessTokens['create']>[0]> = {}) => tokens.create({ tenantId: 'acme', ...draft }, creator)
const parts = (token: string) => token.split('.') as [string, string, string]
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

it('stands for a tenant or a customer, with scopes that such a token can have', async () => {
  const expiresAt = clock.now().add({ seconds: 900 })
  expect((await create()).expiresAt).toEqual(expiresAt)
  expect(await tokens.verify((await create()).token)).toEqual({
    kind: 'tenant',
    tenantId: 'acme',
    keyId: creator.keyId,
    scopes: new Set(['usage:read', 'quotas:read']),
    accessToken: { customerId: null, expiresAt },
  })
  const { token } = await create({ customerId: 'ग्राहक', ttlSeconds: 10 })
  expect(await tokens.verify(token)).toMatchObject({ scopes: new Set(['usage:read']), accessToken: { customerId: 'ग्राहक' } })
})

it('expires at its time by the clock, and not later than the key that made it', async () => {
  const { token } = await create({ ttlSeconds: 60 })
  clock.advance({ seconds: 59 })
  expect(await tokens.verify(token)).toMatchObject({ kind: 'tenant' })
  clock.advance({ seconds: 1 })
  expect(await tokens.verify(token)).toBe('token-expired')
  const { apiKey } = await accountsOf().createApiKey({ tenantId: 'acme', name: 'short', expiresAt: clock.now().add({ seconds: 30 }) }, SCOPES)
  creator = { ...creator, keyId: apiKey.id }
  expect((await create()).expiresAt).toEqual(apiKey.expiresAt)
})

it('is refused as soon as the key that made it is revoked', async () => {
  const { token } = await create()
  await accountsOf().revokeApiKey(creator.keyId ?? '')
  expect(await tokens.verify(token)).toBe('token-revoked')
})

it('of the configured operator key is valid only where that key is configured', async () => {
  const { token } = await tokens.create({ tenantId: 'acme' }, { kind: 'operator', keyId: null, scopes: SCOPES })
  expect(await tokens.verify(token)).toMatchObject({ kind: 'tenant', tenantId: 'acme', keyId: null })
  for (const operatorKey of ['another key', undefined]) {
    expect(await createAccessTokens({ store, clock, tokenScopes, operatorKey }).verify(token)).toBe('token-unknown')
  }
})

describe('a forged token is refused:', () => {
  it.each([0, 1, 2, 3, 4])('with claim %i changed', async claim => {
    const [head, payload, signature] = parts((await create({ customerId: 'a' })).token)
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as unknown[]
    const changed = claims.with(claim, ['globex', null, ['usage:read', 'quotas:read'], (claims[3] as number) + 1, null][claim])
    expect(await tokens.verify(`${head}.${encode(changed)}.${signature}`)).toBe('token-unknown')
  })
  it('signed by another installation', async () => {
    const other = memoryAccountStore()
    const elsewhere = createAccessTokens({ store: other, clock, tokenScopes })
    const { token } = await elsewhere.create({ tenantId: 'acme' }, creator)
    expect(await tokens.verify(token)).toBe('token-unknown')
    // With the id of this installation's key, too.
    const [head] = parts((await create()).token)
    expect(await tokens.verify([head, ...parts(token).slice(1)].join('.'))).toBe('token-unknown')
  })
  it('signed with another algorithm, or with none', async () => {
    const [head, payload] = parts((await create()).token)
    const signed = `tollgate access token\n${head.slice(4)}\n${payload}\n`
    const publicKey = (await store.signingKeys.newest())?.publicKey ?? ''
    const hmac = createHmac('sha512', Buffer.from(publicKey, 'base64')).update(signed).digest()
    const rsa = sign('sha256', Buffer.from(signed), generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey)
    for (const signature of [hmac, rsa.subarray(0, 64), rsa, Buffer.alloc(64), Buffer.alloc(0)]) {
      expect(await tokens.verify(`${head}.${payload}.${signature.toString('base64url')}`)).toBe('token-unknown')
    }
    expect(await tokens.verify(`${encode({ alg: 'none' })}.${payload}.`)).toBe('token-unknown')
  })
  it.each(['tga_', 'tga_..', `tga_${'0'.repeat(16)}.e30.${'A'.repeat(86)}`, `tga_${'0'.repeat(16)}.${encode([1, 2, 3, 4, 5])}.${'A'.repeat(86)}`])(
    '%s',
    async token => {
      expect(await tokens.verify(token)).toBe('token-unknown')
    },
  )
})

describe('signing keys', () => {
  it('are replaced when they are 30 days old, and by command; tokens that exist stay valid', async () => {
    const idNow = async () => (await store.signingKeys.newest())?.id
    await create()
    const first = await idNow()
    clock.advance({ hours: 24 * 30 - 1 })
    const { token } = await create({ ttlSeconds: 3_600 })
    expect(await idNow()).toBe(first)
    clock.advance({ minutes: 59, seconds: 59 })
    await tokens.rotateSigningKey()
    clock.advance({ milliseconds: 1 })
    await tokens.rotateSigningKey()
    expect(await idNow()).not.toBe(first)
    expect(await tokens.verify(token)).toMatchObject({ kind: 'tenant' })
    clock.advance({ hours: 24 * 30 })
    const second = await idNow()
    await create()
    expect(await idNow()).not.toBe(second)
  })
  it('can be replaced so that all tokens end at once', async () => {
    const { token } = await create()
    clock.advance({ milliseconds: 1 })
    await tokens.rotateSigningKey({ revokeTokens: true })
    expect(await tokens.verify(token)).toBe('token-unknown')
    expect(await tokens.verify((await create()).token)).toMatchObject({ kind: 'tenant' })
  })
})

it('cannot be created by a token, for another tenant, or with scopes that the creator lacks', async () => {
  const viewer = (await tokens.verify((await create()).token)) as TenantViewer
  await expect(tokens.create({ tenantId: 'acme' }, viewer)).rejects.toThrow('An access token cannot create another one')
  await expect(create({ tenantId: 'globex' })).rejects.toThrow('Your API key cannot create tokens of another tenant.')
  creator = { ...creator, scopes: new Set(['usage:read']) }
  await expect(create({ scopes: ['quotas:read'] })).rejects.toThrow('Your key does not have "quotas:read"')
})

it.each([
  [{ ttlSeconds: 9 }, 'ttlSeconds: must be a whole number from 10 to 3600'],
  [{ ttlSeconds: 3_601 }, 'ttlSeconds: must be'],
  [{ scopes: [] }, 'scopes: must name at least one of'],
  [{ scopes: ['usage:write'] }, 'scopes[0]: "usage:write" is not a scope of such a token'],
  [{ customerId: 'a', scopes: ['quotas:read'] }, 'scopes[0]: "quotas:read" is not a scope'],
  [{ customerId: '' }, 'customerId'],
])('rejects %j', async (draft, message) => {
  await expect(create(draft)).rejects.toThrow(message)
})
