import { readEnvironment } from '../../../environment.ts'
import { prepareDataDirectory } from '../../../process/data-directory.ts'
import { prepareAuditKey } from '../audit-keys.ts'

/** Generates the signing key of audit logs if there is none. */
export async function prepareKey(): Promise<void> {
  const environment = readEnvironment()
  await prepareDataDirectory(environment.dataDirectory)
  await prepareAuditKey(environment)
}
