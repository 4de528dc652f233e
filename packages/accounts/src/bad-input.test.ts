import { InvalidInput, OPERATOR_SCOPE, randomIds, settableClock, Temporal } from '@tollgate/kernel'
import { expect, it } from 'vitest'
import { createAccessTokens } from './create-access-tokens.ts'
import { createAccounts } from './create-accounts.ts'
import { createAuthenticator } from './create-authenticator.ts'
import { createSessions } from './create-sessions.ts'
import { createSignedLinks } from './create-signed-links.ts'
import { memoryAccountStore } from './memory/index.ts'
import type { Viewer } from './model/viewer.ts'
import { createSignInCodes } from './sign-in-codes.ts'
import { createTestClocks } from './test-clocks.ts'

const clock = settableClock('2026-11-20T09:00:00Z')
const store = memoryAccountStore()
const keyScopes = { tenant: ['usage:read'], operatorOnly: [] }
const tokenScopes = { tenant: ['usage:read'], customer: [] }
const scopes = new Set(['usage:read'])
const viewer: Viewer = { kind: 'operator', keyId: null, scopes }
const clockStore = { all: async () => [], add: async () => true, remove: async () => {}, move: async () => undefined }

const OPTIONS = {
  accounts: { store, clock, ids: randomIds(), keyScopes },
  accessTokens: { store, clock, tokenScopes, operatorKey: 'the operator key' },
  sessions: { store, clock, keyScopes },
  links: { store: store.signingKeys, clock },
  testClocks: { store: clockStore, clock, hasTenant: async () => true, dataOf: async () => undefined, onChange: async () => {} },
}
const accounts = createAccounts(OPTIONS.accounts)
const accessTokens = createAccessTokens(OPTIONS.accessTokens)
const sessions = createSessions(OPTIONS.sessions)
const links = createSignedLinks(OPTIONS.links)
const testClocks = createTestClocks(OPTIONS.testClocks)
const authenticator = { accounts, clock, keyScopes }

/** What callers in JavaScript can pass, whatever the types say. */
type Call = (input: never) => unknown

const CALLS = {
  createTenant: [input => accounts.createTenant(input), { id: 'acme', name: 'Acme' }],
  updateTenant: [input => accounts.updateTenant(input), { id: 'acme' }],
  tenants: [input => accounts.tenants(OPERATOR_SCOPE, input), { first: 1 }],
  requireTenant: [({ id }: { id: never }) => accounts.requireTenant(id), { id: 'acme' }],
  createApiKey: [input => accounts.createApiKey(input, scopes), { name: 'backend' }],
  revokeApiKey: [({ id }: { id: never }) => accounts.revokeApiKey(id), { id: 'key' }],
  rotateApiKey: [input => accounts.rotateApiKey('key', input), {}],
  apiKeys: [input => accounts.apiKeys(input), { first: 1 }],
  createToken: [input => accessTokens.create(input, viewer), { tenantId: 'acme' }],
  rotateSigningKey: [input => accessTokens.rotateSigningKey(input), {}],
  verifyToken: [({ token }: { token: never }) => accessTokens.verify(token), { token: 'tgat' }],
  verifySession: [({ token }: { token: never }) => sessions.verify(token), { token: 'tgs' }],
  sign: [
    ({ ttlSeconds, ...link }: { ttlSeconds: never }) => links.sign([link as never], { ttlSeconds }),
    { tenantId: 'acme', resource: 'in_1', ttlSeconds: 60 },
  ],
  createTestClock: [input => testClocks.create(input), { tenantId: 'acme', now: clock.now() }],
  startTestClock: [input => testClocks.start(input), { tenantId: 'acme', to: clock.now() }],
  moveTestClock: [({ now }: { now: never }) => testClocks.move('acme', now), { now: clock.now() }],
  useCode: [({ code }: { code: never }) => createSignInCodes(clock).use(code), { code: 'tgc_' }],
  createAccounts: [createAccounts, OPTIONS.accounts],
  createAccessTokens: [createAccessTokens, OPTIONS.accessTokens],
  createSessions: [createSessions, OPTIONS.sessions],
  createSignedLinks: [createSignedLinks, OPTIONS.links],
  createTestClocks: [createTestClocks, OPTIONS.testClocks],
  createAuthenticator: [createAuthenticator, authenticator],
} as const satisfies Record<string, readonly [Call, object]>

type Operation = keyof typeof CALLS

const NOT_TEXT: readonly unknown[] = [undefined, null, 5, {}]
const NOT_TIME: readonly unknown[] = ['', '2026-11-20', 5, {}, new Date(Number.NaN)]
/** Functions that take single arguments, so that there are no fields to misspell. */
const TAKE_ARGUMENTS: ReadonlySet<Operation> = new Set(['requireTenant', 'revokeApiKey', 'verifyToken', 'verifySession', 'moveTestClock', 'useCode', 'sign'])

it.each<[Operation, field: string, values: readonly unknown[]]>([
  ...(Object.keys(CALLS) as Operation[])
    .filter(operation => !TAKE_ARGUMENTS.has(operation))
    .map((operation): [Operation, string, readonly unknown[]] => [operation, 'teir', ['pro', null]]),
  ...(['createTenant', 'updateTenant', 'requireTenant', 'revokeApiKey'] as const).map((one): [Operation, string, readonly unknown[]] => [one, 'id', NOT_TEXT]),
  ['createTenant', 'name', NOT_TEXT],
  ['createTenant', 'currency', [5, {}]],
  ['updateTenant', 'billingAnchorDay', ['31', {}]],
  ['updateTenant', 'metadataRules', ['hash', {}]],
  ['tenants', 'first', ['10', 0, 1.5, 1_001]],
  ['createApiKey', 'name', NOT_TEXT],
  ['createApiKey', 'scopes', ['usage:read', []]],
  ['createApiKey', 'expiresAt', [...NOT_TIME, '2026-11-20T09:00:00Z']],
  ['rotateApiKey', 'previousSecretExpiresAt', [...NOT_TIME, '2027-11-20T09:00:00Z']],
  ['apiKeys', 'includeRevoked', ['yes', 1]],
  ['apiKeys', 'first', ['10', 0, 1_001]],
  ['createToken', 'tenantId', NOT_TEXT],
  ['createToken', 'ttlSeconds', ['60', 1, 1.5]],
  ['rotateSigningKey', 'revokeTokens', ['no', 0]],
  ...(['verifyToken', 'verifySession'] as const).map((one): [Operation, string, readonly unknown[]] => [one, 'token', NOT_TEXT]),
  ['sign', 'ttlSeconds', [undefined, '60', 0, 1.5, 3_601]],
  ...(['createTestClock', 'moveTestClock'] as const).map((one): [Operation, string, readonly unknown[]] => [one, 'now', [undefined, null, ...NOT_TIME]]),
  ['startTestClock', 'to', [undefined, null, ...NOT_TIME]],
  ['useCode', 'code', NOT_TEXT],
  ...(['createAccounts', 'createAccessTokens', 'createSessions', 'createAuthenticator', 'createSignedLinks', 'createTestClocks'] as const).map(
    (one): [Operation, string, readonly unknown[]] => [one, 'clock', [undefined, null, 'system']],
  ),
  ...(['createAccounts', 'createSessions', 'createAuthenticator'] as const).map((one): [Operation, string, readonly unknown[]] => [
    one,
    'keyScopes',
    [undefined, 'all', []],
  ]),
  ['createAccounts', 'onKeyRevoked', ['print', {}]],
])('%s names the field %s if it is wrong', async (operation, field, values) => {
  const [call, input] = CALLS[operation] as readonly [Call, object]
  for (const value of values) expect(await issuesOf(() => call({ ...input, [field]: value } as never))).toContain(field)
})

it.each<[Operation, part: object, path: string]>([
  ['createTenant', { metadataRules: [{ field: 'customerId', acton: 'hash' }] }, 'metadataRules.0.acton'],
  ['updateTenant', { metadataRules: ['customerId'] }, 'metadataRules.0'],
  ['createApiKey', { scopes: ['usage:read', 5] }, 'scopes[1]'],
  ['createToken', { scopes: [null] }, 'scopes[0]'],
  ['sign', { resource: 5 }, 'links.0.resource'],
  ['createAccounts', { keyScopes: { tenant: [], operator: [] } }, 'keyScopes.operator'],
  ['createAccessTokens', { tokenScopes: { tenant: 'usage:read', customer: [] } }, 'tokenScopes.tenant'],
])('%s with %j names %s', async (operation, part, path) => {
  const [call, input] = CALLS[operation] as readonly [Call, object]
  expect(await issuesOf(() => call({ ...input, ...part } as never))).toContain(path)
})

it.each(['2026-11-21T09:00:00Z', new Date('2026-11-21T09:00:00Z'), Temporal.Instant.from('2026-11-21T09:00:00Z')])('takes the time %s', async time => {
  const { apiKey } = await accounts.createApiKey({ name: 'backend', expiresAt: time }, scopes)
  const rotated = await accounts.rotateApiKey(apiKey.id, { previousSecretExpiresAt: time })
  const { now } = await testClocks.create({ tenantId: 'acme', now: time })
  expect([apiKey.expiresAt, rotated.apiKey.previousSecretExpiresAt, now].map(String)).toEqual(Array.from({ length: 3 }, () => '2026-11-21T09:00:00Z'))
})

it('takes a header that a framework leaves undefined for one that is missing', async () => {
  const failure = await createAuthenticator(authenticator).authenticate(undefined as never)
  expect(failure).toMatchObject({ reason: 'missing' })
})

async function issuesOf(call: () => unknown): Promise<readonly string[]> {
  const error = await Promise.try(call).then(
    () => 'accepted',
    (reason: unknown) => reason,
  )
  return error instanceof InvalidInput ? error.issues.map(({ path }) => path) : [String(error)]
}
