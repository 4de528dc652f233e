import { InvalidInput } from '@tollgate/kernel'
import { checkShape, inputShape } from '@tollgate/kernel/input'
import { type AttributeValue, type Metadata, METADATA_FIELDS, type MetadataField } from './metadata.ts'

/** What to replace by pseudonyms, and the key. */
export interface AnonymizerOptions {
  /** Secret of at least 16 bytes. Anyone who has it can compute the pseudonym of a known id. Another key gives other pseudonyms. */
  readonly key: string | Uint8Array
  /** Fields to replace. */
  readonly fields?: readonly MetadataField[]
  /** Names of attributes to replace. */
  readonly attributes?: readonly string[]
}

/** Replaces identifying values by pseudonyms before metadata leaves the program. */
export interface Anonymizer {
  /** Returns a copy with the chosen fields and attributes replaced. */
  anonymize(metadata: Metadata): Promise<Metadata>
  /** Returns the pseudonym of a value, to find what was recorded for it. */
  pseudonym(value: AttributeValue): Promise<string>
}

const OPTIONS = /* @__PURE__ */ inputShape<AnonymizerOptions>({ key: 'anything', fields: 'list?', attributes: 'list?' })
const MIN_KEY_BYTES = 16
/** Half of an HMAC-SHA-256 in hexadecimal. A collision becomes likely only at about 2^64 values. */
const PSEUDONYM_DIGITS = 32

/**
 * Creates an anonymizer. The pseudonym of a value is `anon_` and 32 hexadecimal digits of its HMAC-SHA-256 (RFC 2104)
 * under the key. A value has the same pseudonym in every process with that key, so usage is still grouped and counted
 * correctly. Without the key, pseudonyms can be neither reversed nor guessed. Numbers and booleans are converted to text.
 *
 * Uses WebCrypto, which browsers provide in secure contexts (HTTPS, localhost). Throws `InvalidInput` for a short key and for other
 * options that are wrong.
 */
export function createAnonymizer(options: AnonymizerOptions): Anonymizer {
  checkShape(OPTIONS, options)
  const fields = options.fields ?? []
  const attributes = options.attributes ?? []
  const secret = keyOf(options)
  const unknown = fields.flatMap((field, i) => (METADATA_FIELDS.includes(field) ? [] : [{ path: `fields.${i}`, message: 'is not a metadata field' }]))
  if (unknown.length > 0) throw new InvalidInput(unknown)
  let imported: Promise<CryptoKey> | undefined

  async function pseudonym(value: AttributeValue): Promise<string> {
    imported ??= crypto.subtle.importKey('raw', secret, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
    const code = await crypto.subtle.sign('HMAC', await imported, new TextEncoder().encode(String(value)))
    const digits = Array.from(new Uint8Array(code), byte => byte.toString(16).padStart(2, '0')).join('')
    return `anon_${digits.slice(0, PSEUDONYM_DIGITS)}`
  }

  /** Returns the pseudonyms of the chosen fields that the record has. */
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

function keyOf({ key }: AnonymizerOptions): Uint8Array<ArrayBuffer> {
  const isKey = typeof key === 'string' || ArrayBuffer.isView(key)
  if (!isKey) throw new InvalidInput([{ path: 'key', message: 'must be text or bytes' }])
  const secret = typeof key === 'string' ? new TextEncoder().encode(key) : Uint8Array.from(key)
  if (secret.length >= MIN_KEY_BYTES) return secret
  throw new InvalidInput([{ path: 'key', message: `must have at least ${MIN_KEY_BYTES} bytes, not ${secret.length}` }])
}
