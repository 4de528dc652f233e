import { type AuditKeys, readSigningKey } from '@tollgate/audit'
import { createPublicKey, generateKeyPairSync } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Environment } from '../../environment.ts'
import { createPrivateFile } from '../../process/create-private-file.ts'
import type { Log } from '../../observability/log.ts'

type AuditSettings = Pick<Environment, 'auditName' | 'auditKeyFile' | 'dataDirectory'>

const PEM_BLOCK = /-----BEGIN (PRIVATE|PUBLIC) KEY-----[^-]*-----END \1 KEY-----/g
/** The length of an Ed25519 key, which ends its DER. */
const KEY_BYTES = 32

/** Returns the file with the keys of audit logs. */
export function auditKeyFile({ auditKeyFile: file, dataDirectory }: AuditSettings): string {
  return file ?? join(dataDirectory, 'audit-signing-key.pem')
}

/**
 * Reads the keys of audit logs from their file, in PEM: private keys sign new checkpoints, and public keys verify earlier
 * ones. There are no keys if the file in the data directory does not exist.
 */
export async function readAuditKeys(settings: AuditSettings): Promise<AuditKeys> {
  let text = ''
  try {
    text = await readFile(auditKeyFile(settings), 'utf8')
  } catch (error) {
    if (settings.auditKeyFile !== undefined || (error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
  const blocks = [...text.matchAll(PEM_BLOCK)].map(([pem, kind]) => ({ pem, kind }))
  return {
    installation: settings.auditName,
    signingKeys: blocks.filter(({ kind }) => kind === 'PRIVATE').map(({ pem }) => readSigningKey(pem)),
    retiredKeys: blocks
      .filter(({ kind }) => kind === 'PUBLIC')
      .map(({ pem }) => createPublicKey(pem).export({ format: 'der', type: 'spki' }).subarray(-KEY_BYTES)),
  }
}

/**
 * Returns the keys for a server. Generates one for an embedded database, whose data directory is kept; other servers may
 * each have a directory of their own, so their keys come from a file of the settings.
 */
export async function serverAuditKeys(settings: AuditSettings & Pick<Environment, 'databaseUrl'>, log: Pick<Log, 'info'>): Promise<AuditKeys> {
  if (settings.databaseUrl === undefined) await prepareAuditKey(settings)
  const keys = await readAuditKeys(settings)
  if (keys.signingKeys.length === 0) log.info('Audit logs are not signed, because there is no key. Set TOLLGATE_AUDIT_KEY_FILE.')
  return keys
}

/** Generates a signing key (mode 0600) in the data directory, unless there is one or the settings name a file. */
export async function prepareAuditKey(settings: AuditSettings): Promise<void> {
  if (settings.auditKeyFile !== undefined || (await readAuditKeys(settings)).signingKeys.length > 0) return
  await createPrivateFile(auditKeyFile(settings), generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }))
}
