import { createHash, randomBytes } from 'node:crypto'

const BASE_62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const PREFIX_LENGTH = 8
/** 40 characters of 62 carry 238 bits: guessing is hopeless, so the hash needs no salt and no stretching. */
const SECRET_LENGTH = 40

const API_KEY = /^tg_[0-9A-Za-z]{8}_[0-9A-Za-z]{40}$/

/** Whether the text has a key's form; what has not need not be looked up. */
export function looksLikeApiKey(text: string): boolean {
  return API_KEY.test(text)
}

/** Draws a key, `tg_<8 characters>_<40 characters>`, and the part of it that may be shown. */
export function drawApiKeySecret(): { secret: string; prefix: string } {
  const prefix = `tg_${randomBase62(PREFIX_LENGTH)}`
  return { secret: `${prefix}_${randomBase62(SECRET_LENGTH)}`, prefix }
}

/** What is kept of a key: its SHA-256, hexadecimal. */
export function hashApiKeySecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}

/** Bytes from 248 on are drawn again: every character must be as likely as any other. */
function randomBase62(length: number): string {
  let text = ''
  while (text.length < length) {
    for (const byte of randomBytes(length)) {
      if (byte < 248 && text.length < length) text += BASE_62[byte % 62]
    }
  }
  return text
}
