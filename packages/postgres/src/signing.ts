import { type DatabaseTimeouts, timeoutSettings } from './database-timeouts.ts'
import { scopeSigner } from './scope-signer.ts'
import { setScopeStatement } from './set-scope.ts'
import type { Signing } from './transact.ts'

/** What the transactions of a pool start with. */
export interface SigningOptions {
  readonly scopeKey: string
  /** The role that transactions change to. Undefined if connections have it from the start. */
  readonly role?: string | undefined
  readonly timeouts?: DatabaseTimeouts | undefined
  /** Whether prepared statements keep their names. */
  readonly preparedStatements: boolean
}

/** Returns how transactions set their scope. */
export function createSigning({ scopeKey, role, timeouts, preparedStatements }: SigningOptions): Signing {
  const named: Signing['named'] = preparedStatements ? statement => statement : ({ text }) => ({ name: undefined, text })
  const settings = [...(role === undefined ? [] : [['role', role] as const]), ...timeoutSettings(timeouts)]
  return { setScope: named(setScopeStatement(settings)), sign: scopeSigner(scopeKey), named }
}
