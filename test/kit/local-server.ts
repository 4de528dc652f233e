import { readEnvironment } from '../../apps/server/src/environment.ts'
import { createLog } from '../../apps/server/src/observability/log.ts'
import { startServer as start } from '../../apps/server/src/start-server.ts'
import { type Api, createApi } from './api.ts'
import { OPERATOR_KEY } from './server-process.ts'

/** The real server, on its own port, in this process. */
export interface LocalServer extends AsyncDisposable {
  /** "http://localhost:41234" */
  readonly url: string
  /** A GraphQL client with the operator key. */
  readonly api: Api
  /** Its log so far, as JSON lines. */
  log(): string
  stop(): Promise<void>
}

/**
 * Starts a server in this process, which takes a fifth of the time of a process of its own. Use `startServer` where a
 * test is about the process: its output, its signals, its exit, or several processes.
 */
export async function startLocalServer(environment: Readonly<Record<string, string>>): Promise<LocalServer> {
  const settings = readEnvironment({
    PORT: '0',
    TOLLGATE_IDLE_GRACE_SECONDS: '0',
    TOLLGATE_OPERATOR_KEY: OPERATOR_KEY,
    TOLLGATE_DASHBOARD: '0', // It may be built or not.
    LOG_LEVEL: 'info',
    ...environment,
  })
  let log = ''
  const { url, stop } = await start(settings, createLog(settings, { write: line => void (log += line) }))
  return { url, api: createApi({ url: `${url}/graphql`, key: OPERATOR_KEY }), log: () => log, stop, [Symbol.asyncDispose]: stop }
}
