import { NotAuthenticated } from '@tollgate/accounts'
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { type DocumentNode, type ExecutionArgs, type ExecutionResult, getOperationAST, GraphQLError, type GraphQLSchema, OperationTypeNode } from 'graphql'
import { CloseCode, type ConnectionInitMessage, handleProtocols, makeServer, type SubscribePayload } from 'graphql-ws'
import { type WebSocket, WebSocketServer } from 'ws'
import type { ErrorResponse } from '../../http/respond.ts'
import { rejectUpgrade } from '../../http/reject-upgrade.ts'
import { TooManySubscriptions } from './errors.ts'
import type { LiveServing } from './live-serving.ts'
import { MAX_MESSAGE_BYTES, MAX_SOCKETS, MAX_SUBSCRIPTIONS_PER_SOCKET } from '../limits/limits.ts'
import { errorPresenter } from '../errors/present-errors.ts'
import { createGraphQLHandler, type GraphQLHandlerOptions } from '../yoga.ts'

/** GraphQL over WebSockets. */
export interface GraphQLSockets {
  /** Takes over a connection that asked to become a WebSocket. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer, context: { readonly requestId: string }): void
  count(): number
  /** Closes all, so that clients connect again, elsewhere or in a moment; who does not agree in time is cut off. */
  stop(): Promise<void>
}

/** What is known of a connection. */
interface Connection {
  readonly socket: WebSocket
  readonly requestId: string
  /** Of the upgrade; the one in `connection_init` takes its place. */
  authorization: string | null
}

/** How yoga does what it does with a request; it has no types for it. */
interface Enveloped {
  readonly schema: GraphQLSchema
  parse(query: string): DocumentNode
  validate(schema: GraphQLSchema, document: DocumentNode): readonly GraphQLError[]
  contextFactory(): Promise<object> | object
  subscribe(args: ExecutionArgs): Promise<AsyncGenerator<ExecutionResult> | ExecutionResult>
}

type Context = Parameters<NonNullable<Parameters<typeof makeServer<ConnectionInitMessage['payload'], Connection>>[0]['onConnect']>>[0]

/** Who opens a connection says soon who it is. */
const INIT_TIMEOUT_MS = 5_000
/** A connection that does not answer from one ping to the next is gone. */
const PING_EVERY_MS = 15_000
/** What may wait in memory for a client that sends, and does not read. */
const MAX_UNSENT_BYTES = 4 * 1024 * 1024
const CLOSE_WITHIN_MS = 1_000

const GOING_AWAY = 1001
const TRY_AGAIN_LATER = 1013

/**
 * The protocol graphql-transport-ws, for subscriptions only: a query or a mutation over HTTP has limits, retries and an
 * end to wait for at a stop that it would not have here. Subscriptions are executed as those over HTTP are, by the same code.
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
      return (await authenticated(connection)) !== undefined
    },
    onSubscribe: (context, _id, payload) => executionOf(context, payload),
    subscribe: ({ rootValue, ...args }) => (rootValue as Pick<Enveloped, 'subscribe'>).subscribe(args),
  })

  /** Undefined where there is no good key; the connection is being closed then. */
  async function authenticated(connection: Connection) {
    try {
      const viewer = await authenticator.authenticate(connection.authorization)
      if (!(viewer instanceof NotAuthenticated)) return viewer
      close(connection, viewer)
    } catch (error) {
      logger.error({ err: error, requestId: connection.requestId }, 'A WebSocket could not be authenticated.')
      connection.socket.close(TRY_AGAIN_LATER, 'API keys cannot be checked: the database does not answer')
    }
    return undefined
  }

  async function executionOf({ extra: connection, subscriptions }: Context, { query, operationName, variables }: SubscribePayload) {
    if (Object.keys(subscriptions).length > MAX_SUBSCRIPTIONS_PER_SOCKET) {
      return [present(new TooManySubscriptions('on this connection', MAX_SUBSCRIPTIONS_PER_SOCKET))]
    }
    // Again for each, as for each request over HTTP.
    const authentication = await authenticated(connection)
    if (authentication === undefined) return [present(new NotAuthenticated('unknown'))]
    const { socket, requestId, authorization } = connection
    const enveloped: Enveloped = yoga.getEnveloped({
      authentication,
      authorization,
      requestId,
      disconnect: () => socket.terminate(),
    })
    const { schema, subscribe } = enveloped
    try {
      const document = enveloped.parse(query)
      const invalid = enveloped.validate(schema, document)
      if (invalid.length > 0) return invalid.map(error => present(error, requestId))
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
      return [present(error, requestId)]
    }
  }

  function opened(socket: WebSocket, connection: Connection): void {
    const startedAt = performance.now()
    connections.add(connection)
    const unguard = serving.guard.watch({
      get authorization() {
        return connection.authorization
      },
      // Behind the reasons that its subscriptions are told.
      onLost: reason => setImmediate(close, connection, reason),
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
              logger.error({ err: error, requestId: connection.requestId }, 'A message over a WebSocket failed in a way that was not foreseen.')
              socket.close(CloseCode.InternalServerError, 'Something went wrong on our side; it was logged')
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
      if (stopping) return rejectUpgrade(socket, busy('STOPPING', 'The server is stopping.'))
      if (connections.size >= MAX_SOCKETS)
        return rejectUpgrade(socket, busy('TOO_MANY_CONNECTIONS', `There are ${MAX_SOCKETS} WebSockets already, which is the most.`))
      server.handleUpgrade(request, socket, head, opening =>
        opened(opening, { socket: opening, requestId, authorization: request.headers.authorization ?? null }),
      )
    },
    count: () => connections.size,
    async stop() {
      stopping = true
      const all = [...connections].map(({ socket }) => socket)
      for (const socket of all) socket.close(GOING_AWAY, 'The server is stopping; connect again')
      const cutOff = setTimeout(() => all.forEach(socket => socket.terminate()), CLOSE_WITHIN_MS)
      await Promise.all(all.map(socket => new Promise(done => (socket.readyState === socket.CLOSED ? done(undefined) : socket.once('close', done)))))
      clearTimeout(cutOff)
    },
  }
}

function busy(code: string, message: string): ErrorResponse {
  return { status: 503, code, message, headers: { 'retry-after': '1' } }
}

/** Clients do not come back with a key that does not hold: 4401 tells them not to. */
function close({ socket }: Connection, { message }: NotAuthenticated): void {
  socket.close(CloseCode.Unauthorized, message)
}

/** As services write it, and as browsers' clients do, which know it as a header. */
function authorizationIn(params: Readonly<Record<string, unknown>> | undefined): string | undefined {
  const headers = typeof params?.['headers'] === 'object' && params['headers'] !== null ? (params['headers'] as Record<string, unknown>) : {}
  return [params?.['authorization'], params?.['Authorization'], headers['authorization'], headers['Authorization']].find(value => typeof value === 'string')
}

/** Resolves when the client's side of the connection has taken it: the next result is not made before. */
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

function subscriptionsOnly(): GraphQLError {
  return new GraphQLError('Only subscriptions are served over WebSockets; send queries and mutations to /graphql over HTTP.', {
    extensions: { code: 'SUBSCRIPTIONS_ONLY' },
  })
}
