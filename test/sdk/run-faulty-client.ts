import { parseArgs } from 'node:util'
import { seededRandom } from '../faults/random.ts'
import { startLocalServer } from '../kit/local-server.ts'
import { temporaryDirectory } from '../kit/temporary-directory.ts'
import { trackThroughFaults } from './track-through-faults.ts'

// Tracks many calls through a faulty proxy against a server with its own PostgreSQL: node --run chaos -- --events 100000
const { values } = parseArgs({
  options: { events: { type: 'string', default: '100000' }, seed: { type: 'string', default: '1' }, share: { type: 'string', default: '0.3' } },
})
const events = Number(values.events)

await using directory = await temporaryDirectory()
await using server = await startLocalServer({ TOLLGATE_DATA_DIR: directory.path })
await server.api.ask('mutation { createTenant(input: { id: "chaos", name: "Chaos" }) { __typename } }')
const { createApiKey } = await server.api.ask('mutation { createApiKey(input: { tenantId: "chaos", name: "sdk" }) { ... on CreateApiKeyPayload { secret } } }')
const startedAt = performance.now()
const report = await trackThroughFaults({
  url: server.url,
  apiKey: createApiKey.secret,
  events,
  faultShare: Number(values.share),
  random: seededRandom(Number(values.seed)),
})
const seconds = (performance.now() - startedAt) / 1_000
console.log(JSON.stringify({ events, seconds: Math.round(seconds), ...report }, null, 2))
const isExact = report.reported === events && report.inputTokens === (events * (events + 1)) / 2
console.log(isExact ? `Exactly ${events} calls were counted.` : `${report.reported} of ${events} calls were counted.`)
process.exitCode = isExact ? 0 : 1
