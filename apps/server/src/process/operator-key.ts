import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createPrivateFile } from './create-private-file.ts'
import { DataDirectoryUnusable } from './data-directory.ts'
import type { Environment } from '../environment.ts'

/** The operator key that the server accepts, and its source: the environment, or a file of this or an earlier start. */
export type OperatorKey =
  | { readonly key: string; readonly from: 'environment' }
  | { readonly key: string; readonly from: 'created' | 'file'; readonly file: string }

/** Returns the file in the data directory that holds a generated key. */
export function operatorKeyFile(dataDirectory: string): string {
  return join(dataDirectory, 'operator-key')
}

/** Returns the key from the environment, or else from the data directory. The first start generates it (mode 0600). */
export async function findOperatorKey({ operatorKey, dataDirectory }: Pick<Environment, 'operatorKey' | 'dataDirectory'>): Promise<OperatorKey> {
  if (operatorKey !== undefined) return { key: operatorKey, from: 'environment' }
  const file = operatorKeyFile(dataDirectory)
  const existing = await readOperatorKey(dataDirectory)
  if (existing !== undefined) return { key: existing, from: 'file', file }

  const created = `tg_operator_${randomBytes(24).toString('base64url')}`
  const isNew = await createPrivateFile(file, `${created}\n`).catch((error: unknown) => {
    throw new DataDirectoryUnusable(dataDirectory, error)
  })
  if (isNew) return { key: created, from: 'created', file }
  const other = await readOperatorKey(dataDirectory)
  if (other === undefined) throw new DataDirectoryUnusable(dataDirectory, new Error(`${file} disappeared`))
  return { key: other, from: 'file', file }
}

/** Reads the generated key; undefined if there is none. */
export async function readOperatorKey(dataDirectory: string): Promise<string | undefined> {
  try {
    return (await readFile(operatorKeyFile(dataDirectory), 'utf8')).trim()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw new DataDirectoryUnusable(dataDirectory, error)
  }
}
