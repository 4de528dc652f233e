import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DomainError } from '@tollgate/kernel'
import { type EncryptionKey, EncryptionKeyMalformed, readEncryptionKeys } from '@tollgate/postgres'
import type { Environment } from '../environment.ts'
import { createPrivateFile } from './create-private-file.ts'
import { DataDirectoryUnusable } from './data-directory.ts'

/** The file with the encryption keys cannot be used. */
export class EncryptionKeyFileUnusable extends DomainError<'ENCRYPTION_KEY_FILE_UNUSABLE'> {
  constructor(file: string, cause: unknown) {
    super('ENCRYPTION_KEY_FILE_UNUSABLE', `The encryption keys in ${file} cannot be read: ${(cause as Error).message}`, { cause })
  }
}

/** Where encryption keys come from. */
export type EncryptionKeySettings = Pick<Environment, 'encryptionKeys' | 'encryptionKeyFile' | 'dataDirectory' | 'databaseUrl'>

/** Returns the file in the data directory that holds a generated key. */
export function encryptionKeyFile(dataDirectory: string): string {
  return join(dataDirectory, 'encryption-key')
}

/**
 * Returns the encryption keys, the current one first: from the settings, or else from the data directory. The first start with
 * the embedded PostgreSQL generates one there. For another PostgreSQL none is generated, because its servers share the key.
 */
export async function findEncryptionKeys({
  encryptionKeys,
  encryptionKeyFile: given,
  dataDirectory,
  databaseUrl,
}: EncryptionKeySettings): Promise<readonly EncryptionKey[]> {
  if (encryptionKeys !== undefined) return readEncryptionKeys(encryptionKeys)
  if (given !== undefined) return readKeyFile(given)
  const file = encryptionKeyFile(dataDirectory)
  try {
    return await readKeyFile(file)
  } catch (error) {
    if (((error as Error).cause as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    if (databaseUrl !== undefined) return []
  }
  await createPrivateFile(file, `${randomBytes(32).toString('base64')}\n`).catch((error: unknown) => {
    throw new DataDirectoryUnusable(dataDirectory, error)
  })
  return readKeyFile(file)
}

async function readKeyFile(file: string): Promise<readonly EncryptionKey[]> {
  try {
    const keys = readEncryptionKeys(await readFile(file, 'utf8'))
    if (keys.length === 0) throw new EncryptionKeyMalformed()
    return keys
  } catch (error) {
    throw new EncryptionKeyFileUnusable(file, error)
  }
}
