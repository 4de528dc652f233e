import { DomainError } from '@tollgate/kernel'
import { tlsFailure } from '@tollgate/postgres'

/** The database cannot be reached or rejects the user. The message names host and port, never the password. */
export class DatabaseUnusable extends DomainError<'DATABASE_UNUSABLE'> {
  constructor(url: string, cause: unknown) {
    const { hostname, port, pathname, username } = new URL(url)
    const server = `${hostname}:${port === '' ? '5432' : port}`
    const reason = reasonOf(cause, { user: decodeURIComponent(username), database: decodeURIComponent(pathname.slice(1)) })
    super('DATABASE_UNUSABLE', `The database at ${server} cannot be used: ${reason} (DATABASE_URL sets its address.)`, { cause })
  }
}

function reasonOf(cause: unknown, { user, database }: { user: string; database: string }): string {
  // If a host name has several addresses, Node collects their errors.
  const { code, message } = (cause instanceof AggregateError ? cause.errors[0] : cause) as { code?: string; message: string }
  const problem = tlsFailure(cause)
  if (problem !== undefined) return problem
  switch (code) {
    case 'ECONNREFUSED':
      return 'nothing listens there. Is PostgreSQL running?'
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return 'its host name cannot be resolved.'
    case 'ETIMEDOUT':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return 'it does not respond.'
    case '28P01':
    case '28000':
      return `it rejects the user "${user}" or the password.`
    case '3D000':
      return `it has no database "${database}". Create it with: create database ${database}`
    default:
      return message.replace(/\.?$/, '.')
  }
}
