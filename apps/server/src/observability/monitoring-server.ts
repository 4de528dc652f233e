import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { PortUnusable } from '../http/listening/port-unusable.ts'
import { dropOrigin, pathOf } from '../http/paths.ts'
import { respondError } from '../http/respond.ts'
import { SECURITY_HEADERS } from '../http/security-headers.ts'
import type { Log } from './log.ts'
import { type MonitoringParts, type MonitoringRoute, monitoringRoutes } from './monitoring-routes.ts'

/** A port of its own for health and metrics, which answers from before the server is ready until it has stopped. */
export interface MonitoringServer {
  readonly port: number
  close(): Promise<void>
}

const REQUEST_WITHIN_MS = 10_000

/** Starts listening. Throws `PortUnusable`. */
export async function startMonitoringServer({
  port,
  host,
  log,
  ...parts
}: MonitoringParts & { readonly port: number; readonly host: string; readonly log: Log }): Promise<MonitoringServer> {
  const routes: Readonly<Record<string, MonitoringRoute>> = monitoringRoutes(parts)
  const server = createServer({ requestTimeout: REQUEST_WITHIN_MS, headersTimeout: REQUEST_WITHIN_MS }, (request, response) => {
    dropOrigin(request)
    const path = pathOf(request)
    const route = Object.hasOwn(routes, path) ? routes[path] : undefined
    for (const [name, value] of SECURITY_HEADERS) response.setHeader(name, value)
    if (route === undefined) return respondError(response, { status: 404, code: 'NOT_FOUND', message: `This port serves ${Object.keys(routes).join(', ')}.` })
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return respondError(response, { status: 405, code: 'METHOD_NOT_ALLOWED', message: `${path} accepts only GET and HEAD.`, headers: { allow: 'GET, HEAD' } })
    }
    Promise.resolve(route(response, request)).catch((error: unknown) => {
      log.error({ err: error }, 'Metrics could not be read.')
      response.destroy()
    })
  })
  server.listen({ port, host })
  await once(server, 'listening').catch((error: unknown) => {
    throw new PortUnusable(port, error as NodeJS.ErrnoException, 'TOLLGATE_METRICS_PORT')
  })
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}
