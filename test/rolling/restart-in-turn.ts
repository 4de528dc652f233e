import { eventually } from '../kit/eventually.ts'
import type { ServerProcess } from '../kit/server-process.ts'
import type { Load } from './load.ts'

/** Starts a server at a port. */
export type StartAt = (port: number) => Promise<ServerProcess>

/** Requests that are sent before, between and after the steps. */
const BETWEEN = 60

/**
 * Restarts servers one after the other under load, as a rolling upgrade does: the next one when the last one is ready again.
 * Checks that each of them still serves while it says that it stops.
 */
export async function restartInTurn(servers: ServerProcess[], startAt: StartAt, load: Load): Promise<void> {
  for (const [index, server] of servers.entries()) {
    await someRequests(load)
    server.signal('SIGTERM')
    await eventually(`${server.url} says that it stops`, async () => (await fetch(`${server.url}/readyz`)).status === 503)
    await server.api.ask('{ viewer { kind } }')
    const code = await server.ended()
    if (code !== 0) throw new Error(`The server ended with ${code}:\n${server.stderr()}`)
    await someRequests(load)
    servers[index] = await startAt(Number(new URL(server.url).port))
  }
  await someRequests(load)
}

async function someRequests(load: Load): Promise<void> {
  const before = load.sent()
  await eventually('further requests were sent', () => load.sent() > before + BETWEEN)
}
