import { sign } from 'node:crypto'
import { randomIds, settableClock } from '@tollgate/kernel'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Accounts } from './accounts.ts'
import type { AccountStore } from './account-store.ts'
import type { Authenticator } from './authenticator.ts'
import { createAccessTokens } from './create-access-tokens.ts'
import { createAccounts } from './create-accounts.ts'
import { createAuthenticator } from './create-authenticator.ts'
import { createSessions } from './create-sessions.ts'
import { memoryAccountStore } from './memory/account-store.ts'
import { NotAuthenticated } from './model/not-authenticated.ts'
import type { Viewer } from './model/viewer.ts'
import type { Sessions } from './sessions.ts'

const OPERATOR_KEY = 'the-operator-key-of-the-configuration'
const keyScopes = { tenant: ['usage:read', 'usage:write'], operatorOnly: ['keys:write'] }
const EVERYTHING = new Set([...keyScopes.tenant, ...keyScopes.operatorOnly])
let clock = settableClock('2026-11-20T09:00:00Z')
let store: AccountStore
let accounts: Accounts
let sessions: Sessions
let authenticator: Authenticator

beforeEach(async () => {
  clock = settableClock('2026-11-20T09:00:00Z')
  store = memoryAccountStore()
  accounts = createAccounts({ store, clock, ids: randomIds(), keyScopes })
  sessions = createSessions({ store, clock, keyScopes, operatorKey: OPERATOR_KEY })
  authenticator = createAuthenticator({ accounts, sessions, clock, keyScopes, operatorKey: OPERATOR_KEY })
  await accounts.createTenant({ id: 'acme', name: 'Acme' })
  return () => accounts.stop()
})

const keyOf = (draft: Partial<Parameters<Accounts['createApiKey']>[0]> = {}) => accounts.createApiKey({ tenantId: 'acme', name: 'n', ...draft }, EVERYTHING)
const viewerOf = async (secret: string): Promise<Viewer> => {
  const viewer = await authenticator.authenticate(`Bearer ${secret}`)
  if (viewer instanceof NotAuthenticated) throw viewer
  return viewer
}
const begin = async (secret: string) => sessions.create(await viewerOf(secret))
const reasonFor = async (token: string) => (await authenticator.authenticate(`Bearer ${token}`)) as NotAuthenticated

it('stands for a key of a tenant, of an operator, and of the configuration, with the scopes of the key', async () => {
  const ofTenant = await keyOf({ scopes: ['usage:read'] })
  const ofOperator = await keyOf({ tenantId: null, scopes: ['usage:read', 'keys:write'] })
  for (const secret of [ofTenant.secret, ofOperator.secret, OPERATOR_KEY]) {
    const { token, expiresAt, endsAt } = await begin(secret)
    expect([expiresAt, endsAt]).toEqual([clock.now().add({ hours: 1 }), clock.now().add({ hours: 12 })])
    expect(await viewerOf(token)).toEqual({ ...(await viewerOf(secret)), session: { expiresAt, endsAt } })
  }
})

it('expires after an hour, and can be renewed until it is 12 hours old', async () => {
  let { token, endsAt } = await begin((await keyOf()).secret)
  const ends = endsAt
  for (let hour = 0; hour < 12; hour++) {
    clock.advance({ minutes: 59, seconds: 59 })
    expect(await viewerOf(token)).toMatchObject({ kind: 'tenant' })
    if (hour < 11) ({ token, endsAt } = await begin(token))
    expect(endsAt).toEqual(ends)
  }
  const renewed = await begin(token)
  expect(renewed.expiresAt).toEqual(ends)
  clock.set(ends)
  for (const one of [token, renewed.token]) expect(await reasonFor(one)).toMatchObject({ reason: 'session-expired' })
})

describe('ends', () => {
  it('when its key is revoked', async () => {
    const { apiKey, secret } = await keyOf()
    const { token } = await begin(secret)
    await accounts.revokeApiKey(apiKey.id)
    expect(await reasonFor(token)).toMatchObject({ reason: 'session-revoked' })
  })

  it('when its key expires, and no renewal outlives it', async () => {
    const expiresAt = clock.now().add({ minutes: 90 })
    const first = await begin((await keyOf({ expiresAt })).secret)
    expect(first.endsAt).toEqual(expiresAt)
    clock.advance({ minutes: 59 })
    const second = await begin(first.token)
    expect(second.expiresAt).toEqual(expiresAt)
    clock.set(expiresAt)
    expect(await reasonFor(second.token)).toMatchObject({ reason: 'session-expired' })
  })

  it('when the secret of its key is rotated; one begun with the old secret ends with that secret', async () => {
    const { apiKey, secret } = await keyOf()
    const { token } = await begin(secret)
    const previousSecretExpiresAt = clock.now().add({ minutes: 10 })
    const rotated = await accounts.rotateApiKey(apiKey.id, { previousSecretExpiresAt })
    expect(await reasonFor(token)).toMatchObject({ reason: 'session-revoked' })
    expect((await begin(secret)).endsAt).toEqual(previousSecretExpiresAt)
    expect((await begin(rotated.secret)).endsAt).toEqual(clock.now().add({ hours: 12 }))
  })

  it('when the signing keys are replaced with all that they signed', async () => {
    const { token } = await begin(OPERATOR_KEY)
    clock.advance({ milliseconds: 1 })
    await createAccessTokens({ store, clock, tokenScopes: { tenant: [], customer: [] } }).rotateSigningKey({ revokeTokens: true })
    expect(await reasonFor(token)).toMatchObject({ reason: 'session-unknown' })
  })
})

it('of the configured operator key is valid only where that key is configured', async () => {
  const { token } = await begin(OPERATOR_KEY)
  for (const operatorKey of ['another key', undefined]) {
    expect(await createSessions({ store, clock, keyScopes, operatorKey }).verify(token)).toBe('session-unknown')
  }
})

it('cannot be begun with an access token, and neither of them stands for the other', async () => {
  const tokens = createAccessTokens({ store, clock, tokenScopes: { tenant: ['usage:read'], customer: [] }, operatorKey: OPERATOR_KEY })
  const creator = await viewerOf((await keyOf()).secret)
  const access = await tokens.create({ tenantId: 'acme' }, creator)
  const viewer = await tokens.verify(access.token)
  await expect(sessions.create(viewer as Viewer)).rejects.toMatchObject({ code: 'FORBIDDEN' })
  const session = await sessions.create(creator)
  expect(await tokens.verify(session.token.replace('tgs_', 'tga_'))).toBe('token-unknown')
  expect(await sessions.verify(access.token.replace('tga_', 'tgs_'))).toBe('session-unknown')
  // The claims of a session, signed as an access token by the same key.
  const [head = '', payload = ''] = session.token.split('.')
  const { privateKey = '' } = (await store.signingKeys.newest()) ?? {}
  const key = { key: Buffer.from(privateKey, 'base64'), format: 'der', type: 'pkcs8' } as const
  const signedAs = (title: string) => `${head}.${payload}.${sign(null, Buffer.from(`${title}\n${head.slice(4)}\n${payload}\n`), key).toString('base64url')}`
  expect(await sessions.verify(signedAs('tollgate access token'))).toBe('session-unknown')
  expect(await sessions.verify(signedAs('tollgate session'))).toMatchObject({ kind: 'tenant' })
})

it.each([0, 1, 2, 3])('is refused with claim %i changed', async claim => {
  const [{ apiKey }, { secret }] = [await keyOf(), await keyOf()]
  const [head, payload = '', signature] = (await begin(secret)).token.split('.')
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as unknown[]
  const changed = claims.with(claim, [apiKey.id, apiKey.prefix, (claims[2] as number) + 1, (claims[3] as number) + 1][claim])
  const forged = `${head}.${Buffer.from(JSON.stringify(changed)).toString('base64url')}.${signature}`
  expect(await sessions.verify(forged)).toBe('session-unknown')
})

it('counts as an unknown key against its address if it is forged, and goes on working there if it was valid', async () => {
  const { token } = await begin((await keyOf()).secret)
  await authenticator.authenticate(`Bearer ${token}`, '192.0.2.1')
  for (let i = 0; i < 20; i++) await authenticator.authenticate('Bearer tgs_forged', '192.0.2.1')
  await expect(authenticator.authenticate('Bearer tgs_forged', '192.0.2.1')).rejects.toMatchObject({ code: 'TOO_MANY_REQUESTS' })
  expect(await authenticator.authenticate(`Bearer ${token}`, '192.0.2.1')).toMatchObject({ kind: 'tenant' })
})
