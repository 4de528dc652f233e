import { execFile } from 'node:child_process'
import { stat } from 'node:fs/promises'
import { promisify } from 'node:util'
import { DomainError } from '@tollgate/kernel'

const run = promisify(execFile)

/** The operating-system account that PostgreSQL runs as. Empty if it is the account of this process. */
export interface PostgresAccount {
  readonly uid?: number
  readonly gid?: number
}

/** This process runs as root, PostgreSQL refuses to, and an account for PostgreSQL could not be created. */
export class NoPostgresAccount extends DomainError<'NO_POSTGRES_ACCOUNT'> {
  constructor(cause: unknown) {
    super(
      'NO_POSTGRES_ACCOUNT',
      'PostgreSQL does not run as root, and the account "postgres" could not be created. Start as another user, or set DATABASE_URL.',
      {
        cause,
      },
    )
  }
}

/**
 * Returns the account that PostgreSQL runs as. It refuses to run as root: then it is the owner of the existing data
 * directory or, for a new one, the account `postgres`, which is created if it does not exist.
 */
export async function postgresAccount(dataDirectory: string): Promise<PostgresAccount> {
  if (process.getuid?.() !== 0) return {}
  const owner = await stat(dataDirectory).catch(() => undefined)
  if (owner !== undefined && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid }
  try {
    return await idsOf('postgres').catch(async () => {
      await run('useradd', ['--system', '--user-group', '--no-create-home', 'postgres'])
      return idsOf('postgres')
    })
  } catch (error) {
    throw new NoPostgresAccount(error)
  }
}

async function idsOf(user: string): Promise<PostgresAccount> {
  const [uid, gid] = await Promise.all(['-u', '-g'].map(async flag => Number((await run('id', [flag, user])).stdout)))
  if (uid === undefined || gid === undefined) throw new Error(`the user ${user} has no ids`)
  return { uid, gid }
}
