import { type Benchmark, compare } from './benchmark.ts'
import { cpuSeconds } from './kit/cpu-seconds.ts'
import { jsonRequest, openConnections } from './kit/http-connections.ts'
import { median } from './kit/measure.ts'
import { startBareServer } from './kit/start-bare-server.ts'
import { startTollgate } from './kit/tollgate.ts'

const CONNECTIONS = 64
const REQUESTS = 20_000
const ROUNDS = 11

/** Reads nothing from the database but the key, so that what remains is the cost of a request. */
const QUERY = JSON.stringify({ query: 'query Viewer { viewer { kind scopes } }' })

/** One round: requests per second, and CPU time of the server per request. */
interface Round {
  readonly rate: number
  readonly cpuMicroseconds: number
}

/**
 * A small query with the key of a tenant, which is checked in the database, on keep-alive connections and with a log line for
 * each request. The peer is a server of node:http that reads the same body, parses it and answers the same text.
 */
export const hotQuery: Benchmark = {
  name: 'hot-query',
  async run() {
    await using tollgate = await startTollgate({ connections: 1, logsRequests: true })
    const secret = await createKey(tollgate.send)
    const answer = await tollgate.send(QUERY, { key: secret })
    await using bare = await startBareServer(answer)
    const requests = Array.from({ length: REQUESTS }, () => jsonRequest('/graphql', QUERY, { authorization: `Bearer ${secret}` }))
    const ours: Round[] = []
    const peer: Round[] = []
    for (let round = 0; round <= ROUNDS; round += 1) {
      ours.push(await measure(tollgate.url, { requests, answer }))
      peer.push(await measure(bare.url, { requests, answer }))
    }
    // The first round warms caches and compilers.
    const middle = (rounds: readonly Round[], of: keyof Round) => median(rounds.slice(1).map(round => round[of]))
    return [
      compare({
        name: 'a small query with a key over HTTP / bare node:http',
        ours: middle(ours, 'rate'),
        peer: middle(peer, 'rate'),
        unit: 'requests/s',
        aim: { atLeast: 0.5 },
      }),
      compare({
        name: 'CPU time of the server for it / bare node:http',
        ours: middle(ours, 'cpuMicroseconds'),
        peer: middle(peer, 'cpuMicroseconds'),
        unit: 'µs',
        aim: { atMost: 2 },
      }),
    ]
  },
}

async function createKey(send: (body: string) => Promise<string>): Promise<string> {
  const query = 'mutation { createApiKey(input: { tenantId: "bench", name: "Benchmark" }) { ... on CreateApiKeyPayload { secret } } }'
  const { data } = JSON.parse(await send(JSON.stringify({ query }))) as { data: { createApiKey: { secret: string } } }
  return data.createApiKey.secret
}

async function measure(url: string, { requests, answer }: { requests: readonly Buffer[]; answer: string }): Promise<Round> {
  using connections = await openConnections(url, CONNECTIONS)
  const before = await cpuSeconds(url)
  const seconds = await connections.sendAll(requests, answer)
  const used = (await cpuSeconds(url)) - before
  return { rate: requests.length / seconds, cpuMicroseconds: (used / requests.length) * 1_000_000 }
}
