import type { IncomingMessage, ServerResponse } from 'node:http'
import { holdsKey } from '../http/holds-key.ts'
import { type ErrorResponse, respond, respondError, respondJson } from '../http/respond.ts'
import type { Health } from './health.ts'
import type { Metrics } from './metrics.ts'

/** Responds to GET and HEAD. */
export type MonitoringRoute = (response: ServerResponse, request: IncomingMessage) => void | Promise<void>

/** What monitoring needs. */
export interface MonitoringParts {
  readonly health: Health
  readonly metrics: Metrics
  /** The key that `/metrics` requires; undefined for none. */
  readonly metricsKey: string | undefined
}

/** Returns the paths of health and metrics. */
export function monitoringRoutes({ health, metrics, metricsKey }: MonitoringParts): Readonly<Record<'/healthz' | '/readyz' | '/metrics', MonitoringRoute>> {
  return {
    '/healthz': response => {
      const reason = health.beyondRecovery()
      if (reason === undefined) respondJson(response, 200, { status: 'alive' })
      else respondJson(response, 503, { status: 'beyond recovery', message: `${reason} Restart the server once this is fixed.` })
    },
    '/readyz': response => {
      const readiness = health.readiness()
      respondJson(response, readiness.ready ? 200 : 503, readiness)
    },
    '/metrics': async (response, request) => {
      if (metricsKey !== undefined && !holdsKey(request, metricsKey)) return respondError(response, METRICS_KEY_NEEDED)
      respond(response, { status: 200, type: metrics.contentType, body: await metrics.text() })
    },
  }
}

const METRICS_KEY_NEEDED: ErrorResponse = {
  status: 401,
  code: 'UNAUTHENTICATED',
  message: 'The metrics of this server require a key: send the header "Authorization: Bearer <key>" with the value of TOLLGATE_METRICS_KEY.',
  headers: { 'www-authenticate': 'Bearer' },
}
