import { DomainError } from '@tollgate/kernel'

/** The database cannot be reached or does not let us in. The message names host and port, never the password. */
export class DatabaseUnusable extends DomainError<'DATABASE_UNUSABLE'> {
  constructor(url: string, cause: unknown) {
    const { hostname, port, pathname, username } = new URL(url)
    const server = `${hostname}:${port === '' ? '5432' : port}`
    const reason = reasonOf(cause, { user: decodeURIComponent(username), database: decodeURIComponent(pathname.slice(1)) })
    super('DATABASE_UNUSABLE', `The database at ${server} cannot be used: ${reason} (DATABASE_URL says where it is.)`, { cause })
  }
}

function reasonOf(cause: unknown, { user, database }: { user: string; database: string }): string {
  // Where a name has several addresses, Node collects their failures.
  const { code, message } = (cause instanceof AggregateError ? cause.errors[0] : cause) as { code?: string; message: string }
  switch (code) {
    case 'ECONNREFUSED':
      return 'nothing listens there. Is PostgreSQL running?'
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return 'its host name is not known.'
    case 'ETIMEDOUT':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return 'it does not answer.'
    case '28P01':
    case '28000':
      return `it refuses the user "${user}" or the password.`
    case '3D000':
      return `it has no database "${database}". Make it with: create database ${database}`
    default:
      return message.replace(/\.?$/, '.')
  }
}
