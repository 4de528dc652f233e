import { connect, type Socket } from 'node:net'

/** Keep-alive connections to a server. A client of node:http would cost more than the servers that it measures. */
export interface HttpConnections extends Disposable {
  /** Sends every request once, one at a time on each connection, and returns the seconds that it took. Throws unless each response has the status 200 and contains `expected`. */
  sendAll(requests: readonly Buffer[], expected: string): Promise<number>
}

/** Returns the bytes of a request with a JSON body. */
export function jsonRequest(path: string, body: string, headers: Readonly<Record<string, string>> = {}): Buffer {
  const lines = Object.entries({ host: 'localhost', 'content-type': 'application/json', ...headers, 'content-length': String(Buffer.byteLength(body)) })
  return Buffer.from(`POST ${path} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${body}`)
}

/** Opens connections. */
export async function openConnections(url: string, count: number): Promise<HttpConnections> {
  const sockets = await Promise.all(Array.from({ length: count }, () => open(url)))
  return {
    async sendAll(requests, expected) {
      let next = 0
      const startMs = performance.now()
      await Promise.all(
        sockets.map(async socket => {
          for (let at = next++; at < requests.length; at = next++) {
            const response = await exchange(socket, requests[at] as Buffer)
            if (!response.startsWith('HTTP/1.1 200 ') || !response.includes(expected)) throw new Error(response.slice(0, 1_000))
          }
        }),
      )
      return (performance.now() - startMs) / 1_000
    },
    [Symbol.dispose]() {
      for (const socket of sockets) socket.destroy()
    },
  }
}

function open(url: string): Promise<Socket> {
  const { port } = new URL(url)
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port: Number(port), noDelay: true }, () => resolve(socket))
    socket.once('error', reject)
  })
}

/** Sends a request and returns the response, which has a Content-Length. */
function exchange(socket: Socket, request: Buffer): Promise<string> {
  return new Promise((resolve, reject) => {
    let response = ''
    const end = () => reject(new Error('The connection was closed.'))
    const add = (chunk: Buffer) => {
      response += chunk.toString('latin1')
      if (response.length < lengthOf(response)) return
      socket.off('data', add)
      socket.off('close', end)
      resolve(response)
    }
    socket.on('data', add)
    socket.on('close', end)
    socket.write(request)
  })
}

const LENGTH = /\r\ncontent-length: (\d+)\r\n/i

/** Returns the length of a response, once its head is complete. */
function lengthOf(response: string): number {
  const head = response.indexOf('\r\n\r\n')
  return head === -1 ? Number.POSITIVE_INFINITY : head + 4 + Number(LENGTH.exec(response)?.[1])
}
