import { execFile } from 'node:child_process'
import { stat } from 'node:fs/promises'
import { promisify } from 'node:util'
import { DomainError } from '@tollgate/kernel'

const run = promisify(execFile)

/** The operating-system account that PostgreSQL runs as; empty where that is the account of this process. */
export interface Account {
  readonly uid?: number
  readonly gid?: number
}

/** This process is root, PostgreSQL refuses to be, and no account for it could be made. */
export class NoPostgresAccount extends DomainError<'NO_POSTGRES_ACCOUNT'> {
  constructor(cause: unknown) {
    super('NO_POSTGRES_ACCOUNT', 'PostgreSQL does not run as root, and the account "postgres" could not be made. Start as another user, or set DATABASE_URL.', {
      cause,
    })
  }
}

/**
 * PostgreSQL refuses to run as root. Then it runs as the owner of the data that are there already, and otherwise as
 * the account `postgres`, which is made where it is missing.
 */
export async function postgresAccount(dataDirectory: string): Promise<Account> {
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

async function idsOf(user: string): Promise<Account> {
  const [uid, gid] = await Promise.all(['-u', '-g'].map(async flag => Number((await run('id', [flag, user])).stdout)))
  if (uid === undefined || gid === undefined) throw new Error(`no ids for ${user}`)
  return { uid, gid }
}
