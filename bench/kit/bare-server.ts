import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** The body of each response. */
const [answer = ''] = process.argv.slice(2)

// Reads a body, parses it as JSON and answers the same text: what any server of node:http has to do. Run as a process of its own by `startBareServer`.
const server = createServer((request, response) => {
  if (request.url === '/metrics') {
    const { user, system } = process.cpuUsage()
    response.end(`process_cpu_seconds_total ${(user + system) / 1_000_000}\n`)
    return
  }
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    const body = JSON.parse(Buffer.concat(chunks).toString()) as object
    response.writeHead('query' in body ? 200 : 400, { 'content-type': 'application/json; charset=utf-8', 'content-length': Buffer.byteLength(answer) })
    response.end(answer)
  })
})
server.listen({ port: 0, host: '127.0.0.1' }, () => process.stdout.write(`http://127.0.0.1:${(server.address() as AddressInfo).port}\n`))
