import type { AttributeValue, Metadata, MetadataField } from './metadata.ts'

/** What to replace, and with which key. */
export interface AnonymizerOptions {
  /** At least 16 bytes, secret, and kept: whoever has it can find the pseudonym of a known id, and another key makes other pseudonyms. */
  readonly key: string | Uint8Array
  /** Fields to replace. */
  readonly fields?: readonly MetadataField[]
  /** Names of attributes to replace. */
  readonly attributes?: readonly string[]
}

/** Replaces what identifies people before metadata leaves the program. */
export interface Anonymizer {
  /** A copy with the chosen fields and attributes replaced by pseudonyms; the rest as it is. */
  anonymize(metadata: Metadata): Promise<Metadata>
  /** The pseudonym of one value, to find what was recorded for it. */
  pseudonym(value: AttributeValue): Promise<string>
}

const MIN_KEY_BYTES = 16
/** Half of HMAC-SHA-256's output, in hexadecimal: two values of 2^64 share a pseudonym with even odds. */
const PSEUDONYM_DIGITS = 32

/**
 * Makes an anonymizer. The pseudonym of a value is `anon_` and 32 hexadecimal digits of its HMAC-SHA-256 (RFC 2104)
 * under the key: the same for the same value in every process that has the key, so that usage is still grouped and
 * counted right, and without the key neither reversible nor to be guessed. Numbers and booleans count as their text.
 *
 * By WebCrypto, which browsers offer in secure contexts (HTTPS, localhost). Throws `RangeError` for a short key.
 */
export function createAnonymizer({ key, fields = [], attributes = [] }: AnonymizerOptions): Anonymizer {
  const secret = typeof key === 'string' ? new TextEncoder().encode(key) : Uint8Array.from(key)
  if (secret.length < MIN_KEY_BYTES) throw new RangeError(`An anonymization key has at least ${MIN_KEY_BYTES} bytes, not ${secret.length}`)
  let imported: Promise<CryptoKey> | undefined

  async function pseudonym(value: AttributeValue): Promise<string> {
    imported ??= crypto.subtle.importKey('raw', secret, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
    const code = await crypto.subtle.sign('HMAC', await imported, new TextEncoder().encode(String(value)))
    const digits = Array.from(new Uint8Array(code), byte => byte.toString(16).padStart(2, '0')).join('')
    return `anon_${digits.slice(0, PSEUDONYM_DIGITS)}`
  }

  /** The chosen names that the record has, with their pseudonyms. */
  async function replaced(record: object, names: readonly string[]): Promise<Record<string, string>> {
    const chosen = Object.entries(record).filter(([name, value]) => names.includes(name) && value !== null && value !== undefined)
    const pseudonyms = await Promise.all(chosen.map(async ([name, value]) => [name, await pseudonym(value as AttributeValue)] as const))
    return Object.fromEntries(pseudonyms)
  }

  return {
    pseudonym,
    async anonymize(metadata) {
      const changed = { ...metadata, ...(await replaced(metadata, fields)) }
      return metadata.attributes ? { ...changed, attributes: { ...metadata.attributes, ...(await replaced(metadata.attributes, attributes)) } } : changed
    },
  }
}
