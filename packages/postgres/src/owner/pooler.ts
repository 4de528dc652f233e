import { DomainError } from '@tollgate/kernel'
import type { Client } from 'pg'

/** A URL that must be direct goes through a pooler in transaction mode. Nothing was changed. */
export class PoolerInBetween extends DomainError<'POOLER_IN_BETWEEN'> {
  constructor(url: string) {
    const { hostname, port } = new URL(url)
    super(
      'POOLER_IN_BETWEEN',
      `A pooler at ${hostname}:${port === '' ? '5432' : port} shares sessions between clients, so notifications, jobs and migrations do not work through it. ` +
        'Set TOLLGATE_MIGRATIONS_URL to a URL of the owner without the pooler, and DATABASE_URL to a URL of the role of the server, which may go through the pooler. Nothing was changed.',
    )
  }
}

/** A connection of the driver. `processID` is what the other end of the connection said that it is. */
export type ProbedClient = Pick<Client, 'query'> & { readonly processID?: number | null }

/** Poolers that take their sessions in turns have about as many. */
const MAX_PROBES = 20

/**
 * Whether a pooler gives the session of one client to another between transactions. `openAnother` opens a second
 * connection to the same place, and is called only if there is a pooler.
 */
export async function sharesSessions(client: ProbedClient, openAnother: () => Promise<ProbedClient>): Promise<boolean> {
  const session = await sessionOf(client)
  if (client.processID === session) return false
  const another = await openAnother()
  for (let probe = 0; probe < MAX_PROBES; probe++) if ((await sessionOf(another)) === session) return true
  return false
}

async function sessionOf(client: ProbedClient): Promise<number | undefined> {
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
  return rows[0]?.pid
}
