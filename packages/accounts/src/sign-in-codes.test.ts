import { randomIds, settableClock } from '@tollgate/kernel'
import { beforeEach, expect, it } from 'vitest'
import type { Authenticator } from './authenticator.ts'
import { createAccounts } from './create-accounts.ts'
import { createAuthenticator } from './create-authenticator.ts'
import { memoryAccountStore } from './memory/account-store.ts'
import { createSignInCodes, type SignInCodes } from './sign-in-codes.ts'

const keyScopes = { tenant: ['usage:read'], operatorOnly: ['keys:write'] }
let clock = settableClock('2026-11-20T09:00:00Z')
let codes: SignInCodes
let authenticator: Authenticator

beforeEach(() => {
  clock = settableClock('2026-11-20T09:00:00Z')
  codes = createSignInCodes(clock)
  const accounts = createAccounts({ store: memoryAccountStore(), clock, ids: randomIds(), keyScopes })
  authenticator = createAuthenticator({ accounts, signInCodes: codes, clock, keyScopes })
})

const send = (code: string, address?: string) => authenticator.authenticate(`Bearer ${code}`, address)

it('identifies one request as the operator with every scope, and no other', async () => {
  const { code } = codes.create()
  expect(code).toMatch(/^tgc_[\w-]{43}$/)
  const answers = await Promise.all([send(code), send(code)])
  expect(answers).toMatchObject([{ kind: 'operator', keyId: null, scopes: new Set(['usage:read', 'keys:write']) }, { reason: 'sign-in-code-used' }])
  expect(await send(code)).toMatchObject({
    message: 'The sign-in link was already used. Get a new one with "tollgate sign-in-link", or sign in with an API key.',
  })
})

it('is refused 24 hours after it was made, and by every other process', async () => {
  const { code } = codes.create()
  expect(createSignInCodes(clock).use(code)).toBe('sign-in-code-unknown')
  clock.advance({ hours: 24 })
  expect(await send(code)).toMatchObject({ reason: 'sign-in-code-expired' })
})

it('counts against its address if it was used or is unknown, and a valid one is not used up while the address waits', async () => {
  const [used, valid] = [codes.create().code, codes.create().code]
  await send(used)
  for (let i = 0; i < 10; i++) await send(used, '192.0.2.1')
  for (let i = 0; i < 10; i++) await send('tgc_guessed', '192.0.2.1')
  await expect(send(valid, '192.0.2.1')).rejects.toMatchObject({ code: 'TOO_MANY_REQUESTS' })
  clock.advance({ seconds: 3 })
  expect(await send(valid, '192.0.2.1')).toMatchObject({ kind: 'operator' })
})

it('is forgotten when 100 newer codes were made', async () => {
  const [first, second] = [codes.create().code, codes.create().code]
  for (let i = 0; i < 99; i++) codes.create()
  expect([codes.use(first), codes.use(second)]).toEqual(['sign-in-code-unknown', undefined])
})
