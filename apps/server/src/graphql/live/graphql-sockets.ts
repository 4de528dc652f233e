import { NotAuthenticated, TooManyAttempts } from '@tollgate/accounts'
import { recordRefusedKey } from '../record-refused-key.ts'
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { type DocumentNode, type ExecutionArgs, type ExecutionResult, getOperationAST, GraphQLError, type GraphQLSchema, OperationTypeNode } from 'graphql'
import { CloseCode, type ConnectionInitMessage, handleProtocols, makeServer, type SubscribePayload } from 'graphql-ws'
import { type WebSocket, WebSocketServer } from 'ws'
import type { ErrorResponse } from '../../http/respond.ts'
import { clientAddress } from '../../http/client-address.ts'
import { networkOf } from '../../http/network-of.ts'
import { respondAndClose } from '../../http/respond-and-close.ts'
import { ServerStopping, SubscriberTooSlow, TooManySubscriptions } from './errors.ts'
import type { LiveServing } from './live-serving.ts'
import { MAX_KEYLESS_SOCKET_BYTES, MAX_MESSAGE_BYTES, MAX_SOCKETS, MAX_SUBSCRIPTIONS_PER_SOCKET } from '../limits/subscription-limits.ts'
import { errorPresenter } from '../errors/present-errors.ts'
import { operationHash, operationText } from '../persisted/persisted-operations.ts'
import { PERSISTED_ERRORS } from '../persisted/serve-persisted-operations.ts'
import { createGraphQLHandler, type GraphQLHandlerOptions } from '../yoga.ts'

/** GraphQL over WebSockets. */
export interface GraphQLSockets {
  /** Accepts a connection that asks to become a WebSocket. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer, context: { readonly requestId: string }): void
  count(): number
  /** Closes all WebSockets, so that clients reconnect, to another server or later. Terminates those that do not close in time. */
  stop(): Promise<void>
}

/** The state of a connection. */
interface Connection {
  readonly socket: WebSocket
  readonly requestId: string
  readonly address: string
  /** From the upgrade request; replaced by the one in `connection_init`. */
  authorization: string | null
  /** Ends the limit of what a client without a key may send. */
  readonly keyKnown: () => void
}

/** Yoga's functions for one request, for which yoga has no types. */
interface Enveloped {
  readonly schema: GraphQLSchema
  parse(query: string): DocumentNode
  validate(schema: GraphQLSchema, document: DocumentNode): readonly GraphQLError[]
  contextFactory(): Promise<object> | object
  subscribe(args: ExecutionArgs): Promise<AsyncGenerator<ExecutionResult> | ExecutionResult>
}

type Context = Parameters<NonNullable<Parameters<typeof makeServer<ConnectionInitMessage['payload'], Connection>>[0]['onConnect']>>[0]

/** How long a client may take to send `connection_init`. */
const INIT_TIMEOUT_MS = 5_000
/** A connection that does not reply to a ping before the next one is closed. */
const PING_EVERY_MS = 15_000
/** Maximum size of unsent data for a client that keeps sending but does not read. */
const MAX_UNSENT_BYTES = 4 * 1024 * 1024
const CLOSE_WITHIN_MS = 1_000

const GOING_AWAY = 1001
const TRY_AGAIN_LATER = 1013

/**
 * Serves the protocol graphql-transport-ws, for subscriptions only: queries and mutations over HTTP have limits, retries
 * and an orderly shutdown that they would not have here. Subscriptions over HTTP are executed by the same code.
 */
export function createGraphQLSockets({ serving, ...options }: GraphQLHandlerOptions & { readonly serving: LiveServing }): GraphQLSockets {
  const { authenticator, logger } = options
  const yoga = createGraphQLHandler({ ...options, serving })
  const present = errorPresenter(logger)
  const connections = new Set<Connection>()
  const server = new WebSocketServer({ noServer: true, clientTracking: false, perMessageDeflate: false, maxPayload: MAX_MESSAGE_BYTES, handleProtocols })
  let stopping = false

  const protocol = makeServer<ConnectionInitMessage['payload'], Connection>({
    connectionInitWaitTimeout: INIT_TIMEOUT_MS,
    async onConnect({ extra: connection, connectionParams }) {
      connection.authorization = authorizationIn(connectionParams) ?? connection.authorization
      const viewer = await authenticated(connection, refuse)
      if (viewer !== undefined) connection.keyKnown()
      return viewer !== undefined
    },
    onSubscribe: (context, _id, payload) => executionOf(context, payload),
    subscribe: ({ rootValue, ...args }) => (rootValue as Pick<Enveloped, 'subscribe'>).subscribe(args),
  })

  /** Returns the viewer; undefined without a valid key, and then closes the connection. */
  async function authenticated(connection: Connection, onInvalid: typeof refuse) {
    try {
      const viewer = await authenticator.authenticate(connection.authorization, networkOf(connection.address))
      if (!(viewer instanceof NotAuthenticated)) return viewer
      recordRefusedKey(options.tollgate.attempts, viewer, connection)
      onInvalid(connection, viewer)
    } catch (error) {
      recordRefusedKey(options.tollgate.attempts, error, connection)
      const isRefused = error instanceof TooManyAttempts
      if (!isRefused) logger.error({ err: error, requestId: connection.requestId }, 'A WebSocket could not be authenticated.')
      connection.socket.close(TRY_AGAIN_LATER, isRefused ? error.message : 'API keys cannot be checked: the database does not respond')
    }
    return undefined
  }

  async function executionOf({ extra: connection, subscriptions }: Context, payload: SubscribePayload) {
    const { operationName, variables } = payload
    if (Object.keys(subscriptions).length > MAX_SUBSCRIPTIONS_PER_SOCKET) {
      return [present(new TooManySubscriptions('on this connection', MAX_SUBSCRIPTIONS_PER_SOCKET))]
    }
    // For each subscription, as for each request over HTTP.
    const authentication = await authenticated(connection, end)
    if (authentication === undefined) return [present(new NotAuthenticated('unknown'))]
    const { requestId, authorization } = connection
    const enveloped: Enveloped = yoga.getEnveloped({
      authentication,
      authorization,
      requestId,
      disconnect: (reason: Error) => end(connection, reason),
    })
    const { schema, subscribe } = enveloped
    try {
      const document = enveloped.parse(textOf(payload))
      const invalid = enveloped.validate(schema, document)
      if (invalid.length > 0) return invalid.map(error => withoutStatus(present(error, requestId)))
      if (getOperationAST(document, operationName)?.operation !== OperationTypeNode.SUBSCRIPTION) return [subscriptionsOnly()]
      return {
        schema,
        document,
        operationName,
        variableValues: variables,
        contextValue: await enveloped.contextFactory(),
        rootValue: { subscribe },
      } as ExecutionArgs
    } catch (error) {
      return [withoutStatus(present(error, requestId))]
    }
  }

  /** Returns the text of the operation. The protocol requires one, so that a client sends an empty one with the hash of a persisted operation. */
  function textOf(payload: SubscribePayload & { readonly documentId?: unknown }): string {
    const text = operationText(payload, options.persisted)
    if (text !== undefined) return text
    if (options.persisted === undefined) return payload.query
    const { persistedQueryOnly, notFound, keyNotFound } = PERSISTED_ERRORS
    const { message, extensions } = payload.query !== '' ? persistedQueryOnly : operationHash(payload) === undefined ? keyNotFound : notFound
    throw new GraphQLError(message, { extensions })
  }

  function opened(socket: WebSocket, connection: Connection): void {
    const startedAt = performance.now()
    connections.add(connection)
    const unguard = serving.guard.watch({
      get authorization() {
        return connection.authorization
      },
      onLost: reason => end(connection, reason),
    })
    const stopPinging = keepAlive(socket)
    socket.on('error', error => logger.debug({ reason: error.message, requestId: connection.requestId }, 'A WebSocket failed.'))
    const closed = protocol.opened(
      {
        protocol: socket.protocol,
        send: text => sendTo(socket, text),
        close: (code, reason) => socket.close(code, reason),
        onMessage: handle =>
          socket.on('message', data => {
            if (socket.bufferedAmount > MAX_UNSENT_BYTES) return socket.terminate()
            handle((data as Buffer).toString()).catch((error: unknown) => {
              logger.error({ err: error, requestId: connection.requestId }, 'A WebSocket message failed unexpectedly.')
              socket.close(CloseCode.InternalServerError, 'Internal error; it was logged')
            })
          }),
      },
      connection,
    )
    socket.once('close', (code, reason) => {
      stopPinging()
      unguard()
      connections.delete(connection)
      logger.info({ requestId: connection.requestId, code, durationMs: Math.round(performance.now() - startedAt) }, 'websocket')
      void closed(code, String(reason))
    })
  }

  return {
    upgrade(request, socket, head, { requestId }) {
      if (stopping) return respondAndClose(socket, busy('STOPPING', 'The server is stopping.'))
      if (connections.size >= MAX_SOCKETS)
        return respondAndClose(socket, busy('TOO_MANY_CONNECTIONS', `This server has reached its maximum of ${MAX_SOCKETS} WebSockets.`))
      server.handleUpgrade(request, socket, head, opening =>
        opened(opening, {
          socket: opening,
          requestId,
          address: clientAddress(request),
          authorization: request.headers.authorization ?? null,
          keyKnown: limitBytes(socket),
        }),
      )
    },
    count: () => connections.size,
    async stop() {
      stopping = true
      const all = [...connections].map(({ socket }) => socket)
      for (const socket of all) end({ socket }, new ServerStopping())
      const cutOff = setTimeout(() => all.forEach(socket => socket.terminate()), CLOSE_WITHIN_MS)
      await Promise.all(all.map(socket => new Promise(done => (socket.readyState === socket.CLOSED ? done(undefined) : socket.once('close', done)))))
      clearTimeout(cutOff)
    },
  }
}

/** Ends a connection that sends too much. Returns a function that ends the limit. */
function limitBytes(socket: Duplex): () => void {
  let bytes = 0
  const count = (chunk: Buffer) => {
    bytes += chunk.length
    if (bytes > MAX_KEYLESS_SOCKET_BYTES) socket.destroy()
  }
  socket.on('data', count)
  return () => socket.off('data', count)
}

function busy(code: string, message: string): ErrorResponse {
  return { status: 503, code, message, headers: { 'retry-after': '1' } }
}

/** Refuses a new connection with a code that tells clients not to try again with this key. */
function refuse({ socket }: Connection, { message }: NotAuthenticated): void {
  socket.close(CloseCode.Unauthorized, message)
}

/** Ends a connection with a code after which clients connect again. They then read their key again, so that a new one is used. */
function end({ socket }: Pick<Connection, 'socket'>, reason: Error): void {
  if (reason instanceof NotAuthenticated) socket.close(CloseCode.Forbidden, reason.message)
  else if (reason instanceof ServerStopping) socket.close(GOING_AWAY, 'The server is stopping; reconnect')
  // The client would not read the code.
  else if (reason instanceof SubscriberTooSlow) socket.terminate()
  else socket.close(TRY_AGAIN_LATER, 'The database does not respond; reconnect')
}

/** Reads the key from the connection parameters: as services send it, or as a header as browser clients do. */
function authorizationIn(params: Readonly<Record<string, unknown>> | undefined): string | undefined {
  const headers = typeof params?.['headers'] === 'object' && params['headers'] !== null ? (params['headers'] as Record<string, unknown>) : {}
  return [params?.['authorization'], params?.['Authorization'], headers['authorization'], headers['Authorization']].find(value => typeof value === 'string')
}

/** Resolves when the data is sent, so that the next result is not produced before. */
function sendTo(socket: WebSocket, text: string): Promise<void> {
  return new Promise(done => {
    if (socket.readyState !== socket.OPEN) return done()
    socket.send(text, () => done())
  })
}

function keepAlive(socket: WebSocket): () => void {
  let answered = true
  socket.on('pong', () => {
    answered = true
  })
  const pinging = setInterval(() => {
    if (!answered) return socket.terminate()
    answered = false
    socket.ping()
  }, PING_EVERY_MS).unref()
  return () => clearInterval(pinging)
}

/** Returns an error without the status that it has over HTTP. */
function withoutStatus({ message, nodes, source, positions, extensions: { http: _, ...extensions } }: GraphQLError): GraphQLError {
  return new GraphQLError(message, { nodes, source, positions, extensions })
}

function subscriptionsOnly(): GraphQLError {
  return new GraphQLError('Only subscriptions are served over WebSockets; send queries and mutations to /graphql over HTTP.', {
    extensions: { code: 'SUBSCRIPTIONS_ONLY' },
  })
}
