import { hash, randomBytes } from 'node:crypto'
import { crc32 } from './crc32.ts'

const BASE_62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const PREFIX_LENGTH = 8
/** 40 characters out of 62 carry 238 bits. Guessing is hopeless, so the hash needs neither salt nor stretching. */
const SECRET_LENGTH = 40

/** 6 characters out of 62 are enough for 32 bits. */
const CHECKSUM_LENGTH = 6

const API_KEY = /^tg_[0-9A-Za-z]{8}_[0-9A-Za-z]{46}$/
/** Keys that were created before keys had a checksum. */
const API_KEY_WITHOUT_CHECKSUM = /^tg_[0-9A-Za-z]{8}_[0-9A-Za-z]{40}$/

/** Reports whether a text has the format of an API key, and its checksum. A text that does not is never looked up. */
export function looksLikeApiKey(text: string): boolean {
  if (!API_KEY.test(text)) return API_KEY_WITHOUT_CHECKSUM.test(text)
  return text.endsWith(checksum(text.slice(0, -CHECKSUM_LENGTH)))
}

/**
 * Generates a key, `tg_<8 characters>_<40 characters><checksum>`, and the prefix that may be shown. Programs that search for
 * leaked keys recognise one by its checksum. Randomness is not a port here: a secret must never come from anything but the
 * platform's secure source.
 */
export function generateApiKeySecret(): { secret: string; prefix: string } {
  const prefix = `tg_${randomBase62(PREFIX_LENGTH)}`
  const secret = `${prefix}_${randomBase62(SECRET_LENGTH)}`
  return { secret: secret + checksum(secret), prefix }
}

/** Returns the CRC-32 of a text in base 62, the most significant digit first. */
function checksum(text: string): string {
  let rest = crc32(text)
  let digits = ''
  for (let i = 0; i < CHECKSUM_LENGTH; i++) {
    digits = BASE_62.charAt(rest % 62) + digits
    rest = Math.floor(rest / 62)
  }
  return digits
}

/** Returns what is stored of a key: its SHA-256 in hexadecimal. */
export function hashApiKeySecret(secret: string): string {
  return hash('sha256', secret, 'hex')
}

/** Skips bytes from 248 on, so that every character is equally likely. */
function randomBase62(length: number): string {
  let text = ''
  while (text.length < length) {
    for (const byte of randomBytes(length)) {
      if (byte < 248 && text.length < length) text += BASE_62[byte % 62]
    }
  }
  return text
}
