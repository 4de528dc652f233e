import { DomainError } from '@tollgate/kernel'
import type { Environment } from '../environment.ts'
import { operatorKeyFile, readOperatorKey } from '../process/operator-key.ts'

/** No key was given, and the data directory has none. */
class NoKey extends DomainError<'NO_KEY'> {
  constructor(file: string) {
    super('NO_KEY', `No API key found. Pass --key, set TOLLGATE_OPERATOR_KEY, or start the server once, which writes a key to ${file}.`)
  }
}

/** Returns the operator key of the environment, or else of the data directory. */
export async function requireOperatorKey({ operatorKey, dataDirectory }: Pick<Environment, 'operatorKey' | 'dataDirectory'>): Promise<string> {
  const key = operatorKey ?? (await readOperatorKey(dataDirectory))
  if (key === undefined) throw new NoKey(operatorKeyFile(dataDirectory))
  return key
}
