import type { Viewer } from '@tollgate/accounts'
import { csvReport, type ExportFormat } from '@tollgate/audit'
import { Forbidden, InvalidInput, isDomainError, NotFound } from '@tollgate/kernel'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { executeFor } from '../../../database/admission/request-work.ts'
import { requireScope } from '../../../graphql/authorize.ts'
import { recordRefusal } from '../../../graphql/record-refusal.ts'
import { type ErrorResponse, respond, respondError } from '../../../http/respond.ts'
import type { Log } from '../../../observability/log.ts'
import type { Tollgate } from '../../../tollgate.ts'
import { auditLogOf } from '../graphql/audit-log.ts'
import { ALL_TIMES, type ExportQuery, readExportQuery } from './export-request.ts'

/** Responds to a request under `/v1/audit/`. */
export type DownloadHandler = (
  request: IncomingMessage,
  response: ServerResponse,
  about: { readonly viewer: Viewer; readonly requestId: string },
) => Promise<void>

/** What downloads need. */
export interface DownloadOptions {
  readonly tollgate: Pick<Tollgate, 'audit' | 'accounts' | 'attempts'>
  readonly log: Log
  /** How long a reader may read nothing. Defaults to ten minutes. */
  readonly stalledMs?: number
}

/** Maximum number of downloads of one tenant, or of operators, at the same time. */
const MAX_DOWNLOADS = 2
const STALLED_MS = 600_000
const TYPES: Readonly<Record<ExportFormat, string>> = { jsonl: 'application/x-ndjson', csv: 'text/csv; charset=utf-8' }
const PATH = /^\/v1\/audit\/(events|report)\.(jsonl|csv)$/

/** Serves audit logs as files: `/v1/audit/events.jsonl`, and the counts of `/v1/audit/report.csv`. */
export function auditDownloads({ tollgate, log, stalledMs = STALLED_MS }: DownloadOptions): DownloadHandler {
  const running = new Map<string, number>()

  async function sendEvents(response: ServerResponse, query: ExportQuery, requestId: string): Promise<void> {
    const parts = tollgate.audit.export(query)
    response.writeHead(200, {
      'content-type': TYPES[query.format],
      'content-disposition': `attachment; filename="audit-${query.tenantId ?? 'installation'}.${query.format}"`,
    })
    // A client that stops reading holds memory for one page, and nothing of the database.
    response.setTimeout(stalledMs, () => response.destroy())
    const logged = async function* () {
      try {
        yield* parts
      } catch (error) {
        // The last line says that the export is incomplete.
        log.warn({ requestId, err: error }, 'An export of an audit log failed.')
      }
    }
    await pipeline(Readable.from(logged(), { objectMode: false }), response).catch((error: unknown) => {
      if (!response.destroyed) throw error // The client has disconnected.
    })
  }

  async function sendReport(response: ServerResponse, { format, tenantId, range }: ExportQuery): Promise<void> {
    const report = await tollgate.audit.report({ tenantId, range: range ?? ALL_TIMES })
    respond(response, { status: 200, type: TYPES[format], body: format === 'csv' ? csvReport(report) : `${JSON.stringify(report)}\n` })
  }

  return async (request, response, { viewer, requestId }) => {
    const url = new URL(request.url ?? '/', 'http://server')
    const [, what, format] = PATH.exec(url.pathname) ?? []
    if (what === undefined) return respondError(response, { status: 404, code: 'NOT_FOUND', message: `Nothing is served at ${url.pathname.slice(0, 200)}.` })
    const owner = viewer.kind === 'tenant' ? `tenant ${viewer.tenantId}` : 'operator'
    const count = running.get(owner) ?? 0
    if (count >= MAX_DOWNLOADS) return respondError(response, TOO_MANY)
    running.set(owner, count + 1)
    try {
      await executeFor(viewer, 'read', async () => {
        requireScope(viewer, 'audit:read')
        const query = readExportQuery(url.searchParams, format as ExportFormat)
        const named = { ...query, tenantId: await auditLogOf({ viewer, tollgate }, query.tenantId) }
        await (what === 'events' ? sendEvents(response, named, requestId) : sendReport(response, named))
      })
    } catch (error) {
      recordRefusal(error, url.pathname, { viewer, tollgate, requestId, req: request })
      const refused = isDomainError(error) ? errorResponse(error) : undefined
      if (refused === undefined || response.headersSent) throw error
      respondError(response, refused)
    } finally {
      const left = (running.get(owner) ?? 1) - 1
      if (left > 0) running.set(owner, left)
      else running.delete(owner)
    }
  }
}

const TOO_MANY: ErrorResponse = {
  status: 429,
  code: 'TOO_MANY_REQUESTS',
  message: `At most ${MAX_DOWNLOADS} downloads run at the same time. Wait until one has ended.`,
  headers: { 'retry-after': '10' },
}

function errorResponse(error: { readonly code: string; readonly message: string }): ErrorResponse | undefined {
  const status = error instanceof InvalidInput ? 400 : error instanceof Forbidden ? 403 : error instanceof NotFound ? 404 : undefined
  return status && { status, code: error.code, message: error.message }
}
