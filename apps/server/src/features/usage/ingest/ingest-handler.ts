import type { Viewer } from '@tollgate/accounts'
import { InvalidInput } from '@tollgate/kernel'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { requireScope, tenantOf } from '../../../graphql/authorize.ts'
import { recordRefusal } from '../../../graphql/record-refusal.ts'
import { readEncodedBody } from '../../../http/read-encoded-body.ts'
import type { BodyLimits } from '../../../http/read-json-body.ts'
import { type ErrorResponse, respond } from '../../../http/respond.ts'
import type { Log } from '../../../observability/log.ts'
import type { Tollgate } from '../../../tollgate.ts'
import { cloudEvents } from './cloud-events/cloud-events.ts'
import { errorResponseOf } from './error-response.ts'
import { trackIncoming } from './track-incoming.ts'
import { traces } from './traces/traces.ts'
import type { WayIn } from './way-in.ts'

/** What is known of a request that brings events. */
export interface IngestRequest {
  readonly viewer: Viewer
  readonly requestId: string
  readonly path: string
  /** Bounds of its body. */
  readonly limits: BodyLimits
  /** Responds with an error. */
  readonly refuse: (error: ErrorResponse) => void
}

/** Responds to a request that brings events in a format of its own. */
export type IngestHandler = (request: IncomingMessage, response: ServerResponse, about: IngestRequest) => Promise<void>

/** The ways in besides GraphQL, by path. */
const WAYS_IN: Readonly<Record<string, WayIn>> = { '/v1/events': cloudEvents, '/v1/traces': traces }

/** Serves the ways in: CloudEvents and OpenTelemetry traces, tracked as `trackUsage` tracks. */
export function createIngestHandler({ tollgate, log }: { readonly tollgate: Tollgate; readonly log: Log }): IngestHandler {
  return async (request, response, { viewer, requestId, path, limits, refuse }) => {
    const way = WAYS_IN[path]
    if (way === undefined) return refuse({ status: 404, code: 'NOT_FOUND', message: `Nothing is served at ${path.slice(0, 200)}.` })
    try {
      requireScope(viewer, 'usage:write')
      const tenantId = namedTenant(request)
      // Also of a request without events, and before its body is read.
      if (viewer.kind === 'tenant') await tenantOf({ viewer, tollgate }, tenantId)
      const refused = way.refusedHeaders(request.headers)
      if (refused !== undefined) return refuse(refused)
      const body = await readEncodedBody(request, limits)
      if (!Buffer.isBuffer(body)) return refuse(body)
      const reply = await way.receive({
        headers: request.headers,
        body,
        track: events => trackIncoming(events, { viewer, tollgate, tenantId }),
      })
      if ('error' in reply) return refuse(reply.error)
      respond(response, reply)
    } catch (error) {
      recordRefusal(error, `POST ${path}`, { viewer, tollgate, requestId, req: request })
      const refused = errorResponseOf(error)
      if (refused === undefined) throw error
      if (refused.status >= 500) log.warn({ requestId, path, reason: (error as Error).message }, 'Events of a request could not be recorded.')
      refuse(refused)
    }
  }
}

/** Returns the tenant that the URL names. Throws `InvalidInput` for anything else in the query. */
function namedTenant({ url = '/' }: IncomingMessage): string | undefined {
  const { searchParams } = new URL(url, 'http://server')
  const issues = [...new Set(searchParams.keys())].flatMap(name => {
    if (name !== 'tenant') return [{ path: name.slice(0, 60), message: 'is not a parameter' }]
    return searchParams.getAll(name).length > 1 ? [{ path: name, message: 'must be given once' }] : []
  })
  if (issues.length > 0) throw new InvalidInput(issues)
  return searchParams.get('tenant') ?? undefined
}
