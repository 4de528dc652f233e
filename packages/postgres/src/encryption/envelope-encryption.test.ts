import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createTestEncryption } from '../testing/test-encryption.ts'
import { decryptText, encryptText } from './encrypted-text.ts'
import { readEncryptionKeys } from './encryption-key.ts'
import { createEncryption, plainStorage } from './envelope-encryption.ts'

const newKey = () => readEncryptionKeys(randomBytes(32).toString('base64'))[0] ?? expect.unreachable()
const encryption = createTestEncryption()
const secret = Buffer.from('whsec_marked')

describe('envelope encryption', () => {
  it('decrypts any bytes that it encrypted, of any context', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.string({ maxLength: 50 }), (bytes, context) => {
        expect(Buffer.compare(encryption.decrypt(encryption.encrypt(bytes, context), context), bytes)).toBe(0)
      }),
    )
  })

  it('encrypts the same value differently each time, and never shows it', () => {
    const values = Array.from({ length: 50 }, () => Buffer.from(encryption.encrypt(secret, 'a')))
    expect(new Set(values.map(value => value.toString('hex'))).size).toBe(50)
    expect(values.some(value => value.includes(secret))).toBe(false)
  })

  it('detects a change of any bit, and a value that was cut or extended', () => {
    const value = Buffer.from(encryption.encrypt(secret, 'a'))
    for (let bit = 0; bit < value.length * 8; bit++) {
      const changed = Buffer.from(value)
      changed.writeUInt8(changed.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3)
      if (changed[0] === 0) continue // A value that says it is stored as it is, which anyone can write.
      expect(() => encryption.decrypt(changed, 'a'), `bit ${bit}`).toThrow('cannot be decrypted')
    }
    for (let length = 0; length < value.length; length++) expect(() => encryption.decrypt(value.subarray(0, length), 'a')).toThrow('cannot be decrypted')
    expect(() => encryption.decrypt(Buffer.concat([value, Buffer.of(0)]), 'a')).toThrow('cannot be decrypted')
  })

  it('refuses a value of another context', () => {
    const value = encryption.encrypt(secret, 'endpoint 1')
    expect(() => encryption.decrypt(value, 'endpoint 2')).toThrow(
      'The stored value "endpoint 2" cannot be decrypted: it was changed, or it was stored as something else.',
    )
  })

  it('decrypts with older keys, encrypts with the first, and names a key that is missing', () => {
    const [old, current] = [newKey(), newKey()]
    const before = createEncryption([old]).encrypt(secret, 'a')
    const both = createEncryption([current, old])
    expect(Buffer.from(both.decrypt(before, 'a'))).toEqual(secret)
    expect(Buffer.from(createEncryption([current]).decrypt(both.encrypt(secret, 'a'), 'a'))).toEqual(secret)
    expect(() => createEncryption([current]).decrypt(before, 'a')).toThrow(`it is encrypted with the key ${old.id}, which is not configured`)
    expect(() => plainStorage.decrypt(before, 'a')).toThrow(`it is encrypted with the key ${old.id}, and no key is configured`)
  })

  it('reads values that were stored as they are', () => {
    expect(Buffer.from(encryption.decrypt(plainStorage.encrypt(secret, 'a'), 'a'))).toEqual(secret)
    expect(decryptText(encryption, encryptText(plainStorage, 'whsec_marked', 'a'), 'a')).toBe('whsec_marked')
  })

  it('encrypts texts of any length and script', () => {
    for (const text of ['', 'enc:', 'whsec_…', '☃'.repeat(1_000)]) {
      const stored = encryptText(encryption, text, 'a')
      expect(stored).toMatch(/^enc:[\w-]+$/)
      expect(decryptText(encryption, stored, 'a')).toBe(text)
    }
  })
})

describe('encryption keys', () => {
  it('are read from base64 and hexadecimal, separated by commas or line breaks', () => {
    const bytes = [randomBytes(32), randomBytes(32)] as const
    const [base64, hex] = [bytes[0].toString('base64'), bytes[1].toString('hex')]
    for (const text of [`${base64},${hex}`, `${base64}\n${hex.toUpperCase()}\n`, ` ${bytes[0].toString('base64url')} , ${hex} `]) {
      expect(readEncryptionKeys(text).map(key => Buffer.from(key.bytes))).toEqual(bytes)
    }
    expect(readEncryptionKeys(' \n')).toEqual([])
  })

  it.each(['short', 'a'.repeat(42), 'a'.repeat(45), 'g'.repeat(64), '!'.repeat(44)])('are refused if they are malformed: %s', text => {
    expect(() => readEncryptionKeys(text)).toThrow(/must be 32 random bytes/)
    expect(() => readEncryptionKeys(text)).not.toThrow(text)
  })

  it('have ids that do not reveal them', () => {
    const { id, bytes } = newKey()
    expect(id).toMatch(/^[0-9a-f]{16}$/)
    expect(Buffer.from(bytes).toString('hex')).not.toContain(id)
  })
})
