import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { Transform } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'

/** A TCP proxy that a test can disturb: the network between two processes. */
export interface TcpLine {
  /** The port of 127.0.0.1 that it listens on. */
  readonly port: number
  /** Closes all connections, and accepts no new ones. */
  cut(): Promise<void>
  /** Resets all connections. New ones work. */
  reset(): void
  /** Carries nothing, not even the end of a connection. Connections stay open, and new ones are accepted. */
  silence(): void
  /** Leaves all connections half open for good: both ends stay open, and nothing arrives. New ones work. */
  abandon(): void
  /** Does so with the connection that carried data last, among those that come to the target from one of the ports. */
  abandonOne(ports: ReadonlySet<number>): void
  /** Delays every piece of data. */
  slowDown(delayMs: number): void
  /** Ends a cut, a silence or a delay. */
  mend(): Promise<void>
  close(): Promise<void>
}

/** Where a line leads. The port is read for each connection, because a server that is started again may have another. */
export interface TcpTarget {
  readonly host: string
  readonly port: () => number
}

interface Connection {
  readonly near: Socket
  readonly far: Socket
  isAbandoned: boolean
  lastUsedMs: number
}

/** Opens a line to a target. */
export async function openTcpLine(target: TcpTarget): Promise<TcpLine> {
  const open = new Set<Connection>()
  let server: Server | undefined
  let silence: PromiseWithResolvers<void> | undefined
  let delayMs = 0

  /** Resolves when the line carries data; never on an abandoned connection. */
  async function carry(connection: Connection): Promise<void> {
    if (delayMs > 0) await delay(delayMs)
    await silence?.promise
    if (connection.isAbandoned) await new Promise(() => {})
  }

  function accept(near: Socket): void {
    const connection: Connection = {
      near,
      far: connect({ port: target.port(), host: target.host, allowHalfOpen: true }),
      isAbandoned: false,
      lastUsedMs: performance.now(),
    }
    const { far } = connection
    open.add(connection)
    const direction = () =>
      new Transform({
        async transform(chunk, _encoding, done) {
          connection.lastUsedMs = performance.now()
          await carry(connection)
          done(null, chunk)
        },
        async flush(done) {
          await carry(connection)
          done()
        },
      })
    near.pipe(direction()).pipe(far)
    far.pipe(direction()).pipe(near)
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      socket.setNoDelay(true).on('error', () => {})
      socket.on('close', () => {
        if (other.destroyed) open.delete(connection)
        else void carry(connection).then(() => other.destroy())
      })
    }
  }

  async function listen(wanted: number): Promise<number> {
    server = createServer({ allowHalfOpen: true }, accept)
    server.listen(wanted, '127.0.0.1')
    await once(server, 'listening')
    return (server.address() as AddressInfo).port
  }

  async function cut(): Promise<void> {
    const listening = server
    server = undefined
    const closed = listening === undefined ? undefined : once(listening, 'close')
    listening?.close()
    for (const { near, far } of open) for (const socket of [near, far]) socket.destroy()
    await closed
  }

  const port = await listen(0)
  return {
    port,
    cut,
    reset() {
      for (const { near, far } of open) for (const socket of [near, far]) socket.resetAndDestroy()
    },
    silence: () => void (silence ??= Promise.withResolvers()),
    abandon() {
      for (const connection of open) connection.isAbandoned = true
    },
    abandonOne(ports) {
      const candidates = [...open].filter(({ far }) => ports.has(far.localPort ?? 0))
      const [latest] = candidates.toSorted((a, b) => b.lastUsedMs - a.lastUsedMs)
      if (latest === undefined) throw new Error('There is no connection from these ports.')
      latest.isAbandoned = true
    },
    slowDown: ms => void (delayMs = ms),
    async mend() {
      delayMs = 0
      silence?.resolve()
      silence = undefined
      if (server === undefined) await listen(port)
    },
    close: cut,
  }
}
