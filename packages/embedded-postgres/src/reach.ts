import { execFile } from 'node:child_process'
import { chmod, chown, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { promisify } from 'node:util'
import { DomainError } from '@tollgate/kernel'
import type { Account } from './account.ts'
import type { PostgresBinaries } from './binaries.ts'

const run = promisify(execFile)

/** This process is root, and the account that PostgreSQL runs as cannot reach what it needs. */
export class OutOfPostgresReach extends DomainError<'OUT_OF_POSTGRES_REACH'> {
  constructor(what: string, closed: string, remedy: string) {
    super(
      'OUT_OF_POSTGRES_REACH',
      `PostgreSQL does not run as root, and the account "postgres" that it runs as cannot reach ${what}: ${closed} is closed to it. ${remedy}, start as another user, or set DATABASE_URL.`,
    )
  }
}

/** Sees to it that PostgreSQL's account reaches its programs and its directory, where it is not this process's own. */
export async function ensureReach(account: Account, { initdb }: PostgresBinaries, directory: string): Promise<void> {
  if (account.uid === undefined) return
  if (!(await may(account, '-x', dirname(directory)))) await letThrough(account, dirname(directory))
  if (!(await may(account, '-w', directory))) {
    const closed = await firstClosed(account, directory)
    throw new OutOfPostgresReach(`the data directory ${directory}`, closed, 'Set TOLLGATE_DATA_DIR to a directory that it can reach, such as /var/lib/tollgate')
  }
  if (!(await may(account, '-x', initdb))) {
    const closed = await firstClosed(account, initdb)
    throw new OutOfPostgresReach(`its programs in ${dirname(initdb)}`, closed, 'Put the project where every user can read it, such as /opt')
  }
}

/**
 * The directory around PostgreSQL's is the server's own data directory. One that root has made for itself alone, as
 * mktemp does, is opened just so far that PostgreSQL can pass through it; nobody else can.
 */
async function letThrough({ gid }: Account, directory: string): Promise<void> {
  const { uid, mode } = await stat(directory)
  if (uid !== 0 || gid === undefined) return
  await chown(directory, uid, gid)
  await chmod(directory, (mode & 0o707) | 0o010)
}

/** The outermost part of the path that the account may not enter: the one to open, or to stay out of. */
async function firstClosed(account: Account, path: string): Promise<string> {
  const parent = dirname(path)
  if (parent !== path && !(await may(account, '-x', parent))) return firstClosed(account, parent)
  return path
}

function may(account: Account, test: '-x' | '-w', path: string): Promise<boolean> {
  return run('test', [test, path], { ...account, cwd: '/' }).then(
    () => true,
    () => false,
  )
}
