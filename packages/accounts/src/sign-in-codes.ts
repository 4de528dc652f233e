import { hash, randomBytes } from 'node:crypto'
import { type Clock, Temporal } from '@tollgate/kernel'
import { requireText } from '@tollgate/kernel/input'
import type { SignInFailure } from './model/not-authenticated.ts'

/** A code, and when it expires if it was not used. */
export interface SignInCode {
  readonly code: string
  readonly expiresAt: Temporal.Instant
}

/** Codes that each identify an operator in one request, for links that sign a browser in. */
export interface SignInCodes {
  /** Makes a code: `tgc_<43 characters>`. It is valid for 24 hours, in this process only. */
  create(): SignInCode
  /** Uses a code up. Returns undefined if it was valid, and otherwise why not. */
  use(code: string): SignInFailure | undefined
}

const TTL_HOURS = 24
/** Older codes are forgotten. */
const MAX_CODES = 100

/** Reports whether a text is meant to be a sign-in code. */
export function looksLikeSignInCode(text: string): boolean {
  return text.startsWith('tgc_')
}

/** Starts without codes. Only hashes of codes are kept, in memory. */
export function createSignInCodes(clock: Clock): SignInCodes {
  const codes = new Map<string, { readonly expiresAt: Temporal.Instant; readonly used: boolean }>()
  return {
    create() {
      const code = `tgc_${randomBytes(32).toString('base64url')}`
      const [oldest] = codes.keys()
      if (codes.size >= MAX_CODES && oldest !== undefined) codes.delete(oldest)
      const expiresAt = clock.now().add({ hours: TTL_HOURS })
      codes.set(hashOf(code), { expiresAt, used: false })
      return { code, expiresAt }
    },
    use(code) {
      requireText('code', code)
      const hashed = hashOf(code)
      const known = codes.get(hashed)
      if (known === undefined) return 'sign-in-code-unknown'
      if (known.used) return 'sign-in-code-used'
      if (Temporal.Instant.compare(known.expiresAt, clock.now()) <= 0) return 'sign-in-code-expired'
      codes.set(hashed, { ...known, used: true })
      return undefined
    },
  }
}

function hashOf(code: string): string {
  return hash('sha256', code, 'hex')
}
