import { readFileSync } from 'node:fs'
import type { ConnectionOptions } from 'node:tls'
import { DomainError } from '@tollgate/kernel'

/** How the driver connects. Spread it into the options of a client or a pool. */
export interface ConnectionSettings {
  /** Without the parameters that concern TLS. */
  readonly connectionString: string
  /** TLS, if the URL asks for it. */
  readonly ssl?: ConnectionOptions
  readonly sslnegotiation?: 'direct'
}

/** A parameter of the URL of a database that concerns TLS cannot be used. */
export class DatabaseTlsInvalid extends DomainError<'DATABASE_TLS_INVALID'> {
  constructor(parameter: string, problem: string) {
    super('DATABASE_TLS_INVALID', `The parameter ${parameter} in the URL of the database ${problem}`)
  }
}

const VERIFYING_MODES: ReadonlySet<string> = new Set(['verify-full', 'verify-ca', 'require', 'prefer', 'true', '1'])
const PLAIN_MODES: ReadonlySet<string> = new Set(['disable', 'false', '0'])
const TLS_PARAMETERS = ['sslmode', 'ssl', 'sslrootcert', 'sslcert', 'sslkey', 'sslnegotiation', 'uselibpqcompat']

/**
 * Reads what a URL says about TLS. Unlike in the driver, the certificate of an address without a host name is verified for
 * that address, and `require` means the same in every version: the connection is verified, as with `verify-full`. Throws
 * `DatabaseTlsInvalid`.
 */
export function connectionSettings(url: string): ConnectionSettings {
  const parsed = new URL(url)
  const given = Object.fromEntries(TLS_PARAMETERS.map(name => [name, parsed.searchParams.get(name) ?? undefined]))
  if (!hasTlsParameters(url)) return { connectionString: url }
  for (const name of TLS_PARAMETERS) parsed.searchParams.delete(name)
  const connectionString = parsed.href
  const mode = given['sslmode'] ?? given['ssl'] ?? 'verify-full'
  if (PLAIN_MODES.has(mode)) return { connectionString }
  if (mode !== 'no-verify' && !VERIFYING_MODES.has(mode)) {
    throw new DatabaseTlsInvalid(`sslmode=${mode}`, 'must be verify-full, no-verify (encrypted, but not verified) or disable.')
  }
  const { sslrootcert, sslcert, sslkey, sslnegotiation } = given
  const ssl: ConnectionOptions = {
    // The driver names the host of the certificate only if it is a name. Otherwise, Node.js would expect "localhost".
    host: (parsed.searchParams.get('host') ?? parsed.hostname).replace(/^\[(.+)\]$/, '$1'),
    ...(sslrootcert !== undefined && sslrootcert !== 'system' && { ca: readCertificate('sslrootcert', sslrootcert) }),
    ...(sslcert !== undefined && { cert: readCertificate('sslcert', sslcert) }),
    ...(sslkey !== undefined && { key: readCertificate('sslkey', sslkey) }),
    ...(mode === 'no-verify' && { rejectUnauthorized: false }),
  }
  return { connectionString, ssl, ...(sslnegotiation === 'direct' && { sslnegotiation }) }
}

/** Whether a URL says anything about TLS. */
export function hasTlsParameters(url: string): boolean {
  const { searchParams } = new URL(url)
  return TLS_PARAMETERS.some(name => searchParams.has(name))
}

function readCertificate(parameter: string, file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new DatabaseTlsInvalid(`${parameter}=${file}`, `must be a PEM file that can be read: ${(error as Error).message}.`)
  }
}
