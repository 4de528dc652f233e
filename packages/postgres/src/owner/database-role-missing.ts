import { DomainError } from '@tollgate/kernel'

/** The role of the server does not exist or cannot be used, and the owner has no right to change that. */
export class DatabaseRoleMissing extends DomainError<'DATABASE_ROLE_MISSING'> {
  /** What an administrator of the database must run, in `psql`, for example. */
  readonly statements: readonly string[]

  constructor({ reason, owner, statements }: { reason: string; owner: string; statements: readonly string[] }) {
    super(
      'DATABASE_ROLE_MISSING',
      `${reason}, and "${owner}" has no right to change that. Let an administrator of the database run the following, and start again:\n${statements.join('\n')}\n` +
        'Or give the server a role of your own: set DATABASE_URL to its URL and TOLLGATE_MIGRATIONS_URL to that of the owner.',
    )
    this.statements = statements
  }
}

/** The user of the migrations may not create schemas in the database. */
export class DatabaseNotOwned extends DomainError<'DATABASE_NOT_OWNED'> {
  constructor({ owner, database, cause }: { owner: string; database: string; cause: unknown }) {
    super(
      'DATABASE_NOT_OWNED',
      `The user "${owner}" cannot create schemas in the database "${database}". Let an administrator of the database run: alter database "${database}" owner to "${owner}"; ` +
        'If the server should work as this user, set TOLLGATE_MIGRATIONS_URL to the URL of the owner.',
      { cause },
    )
  }
}

/** The database rejects the login of the role that the server should use. `cause` is the error of PostgreSQL. */
export class RoleCannotLogIn extends DomainError<'ROLE_CANNOT_LOG_IN'> {
  constructor(url: string, cause: unknown) {
    const { username, hostname, port, pathname } = new URL(url)
    const place = `"${decodeURIComponent(pathname.slice(1))}" at ${hostname}:${port === '' ? '5432' : port}`
    super(
      'ROLE_CANNOT_LOG_IN',
      `The role "${decodeURIComponent(username)}" of the server cannot log in to the database ${place}: ${(cause as Error).message}. ` +
        'If TOLLGATE_MIGRATIONS_URL is set, the server uses the user and password of DATABASE_URL there too.',
      { cause },
    )
  }
}
