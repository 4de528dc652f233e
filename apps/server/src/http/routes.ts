import { NotAuthenticated, type Viewer } from '@tollgate/accounts'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { DATABASE_UNAVAILABLE, type Health } from '../observability/health.ts'
import type { Metrics } from '../observability/metrics.ts'
import { monitoringRoutes } from '../observability/monitoring-routes.ts'
import { type BodyMemory, OPERATOR, WITHOUT_KEY } from './body-memory.ts'
import { clientAddress } from './client-address.ts'
import { preflightHeaders } from './cross-origin.ts'
import type { Dashboard } from './static/open-dashboard.ts'
import type { RequestHandler } from './http-server.ts'
import { identifySender, type KeyChecks, type Sender } from './identify-sender.ts'
import { readEncodedBody } from './read-encoded-body.ts'
import { type BodyLimits, readJsonBody } from './read-json-body.ts'
import { KEYLESS_BODY_WITHIN_MS, MAX_BODY_BYTES, MAX_KEYLESS_BODY_BYTES, MAX_PAYMENT_WEBHOOK_BYTES, MAX_SKIPPED_BYTES } from './request-limits.ts'
import type { DocumentHandler } from '../features/billing/documents/document-downloads.ts'
import { DOCUMENT_PATH } from '../features/billing/documents/document-links.ts'
import type { DownloadHandler } from '../features/audit/download/audit-downloads.ts'
import { GRAPHIQL_ASSETS, PATHS } from './paths.ts'
import type { PaymentWebhookHandler } from '../features/billing/payments/payment-webhooks.ts'
import type { InvoicePageHandler } from '../features/billing/pages/invoice-page.ts'
import { INVOICE_PAGE_PATH } from '../features/billing/mail/invoice-links.ts'
import type { UnsubscribeHandler } from '../features/billing/mail/unsubscribe-page.ts'
import type { IngestHandler } from '../features/usage/ingest/ingest-handler.ts'
import { errorResponder, isWayIn, webhookHeaders } from '../features/usage/ingest/respond-in-kind.ts'
import { keyNeeded, notFound, onlyReads, unavailable } from './refusals.ts'
import { type ErrorResponse, respond, respondError } from './respond.ts'
import type { TollgateResponse } from './server-response.ts'
import { hasTextInUrl, URL_NOT_TEXT } from './url-text.ts'

/** What is known of a request before GraphQL. */
export interface KnownRequest {
  readonly requestId: string
  /** The address that it came from. */
  readonly address?: string
  /** Who sent it. Undefined for a request without a body, whose sender GraphQL identifies. */
  readonly authentication?: Viewer | NotAuthenticated
}

/** GraphQL for node:http. If the JSON body was read before, it is in `request.body`. */
export type GraphQLHandler = (request: IncomingMessage & { body?: object }, response: ServerResponse, context: KnownRequest) => void | Promise<void>

/** What the routes serve. */
export interface RouteOptions {
  readonly health: Health
  readonly metrics: Metrics
  /** The key that `/metrics` requires; undefined for none. */
  readonly metricsKey: string | undefined
  /** Whether `/metrics` is served here, and not at a port of its own. Defaults to yes. */
  readonly servesMetrics?: boolean
  readonly bodies: BodyMemory
  /** Origins whose pages may use the API. Undefined for all. */
  readonly allowedOrigins?: readonly string[] | undefined
  /** Served at `/`. Without it, `/` redirects to GraphQL. */
  readonly dashboard?: Dashboard | undefined
  /** Undefined until the server has started. */
  readonly graphql: () =>
    | {
        readonly handler: GraphQLHandler
        readonly keyChecks: KeyChecks
        readonly downloads: DownloadHandler
        readonly documents: DocumentHandler
        readonly ingest: IngestHandler
        readonly unsubscribe?: UnsubscribeHandler
        readonly invoicePage?: InvoicePageHandler
        readonly paymentWebhooks?: PaymentWebhookHandler
      }
    | undefined
  /** Returns whether a GraphQL request can be answered while the database is down. */
  readonly worksOffline: (body: object) => boolean
}

/** Creates the handler of all paths. */
export function createRoutes({
  health,
  metrics,
  metricsKey,
  servesMetrics = true,
  bodies,
  allowedOrigins,
  dashboard,
  graphql,
  worksOffline,
}: RouteOptions): RequestHandler {
  const { '/metrics': metricsRoute, ...healthRoutes } = monitoringRoutes({ health, metrics, metricsKey })
  const monitoring = servesMetrics ? { ...healthRoutes, '/metrics': metricsRoute } : healthRoutes
  const readOnly: Readonly<Record<string, (response: ServerResponse, request: IncomingMessage) => void | Promise<void>>> = {
    '/': response => respond(response, { status: 302, type: 'text/plain', body: 'See /graphql\n', headers: { location: '/graphql' } }),
    ...monitoring,
  }

  // Not async: each promise costs as much as reading the body of a small request.
  return (request, response, { requestId, path }) => {
    if (request.method === 'OPTIONS') return respondToOptions(request, response, path)
    if (path.startsWith(GRAPHIQL_ASSETS)) return sendGraphiQL(request, response, requestId)
    if (path === '/' || !PATHS.has(path)) {
      const send = dashboard?.at(path)
      if (send !== undefined) return sendContent(request, response, path, send)
      if (path !== '/') return respondError(response, notFound(path))
    }
    if (path === '/graphql') return answerGraphQL(request, response, requestId)
    if (isWayIn(path)) return receiveEvents(request, response, { requestId, path })
    if (path.startsWith(PAYMENT_WEBHOOKS)) return receivePaymentWebhook(request, response, { requestId, path })
    if (path === '/v1/mail/unsubscribe') return sendPage(request, response, served => served.unsubscribe)
    if (path === INVOICE_PAGE_PATH) return sendPage(request, response, served => served.invoicePage)
    if (path === DOCUMENT_PATH) return sendDocument(request, response)
    if (path.startsWith('/v1/audit/')) return sendDownload(request, response, requestId)
    const show = Object.hasOwn(readOnly, path) ? readOnly[path] : undefined
    if (show === undefined) return respondError(response, notFound(path))
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return respondError(response, onlyReads(path))
    }
    return show(response, request)
  }

  /** Also for paths that do not exist: a page can read an error only after a preflight that allows the request. */
  function respondToOptions({ headers }: IncomingMessage, response: ServerResponse, path: string): void {
    const methods = methodsOf(path)
    response.writeHead(204, {
      allow: methods,
      'content-length': 0,
      ...preflightHeaders(headers, methods, allowedOrigins),
      ...(isWayIn(path) && webhookHeaders(headers)),
    })
    response.end()
  }

  async function sendContent(request: IncomingMessage, response: ServerResponse, path: string, send: NonNullable<ReturnType<Dashboard['at']>>): Promise<void> {
    if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(request, response, onlyReads(path))
    return send(request, response)
  }

  async function sendGraphiQL(request: IncomingMessage, response: ServerResponse, requestId: string): Promise<void> {
    const served = graphql()
    if (served === undefined) return refuse(request, response, unavailable())
    if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(request, response, onlyReads(GRAPHIQL_ASSETS))
    return served.handler(request, response, { requestId })
  }

  async function answerGraphQL(request: IncomingMessage, response: TollgateResponse, requestId: string): Promise<void> {
    const served = graphql()
    const reason = health.unavailable()
    const offline = reason?.code === 'DATABASE_UNAVAILABLE' && request.method === 'POST'
    if (served === undefined || (reason !== undefined && !offline)) return refuse(request, response, unavailable(reason))
    if (request.method !== 'POST')
      return hasTextInUrl(request) ? served.handler(request, response, { requestId, address: clientAddress(request) }) : refuse(request, response, URL_NOT_TEXT)
    // Before the body is read: that costs more than the sender may be worth.
    const sender = await identifySender(served.keyChecks, { request, requestId, offline })
    if ('status' in sender) return refuse(request, response, sender)
    const { authentication, isOffline } = sender
    const reading = readJsonBody(request, limitsOf(request, response, authentication))
    const body = reading instanceof Promise ? await reading : reading
    if ('error' in body) return refuse(request, response, body.error)
    if (isOffline && !worksOffline(body.value)) return refuse(request, response, unavailable(reason ?? DATABASE_UNAVAILABLE))
    const read: IncomingMessage & { body?: object } = request
    read.body = body.value
    return served.handler(read, response, { requestId, authentication })
  }

  /** The signature says who sent it, so it needs no key. */
  async function receivePaymentWebhook(
    request: IncomingMessage,
    response: TollgateResponse,
    { requestId, path }: { requestId: string; path: string },
  ): Promise<void> {
    const served = graphql()
    const reason = health.unavailable()
    if (served?.paymentWebhooks === undefined || reason !== undefined) return refuse(request, response, unavailable(reason))
    if (request.method !== 'POST') {
      return refuse(request, response, { status: 405, code: 'METHOD_NOT_ALLOWED', message: `${path} accepts only POST.`, headers: { allow: 'POST' } })
    }
    const memory = bodies.open(WITHOUT_KEY)
    response.bodyMemory = memory
    const limits = { maxBytes: MAX_PAYMENT_WEBHOOK_BYTES, withinMs: KEYLESS_BODY_WITHIN_MS, tooLarge: WEBHOOK_TOO_LARGE, memory, onRead: () => {} }
    const body = await readEncodedBody(request, limits)
    if (!Buffer.isBuffer(body)) return refuse(request, response, body)
    return served.paymentWebhooks(request, response, {
      provider: path.slice(PAYMENT_WEBHOOKS.length),
      body,
      requestId,
      refuse: error => refuse(request, response, error),
    })
  }

  /** Sends a page with a form. The link says who may use it, so it needs no key. */
  async function sendPage(
    request: IncomingMessage,
    response: ServerResponse,
    pageOf: (served: NonNullable<ReturnType<RouteOptions['graphql']>>) => UnsubscribeHandler | InvoicePageHandler | undefined,
  ): Promise<void> {
    const served = graphql()
    const page = served && pageOf(served)
    const reason = health.unavailable()
    if (page === undefined || reason !== undefined) return refuse(request, response, unavailable(reason))
    if (request.method !== 'GET' && request.method !== 'HEAD' && request.method !== 'POST') {
      const allow = 'GET, HEAD, POST'
      return refuse(request, response, { status: 405, code: 'METHOD_NOT_ALLOWED', message: `Use ${allow}.`, headers: { allow } })
    }
    if (!request.complete) skipBody(request)
    return page(request, response)
  }

  async function sendDownload(request: IncomingMessage, response: ServerResponse, requestId: string): Promise<void> {
    const served = graphql()
    const reason = health.unavailable()
    if (served === undefined || reason !== undefined) return refuse(request, response, unavailable(reason))
    if (request.method !== 'GET') {
      return refuse(request, response, { status: 405, code: 'METHOD_NOT_ALLOWED', message: 'Downloads accept only GET.', headers: { allow: 'GET' } })
    }
    const sender = await identifySender(served.keyChecks, { request, requestId, offline: false })
    if ('status' in sender) return refuse(request, response, sender)
    if (sender.authentication instanceof NotAuthenticated) return refuse(request, response, keyNeeded(sender.authentication))
    // A viewer that is known without the database has only the scopes of what works without it.
    if (sender.isOffline) return refuse(request, response, unavailable(DATABASE_UNAVAILABLE))
    return served.downloads(request, response, { viewer: sender.authentication, requestId })
  }

  /** Needs no key: the link is signed. */
  async function sendDocument(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const served = graphql()
    const reason = health.unavailable()
    if (served === undefined || reason !== undefined) return refuse(request, response, unavailable(reason))
    if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(request, response, onlyReads(DOCUMENT_PATH))
    return served.documents(request, response)
  }

  async function receiveEvents(request: IncomingMessage, response: TollgateResponse, { requestId, path }: { requestId: string; path: string }): Promise<void> {
    const respondWith = errorResponder(path, request.headers)
    const refuseAlike = (error: ErrorResponse) => refuse(request, response, error, respondWith)
    const served = graphql()
    const reason = health.unavailable()
    if (served === undefined || reason !== undefined) return refuseAlike(unavailable(reason))
    if (request.method !== 'POST') {
      return refuseAlike({ status: 405, code: 'METHOD_NOT_ALLOWED', message: `${path} accepts only POST.`, headers: { allow: 'POST, OPTIONS' } })
    }
    const sender = await identifySender(served.keyChecks, { request, requestId, offline: false })
    if ('status' in sender) return refuseAlike(sender)
    if (sender.isOffline) return refuseAlike(unavailable(DATABASE_UNAVAILABLE))
    const { authentication: viewer } = sender
    if (viewer instanceof NotAuthenticated) return refuseAlike(keyNeeded(viewer))
    return served.ingest(request, response, { viewer, requestId, path, limits: limitsOf(request, response, viewer), refuse: refuseAlike })
  }

  /**
   * Responds with an error to a request whose body may not have been read. Reads and forgets the rest of it, because a client
   * that is still sending would find its connection reset instead of the response.
   */
  function refuse(request: IncomingMessage, response: ServerResponse, { headers, ...error }: ErrorResponse, respondWith = respondError): void {
    const { expect } = request.headers
    if (!request.complete) skipBody(request)
    respondWith(response, {
      ...error,
      headers: {
        ...headers,
        // A client that waits to be asked for its body does not send it, and what follows would be taken for it.
        ...(expect !== undefined && !request.complete && { connection: 'close' }),
      },
    })
  }

  function limitsOf(request: IncomingMessage, response: TollgateResponse, authentication: Sender['authentication']): BodyLimits {
    const isKeyless = authentication instanceof NotAuthenticated
    const memory = bodies.open(isKeyless ? WITHOUT_KEY : authentication.kind === 'tenant' ? authentication.tenantId : OPERATOR)
    response.bodyMemory = memory
    return {
      maxBytes: isKeyless ? MAX_KEYLESS_BODY_BYTES : MAX_BODY_BYTES,
      withinMs: isKeyless ? KEYLESS_BODY_WITHIN_MS : undefined,
      tooLarge: isKeyless ? keyNeeded(authentication) : TOO_LARGE,
      memory,
      onRead: request.headers.expect === undefined ? () => {} : () => response.writeContinue(),
    }
  }
}

function methodsOf(path: string): string {
  if (path === '/graphql') return 'GET, POST, OPTIONS'
  if (isWayIn(path) || path.startsWith(PAYMENT_WEBHOOKS)) return 'POST, OPTIONS'
  return path === '/v1/mail/unsubscribe' ? 'GET, HEAD, POST, OPTIONS' : 'GET, HEAD, OPTIONS'
}

const TOO_LARGE: ErrorResponse = {
  status: 413,
  code: 'PAYLOAD_TOO_LARGE',
  message: `The body is larger than ${MAX_BODY_BYTES} bytes; send fewer events in one request.`,
}

/** Webhooks of payment providers have the name of the provider after it. */
const PAYMENT_WEBHOOKS = '/v1/payments/'

const WEBHOOK_TOO_LARGE: ErrorResponse = {
  status: 413,
  code: 'PAYLOAD_TOO_LARGE',
  message: `The body is larger than ${MAX_PAYMENT_WEBHOOK_BYTES} bytes.`,
}

function skipBody(request: IncomingMessage): void {
  let skipped = 0
  request.on('data', (chunk: Buffer) => {
    skipped += chunk.length
    if (skipped > MAX_SKIPPED_BYTES) request.destroy()
  })
}
