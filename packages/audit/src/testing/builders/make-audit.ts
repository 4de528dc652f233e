import { countingIds, settableClock, type SettableClock } from '@tollgate/kernel'
import { createPrivateKey, type KeyObject } from 'node:crypto'
import type { Audit } from '../../audit.ts'
import type { AuditStore } from '../../audit-store.ts'
import { type AuditDependencies, createAudit } from '../../create-audit.ts'
import type { AuditKeys } from '../../log-keys.ts'

/** The header of a private Ed25519 key in DER (RFC 8410); its seed follows. */
const PKCS8_HEADER = Buffer.from('302e020100300506032b657004220420', 'hex')

/** Returns a signing key that depends only on the seed. */
export function testSigningKey(seed = 1): KeyObject {
  return createPrivateKey({ key: Buffer.concat([PKCS8_HEADER, Buffer.alloc(32, seed)]), format: 'der', type: 'pkcs8' })
}

/** Creates audit logs with a settable clock, fixed keys and predictable salts, for tests. */
export function makeAudit(
  store: AuditStore,
  keys: Partial<AuditKeys> = {},
  sampling?: AuditDependencies['sampling'],
): Audit & { readonly clock: SettableClock } {
  const clock = settableClock('2026-11-20T12:00:00Z')
  let salts = 0
  const audit = createAudit({
    store,
    keys: { installation: 'tollgate.example.com', signingKeys: [testSigningKey()], ...keys },
    clock,
    ids: countingIds(),
    sampling,
    randomBytes: size => Buffer.alloc(size, ++salts % 256),
  })
  return { ...audit, clock }
}
