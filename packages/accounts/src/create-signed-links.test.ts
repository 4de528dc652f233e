import { settableClock } from '@tollgate/kernel'
import { expect, it } from 'vitest'
import { createAccessTokens } from './create-access-tokens.ts'
import { createSignedLinks } from './create-signed-links.ts'
import { memoryAccountStore } from './memory/account-store.ts'

const LINK = { tenantId: 'acme', resource: 'invoice 1.pdf' }

function setUp() {
  const clock = settableClock('2026-11-20T09:00:00Z')
  const store = memoryAccountStore()
  const links = createSignedLinks({ store: store.signingKeys, clock })
  const tokens = createAccessTokens({ store, clock, tokenScopes: { tenant: ['usage:read'], customer: [] }, operatorKey: 'the operator key' })
  const sign = async (ttlSeconds = 60) => (await links.sign([LINK], { ttlSeconds })).texts[0] ?? ''
  return { clock, store, links, tokens, sign }
}

it('shows what it was signed for until it expires', async () => {
  const { clock, links, sign } = setUp()
  const link = await sign()
  clock.advance({ seconds: 59 })
  expect(await links.verify(link)).toEqual(LINK)
  clock.advance({ seconds: 1 })
  expect(await links.verify(link)).toBe('link-expired')
})

it('is not valid with any character changed, or with the payload of another link', async () => {
  const { links, sign } = setUp()
  const link = await sign()
  const [key = '', payload = '', signature = ''] = link.split('.')
  const other = Buffer.from(JSON.stringify(['globex', LINK.resource, 2_000_000_000])).toString('base64url')
  for (const changed of [
    `${key}.${other}.${signature}`,
    `${key}.${payload}.${signature.replace(/./, first => (first === 'A' ? 'B' : 'A'))}`,
    `tgl_${'0'.repeat(16)}.${payload}.${signature}`,
    link.slice(1),
    '',
  ]) {
    expect(await links.verify(changed)).toBe('link-unknown')
  }
})

it('is no access token, and an access token is no link', async () => {
  const { links, tokens, sign } = setUp()
  const { token } = await tokens.create({ tenantId: 'acme' }, { kind: 'tenant', tenantId: 'acme', keyId: null, scopes: new Set(['usage:read']) })
  expect(await links.verify(token.replace('tga_', 'tgl_'))).toBe('link-unknown')
  expect(await tokens.verify((await sign()).replace('tgl_', 'tga_'))).toBe('token-unknown')
})

it('ends when signing keys are revoked, and lasts no longer than an hour', async () => {
  const { links, tokens, sign } = setUp()
  const link = await sign()
  await tokens.rotateSigningKey()
  expect(await links.verify(link)).toEqual(LINK)
  await tokens.rotateSigningKey({ revokeTokens: true })
  expect(await links.verify(link)).toBe('link-unknown')
  await expect(sign(3601)).rejects.toThrow(/1 to 3600/)
})
