import { createHash, createHmac, pbkdf2Sync } from 'node:crypto'

/** What PostgreSQL uses itself. */
const ITERATIONS = 4_096

/**
 * Returns what PostgreSQL stores of a password, in the format of `pg_authid.rolpassword` (RFC 5803). PostgreSQL takes it in
 * place of the password, so the password itself is in no statement and in no log.
 */
export function scramVerifier(password: string, salt: Uint8Array): string {
  const salted = pbkdf2Sync(password, salt, ITERATIONS, 32, 'sha256')
  const clientKey = createHmac('sha256', salted).update('Client Key').digest()
  const storedKey = createHash('sha256').update(clientKey).digest('base64')
  const serverKey = createHmac('sha256', salted).update('Server Key').digest('base64')
  return `SCRAM-SHA-256$${ITERATIONS}:${Buffer.from(salt).toString('base64')}$${storedKey}:${serverKey}`
}
