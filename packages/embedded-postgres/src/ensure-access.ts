import { execFile } from 'node:child_process'
import { chmod, chown, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { promisify } from 'node:util'
import { DomainError } from '@tollgate/kernel'
import type { PostgresAccount } from './postgres-account.ts'
import type { PostgresBinaries } from './postgres-binaries.ts'

const run = promisify(execFile)

/** PostgreSQL's account has no access to its data or its programs. */
export class PostgresAccessDenied extends DomainError<'OUT_OF_POSTGRES_REACH'> {
  constructor(target: string, closed: string, remedy: string) {
    super(
      'OUT_OF_POSTGRES_REACH',
      `PostgreSQL does not run as root, and the account "postgres" that it runs as cannot access ${target}: ${closed} denies it access. ${remedy}, start as another user, or set DATABASE_URL.`,
    )
  }
}

/** Ensures that PostgreSQL's account has access to its programs and its directory. Throws `PostgresAccessDenied`. */
export async function ensureAccess(account: PostgresAccount, { initdb }: PostgresBinaries, directory: string): Promise<void> {
  if (account.uid === undefined) return
  if (!(await hasAccess(account, '-x', dirname(directory)))) await allowPassage(account, dirname(directory))
  if (!(await hasAccess(account, '-w', directory))) {
    const closed = await firstClosed(account, directory)
    throw new PostgresAccessDenied(
      `the data directory ${directory}`,
      closed,
      'Set TOLLGATE_DATA_DIR to a directory that it can access, such as /var/lib/tollgate',
    )
  }
  if (!(await hasAccess(account, '-x', initdb))) {
    const closed = await firstClosed(account, initdb)
    throw new PostgresAccessDenied(`its programs in ${dirname(initdb)}`, closed, 'Put the project where every user can read it, such as /opt')
  }
}

/**
 * Lets PostgreSQL's group pass through the parent directory, which is the server's data directory, if it is private to
 * root. Access for others does not change.
 */
async function allowPassage({ gid }: PostgresAccount, directory: string): Promise<void> {
  const { uid, mode } = await stat(directory)
  if (uid !== 0 || gid === undefined) return
  await chown(directory, uid, gid)
  await chmod(directory, (mode & 0o707) | 0o010)
}

/** Returns the outermost part of the path that the account may not enter. */
async function firstClosed(account: PostgresAccount, path: string): Promise<string> {
  const parent = dirname(path)
  if (parent !== path && !(await hasAccess(account, '-x', parent))) return firstClosed(account, parent)
  return path
}

function hasAccess(account: PostgresAccount, test: '-x' | '-w', path: string): Promise<boolean> {
  return run('test', [test, path], { ...account, cwd: '/' }).then(
    () => true,
    () => false,
  )
}
