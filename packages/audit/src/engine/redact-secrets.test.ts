import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { REDACTED, redactSecrets, redactText } from './redact-secrets.ts'

describe('redaction', () => {
  it.each([
    `tg_abcdefgh_${'a1B2'.repeat(10)}`,
    `tg_abcdefgh_${'a1B2'.repeat(10)}Check6`,
    `tg_operator_${'a-_B'.repeat(8)}`,
    `tga_0123456789abcdef.${'e'.repeat(40)}.${'s'.repeat(86)}`,
    `tgs_0123456789abcdef.${'e'.repeat(40)}.${'s'.repeat(86)}`,
    `tgc_${'c'.repeat(43)}`,
  ])('replaces keys, tokens and sign-in codes, wherever they are: %s', secret => {
    expect(redactText(`pasted ${secret}.`)).toBe(`pasted ${REDACTED}.`)
  })

  it.each([
    'password',
    'userPassword',
    'passphrase',
    'client_secret',
    'webhookSecret',
    'apiKey',
    'API-Key',
    'x-api-key',
    'privateKey',
    'Authorization',
    'Set-Cookie',
    'credentials',
    'accessKey',
    'pin',
  ])('replaces the value of "%s", whatever its type', name => {
    expect(redactSecrets({ [name]: 'abc', more: { [name]: { deep: 1 } }, list: [{ [name]: 12 }] })).toEqual({
      [name]: REDACTED,
      more: { [name]: REDACTED },
      list: [{ [name]: REDACTED }],
    })
  })

  it('keeps counts of tokens, and replaces texts that are tokens', () => {
    expect(redactSecrets({ tokens: 500, maxTokens: 10, tokenUsage: { input: 1 }, accessToken: 'abc', refresh_tokens: ['a', 2] })).toEqual({
      tokens: 500,
      maxTokens: 10,
      tokenUsage: { input: 1 },
      accessToken: REDACTED,
      refresh_tokens: [REDACTED, 2],
    })
  })

  it('keeps fields that only sound like secrets', () => {
    const harmless = { passed: true, metric: 'tokens', keyId: 'key_1', prefix: 'tg_abcdefgh', spinner: 'on', opinion: 'good' }
    expect(redactSecrets(harmless)).toEqual(harmless)
  })

  it.each([
    `key tg_abcdefgh_${'a1B2'.repeat(10)} used`,
    `whsec_${'a'.repeat(32)}`,
    'sk-proj-abcdefghijklmnop1234',
    `ghp_${'a'.repeat(36)}`,
    'AKIAIOSFODNN7EXAMPLE',
    'Authorization: Bearer abcdefghijkl',
    'postgres://user:hunter22@db.internal/tollgate',
    `eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.${'x'.repeat(43)}`,
    '-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIA\n-----END PRIVATE KEY-----',
  ])('replaces secrets in the text "%s"', text => {
    const redacted = redactText(text)
    expect(redacted).toContain(REDACTED)
    expect(redacted).not.toMatch(/a1B2|aaaaaaaa|proj-abc|IOSFODNN|abcdefghijkl|hunter22|eyJzdWI|MC4CAQ/)
  })

  it('never changes its result when it is applied again', () => {
    const names = fc.constantFrom('password', 'tokens', 'name', 'nested')
    fc.assert(
      fc.property(fc.object({ key: names }), value => {
        expect(redactSecrets(redactSecrets(value))).toEqual(redactSecrets(value))
      }),
    )
  })
})
