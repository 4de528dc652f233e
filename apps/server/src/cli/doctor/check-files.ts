import { access, constants, stat, statfs } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Environment } from '../../environment.ts'
import { auditKeyFile, readAuditKeys } from '../../features/audit/audit-keys.ts'
import { encryptionKeyFile, findEncryptionKeys } from '../../process/encryption-keys.ts'
import { operatorKeyFile } from '../../process/operator-key.ts'
import type { Finding } from './finding.ts'

/** Free space on the file system of the data directory below which there is a problem, and a warning. */
const PROBLEM_FREE_BYTES = 200_000_000
const WARNING_FREE_BYTES = 2_000_000_000

/** Checks the data directory, the space on its disk, and the files of keys. Creates nothing. */
export async function checkFiles(environment: Environment): Promise<readonly Finding[]> {
  const { databaseUrl, operatorKey } = environment
  const needsDirectory = databaseUrl === undefined || operatorKey === undefined
  return [
    ...(needsDirectory ? await checkDirectory(environment) : []),
    await checkOperatorKey(environment),
    await checkEncryption(environment),
    await checkAudit(environment),
  ]
}

async function checkDirectory({ dataDirectory }: Environment): Promise<readonly Finding[]> {
  const directory = await nearestExisting(dataDirectory)
  try {
    await access(directory, constants.R_OK | constants.W_OK | constants.X_OK)
  } catch {
    const advice = 'Set TOLLGATE_DATA_DIR to a directory that this user can write to.'
    return [{ check: 'data directory', level: 'problem', found: `this user cannot write to ${directory}`, advice }]
  }
  const { bavail, bsize } = await statfs(directory)
  const free = bavail * bsize
  const level = free < PROBLEM_FREE_BYTES ? 'problem' : free < WARNING_FREE_BYTES ? 'warning' : 'ok'
  return [
    { check: 'data directory', level: 'ok', found: directory === dataDirectory ? dataDirectory : `${dataDirectory} will be created` },
    { check: 'disk', level, found: `${(free / 1_000_000_000).toFixed(1)} GB free at ${directory}`, ...(level !== 'ok' && { advice: 'Free some space.' }) },
  ]
}

async function nearestExisting(path: string): Promise<string> {
  for (let at = path; ; at = dirname(at)) if ((await isThere(at)) || at === dirname(at)) return at
}

async function checkOperatorKey({ operatorKey, dataDirectory, databaseUrl }: Environment): Promise<Finding> {
  const check = 'operator key'
  if (operatorKey !== undefined) return { check, level: 'ok', found: 'set in TOLLGATE_OPERATOR_KEY' }
  const file = operatorKeyFile(dataDirectory)
  const found = (await isThere(file)) ? `in ${file}` : `none yet; the first start creates ${file}`
  if (databaseUrl === undefined) return privateFile({ check, file, found })
  return { check, level: 'warning', found, advice: 'Set TOLLGATE_OPERATOR_KEY to the same key on every server: each data directory has a key of its own.' }
}

async function checkEncryption(environment: Environment): Promise<Finding> {
  const { encryptionKeys, encryptionKeyFile: given, dataDirectory, databaseUrl } = environment
  const check = 'encryption key'
  const file = given ?? encryptionKeyFile(dataDirectory)
  if (encryptionKeys === undefined && !(await isThere(file))) {
    if (given !== undefined)
      return { check, level: 'problem', found: `${file} does not exist`, advice: 'Restore the file, or correct TOLLGATE_ENCRYPTION_KEY_FILE.' }
    if (databaseUrl === undefined) return { check, level: 'ok', found: `none yet; the first start creates ${file}` }
    const advice = 'Set TOLLGATE_ENCRYPTION_KEY to the output of "openssl rand -base64 32" on every server.'
    return { check, level: 'warning', found: 'none: secrets are stored unencrypted', advice }
  }
  try {
    const { length } = await findEncryptionKeys(environment)
    const found = `${length} ${length === 1 ? 'key' : 'keys'} ${encryptionKeys === undefined ? `in ${file}` : 'in TOLLGATE_ENCRYPTION_KEY'}`
    return encryptionKeys === undefined ? await privateFile({ check, file, found }) : { check, level: 'ok', found }
  } catch (error) {
    return { check, level: 'problem', found: (error as Error).message, advice: 'Restore the file from its copy: secrets cannot be read without it.' }
  }
}

async function checkAudit(environment: Environment): Promise<Finding> {
  const check = 'audit signing key'
  const file = auditKeyFile(environment)
  const exists = await isThere(file)
  if (!exists && environment.auditKeyFile === undefined && environment.databaseUrl === undefined) {
    return { check, level: 'ok', found: `none yet; the first start creates ${file}` }
  }
  if (!exists && environment.auditKeyFile === undefined) {
    const advice = 'Set TOLLGATE_AUDIT_KEY_FILE to an Ed25519 key: without signed checkpoints, a log that was replaced as a whole looks intact.'
    return { check, level: 'warning', found: 'none: audit logs are not signed', advice }
  }
  try {
    const { signingKeys } = await readAuditKeys(environment)
    if (signingKeys.length === 0)
      return { check, level: 'warning', found: `no private key in ${file}`, advice: 'Add a private key, or audit logs are not signed.' }
    return await privateFile({ check, file, found: `in ${file}` })
  } catch (error) {
    return { check, level: 'problem', found: `${file} cannot be read: ${(error as Error).message}`, advice: 'Make it a PEM file that this user can read.' }
  }
}

/** A file of keys that others can read is a warning. */
async function privateFile({ check, file, found }: { readonly check: string; readonly file: string; readonly found: string }): Promise<Finding> {
  const mode = (await isThere(file)) ? (await stat(file)).mode & 0o077 : 0
  if (mode === 0 || process.platform === 'win32') return { check, level: 'ok', found }
  return { check, level: 'warning', found: `${found}, which other users can read`, advice: `chmod 600 ${file}` }
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}
