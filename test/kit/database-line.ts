import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'

/** A connection to a database that can be cut for one of several processes. */
export interface DatabaseLine {
  /** URL of the database through this line. */
  readonly url: string
  /** Closes all connections, and accepts no new ones. */
  cut(): Promise<void>
  mend(): Promise<void>
  close(): Promise<void>
}

/** Opens a line to the database of a URL. */
export async function openDatabaseLine(databaseUrl: string): Promise<DatabaseLine> {
  const { hostname, port } = new URL(databaseUrl)
  const open = new Set<Socket>()
  const add = (socket: Socket) => {
    open.add(socket)
    socket.on('error', () => {}).on('close', () => open.delete(socket))
  }
  let server: Server
  async function listen(wanted: number): Promise<number> {
    server = createServer(near => {
      const far = connect(Number(port), hostname)
      add(near)
      add(far)
      near.pipe(far).pipe(near)
      near.on('close', () => far.destroy())
      far.on('close', () => near.destroy())
    })
    server.listen(wanted, '127.0.0.1')
    await once(server, 'listening')
    return (server.address() as AddressInfo).port
  }
  async function cut(): Promise<void> {
    const closed = once(server, 'close')
    server.close()
    for (const socket of open) socket.destroy()
    await closed
  }

  const own = await listen(0)
  const url = new URL(databaseUrl)
  url.host = `127.0.0.1:${own}`
  return { url: url.href, cut, mend: async () => void (await listen(own)), close: cut }
}
