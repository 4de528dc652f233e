import { createHash, randomBytes } from 'node:crypto'

const BASE_62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const PREFIX_LENGTH = 8
/** 40 characters out of 62 carry 238 bits. Guessing is hopeless, so the hash needs neither salt nor stretching. */
const SECRET_LENGTH = 40

const API_KEY = /^tg_[0-9A-Za-z]{8}_[0-9A-Za-z]{40}$/

/** Reports whether a text has the format of an API key. A text that does not is never looked up. */
export function looksLikeApiKey(text: string): boolean {
  return API_KEY.test(text)
}

/**
 * Generates a key, `tg_<8 characters>_<40 characters>`, and the prefix that may be shown. Randomness is not a port here:
 * a secret must never come from anything but the platform's secure source.
 */
export function generateApiKeySecret(): { secret: string; prefix: string } {
  const prefix = `tg_${randomBase62(PREFIX_LENGTH)}`
  return { secret: `${prefix}_${randomBase62(SECRET_LENGTH)}`, prefix }
}

/** Returns what is stored of a key: its SHA-256 in hexadecimal. */
export function hashApiKeySecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
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
