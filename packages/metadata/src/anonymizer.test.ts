import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createAnonymizer } from './anonymizer.ts'
import { checkMetadata } from './check-metadata.ts'

const KEY = 'a secret key of at least 16 bytes.'

describe('createAnonymizer', () => {
  const { anonymize, pseudonym } = createAnonymizer({ key: KEY, fields: ['customerId', 'sessionId'], attributes: ['ip_address', 'age'] })

  it('replaces the chosen fields and attributes only', async () => {
    const given = { customerId: 'cust_0001', featureId: 'chat', attributes: { ip_address: '192.0.2.7', age: 42, browser: 'x' } }
    const anonymous = await anonymize(given)
    expect(anonymous).toEqual({
      customerId: await pseudonym('cust_0001'),
      featureId: 'chat',
      attributes: { ip_address: await pseudonym('192.0.2.7'), age: await pseudonym('42'), browser: 'x' },
    })
    expect(given.customerId).toBe('cust_0001')
    expect(JSON.stringify(anonymous)).not.toMatch(/cust_0001|192\.0\.2\.7|42"/)
  })

  it('ignores absent fields', async () => {
    expect(await anonymize({ featureId: 'chat' })).toStrictEqual({ featureId: 'chat' })
  })

  it('derives pseudonyms by HMAC-SHA-256, so that other programs can compute them', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme' }), async value => {
        const expected = createHmac('sha256', KEY).update(value).digest('hex').slice(0, 32)
        expect(await pseudonym(value)).toBe(`anon_${expected}`)
      }),
    )
  })

  it('returns valid metadata', async () => {
    const anonymous = await anonymize({ customerId: 'c'.repeat(256), attributes: { ip_address: '' } })
    expect(checkMetadata(anonymous).issues).toEqual([])
  })
})

it('the same key as bytes gives the same pseudonyms, another key gives others', async () => {
  const value = 'cust_0001'
  const [text, bytes, other] = await Promise.all([KEY, new TextEncoder().encode(KEY), `${KEY}!`].map(key => createAnonymizer({ key }).pseudonym(value)))
  expect(bytes).toBe(text)
  expect(other).not.toBe(text)
})

it.each(['', 'short', new Uint8Array(15)])('rejects a key that is too short: %j', key => {
  expect(() => createAnonymizer({ key, fields: ['customerId'] })).toThrow('key: must have at least 16 bytes')
})

it('copies the key, so overwriting it later has no effect', async () => {
  const key = new TextEncoder().encode(KEY)
  const { pseudonym } = createAnonymizer({ key })
  key.fill(0)
  expect(await pseudonym('x')).toBe(await createAnonymizer({ key: KEY }).pseudonym('x'))
})
