import { expect, it } from 'vitest'
import { generateApiKeySecret, looksLikeApiKey } from './api-key-secret.ts'

it('ends a key with the CRC-32 of the rest, in base 62', () => {
  // Computed with Python's zlib.crc32.
  expect(looksLikeApiKey(`tg_${'a'.repeat(8)}_${'b'.repeat(40)}0UlVVO`)).toBe(true)
})

it('recognises the keys that it generates, and no key with a changed character', () => {
  for (let i = 0; i < 100; i++) {
    const { secret, prefix } = generateApiKeySecret()
    expect([looksLikeApiKey(secret), secret.startsWith(`${prefix}_`)]).toEqual([true, true])
    const position = i % secret.length
    const changed = secret[position] === 'x' ? 'y' : 'x'
    expect(looksLikeApiKey(secret.slice(0, position) + changed + secret.slice(position + 1))).toBe(false)
  }
})

it('recognises keys that were created before keys had a checksum', () => {
  expect(looksLikeApiKey(`tg_${'a'.repeat(8)}_${'b'.repeat(40)}`)).toBe(true)
})

it.each(['', 'tg_', `tg_${'a'.repeat(8)}_${'b'.repeat(41)}`, `${'a'.repeat(11)}_${'b'.repeat(46)}`])('rejects %j', text => {
  expect(looksLikeApiKey(text)).toBe(false)
})
