import { randomBytes } from 'node:crypto'
import { link, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DataDirectoryUnusable } from './data-directory.ts'
import type { Environment } from '../environment.ts'

/** The operator key that this server accepts, and where it comes from. */
export type OperatorKey =
  | { readonly key: string; readonly from: 'environment' }
  | { readonly key: string; readonly from: 'made' | 'kept'; readonly file: string }

/** The file of the data directory that keeps a key that was made here. */
export function operatorKeyFile(dataDirectory: string): string {
  return join(dataDirectory, 'operator-key')
}

/** The key of the environment; otherwise the one kept in the data directory, made there at the first start (mode 0600). */
export async function findOperatorKey({ operatorKey, dataDirectory }: Pick<Environment, 'operatorKey' | 'dataDirectory'>): Promise<OperatorKey> {
  if (operatorKey !== undefined) return { key: operatorKey, from: 'environment' }
  const file = operatorKeyFile(dataDirectory)
  const kept = await keptOperatorKey(dataDirectory)
  if (kept !== undefined) return { key: kept, from: 'kept', file }

  const made = `tg_operator_${randomBytes(24).toString('base64url')}`
  const draft = `${file}.${process.pid}`
  try {
    await writeFile(draft, `${made}\n`, { mode: 0o600 })
    // A link fails where the file exists: of two first starts at once, both take the key of the one that was first.
    await link(draft, file)
    return { key: made, from: 'made', file }
  } catch (error) {
    const other = await keptOperatorKey(dataDirectory)
    if (other === undefined) throw new DataDirectoryUnusable(dataDirectory, error)
    return { key: other, from: 'kept', file }
  } finally {
    await rm(draft, { force: true })
  }
}

/** The key that a start made and kept here; undefined where none did. */
export async function keptOperatorKey(dataDirectory: string): Promise<string | undefined> {
  try {
    return (await readFile(operatorKeyFile(dataDirectory), 'utf8')).trim()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw new DataDirectoryUnusable(dataDirectory, error)
  }
}
