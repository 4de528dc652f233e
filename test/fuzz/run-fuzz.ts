import type { GraphQLSchema } from 'graphql'
import { type Random, seededRandom } from '../faults/random.ts'
import type { LocalServer } from '../kit/local-server.ts'
import { leaksIn, secretsIn } from './secrets.ts'
import { randomOperation, type RandomOperation } from './random-operation.ts'
import { type Answer, send, type Transport, TRANSPORTS } from './transports.ts'

/** What to send, and to which server. */
export interface FuzzOptions {
  readonly server: LocalServer
  readonly schema: GraphQLSchema
  readonly operatorKey: string
  /** Secrets of the server's settings. */
  readonly secrets: readonly string[]
  readonly seed: number
  readonly goesOn: (requests: number) => boolean
}

/** What came of it. */
export interface FuzzResult {
  readonly requests: number
  /** How many answers had data, and how many each error code. */
  readonly outcomes: Readonly<Record<string, number>>
  /** Requests that were answered wrongly, with what to send to see it again. */
  readonly breaches: readonly string[]
  readonly slowestMs: number
}

/** The senders of requests. Operators see most, so that most requests are theirs. */
const SENDERS = [...Array.from({ length: 13 }, () => 'operator' as const), 'tenant', 'tenant', 'tenant', 'customer', 'customer', 'none', 'unknown'] as const

/** An answer must not show the code, the database or the schema of the database. */
const INTERNALS =
  /Cannot read propert|is not a function|is not iterable|\.ts:\d+|node_modules|\brelation "|\bcolumn "|\bconstraint "|violates |syntax error at|input syntax|out of range for type|invalid byte sequence|ECONN(?:REFUSED|RESET)|\bpg_\w+|\bselect \w+ from\b/

const MAX_BREACHES = 20

/** Number of requests after which the new part of the log is read. */
const LOG_EVERY = 20

/** Sends random operations, and checks each answer and the log. The same seed sends the same operations, as long as answers have the same ids. */
export async function runFuzz({ server, schema, operatorKey, secrets: settings, seed, goesOn }: FuzzOptions): Promise<FuzzResult> {
  const random = seededRandom(seed)
  const outcomes: Record<string, number> = {}
  const breaches: string[] = []
  const secrets = new Set(settings)
  const known: string[] = ['acme', 'globex', 'ada']
  let keys = await createKeys()
  let requests = 0
  let slowestMs = 0
  let readTo = 0

  async function createKeys() {
    const { createApiKey } = await server.api.ask(
      `mutation { createApiKey(input: { tenantId: "acme", name: "fuzz" }) { ... on CreateApiKeyPayload { secret } } }`,
    )
    const backend = server.api.as(createApiKey.secret)
    const { createAccessToken } = await backend.ask(
      `mutation { createAccessToken(input: { customerId: "ada", ttlSeconds: 3600 }) { ... on CreateAccessTokenPayload { token } } }`,
    )
    const made = {
      operator: operatorKey,
      tenant: createApiKey.secret as string,
      customer: createAccessToken.token as string,
      none: undefined,
      unknown: 'no-key-of-anybody',
    }
    for (const secret of [made.tenant, made.customer]) secrets.add(secret)
    return made
  }

  function breach(problem: string, operation: RandomOperation, transport: Transport, sender: string): void {
    if (breaches.length < MAX_BREACHES)
      breaches.push(`${problem}\n    ${transport} by ${sender}: ${operation.query}\n    ${JSON.stringify(operation.variables)}`)
  }

  /** Returns what is wrong with an answer. */
  function problemOf(answer: Answer): string | undefined {
    if (answer.failure !== undefined) return answer.failure
    if (answer.status >= 500 && !answer.codes.every(code => code === 'OVERLOADED')) return `status ${answer.status}: ${answer.text.slice(0, 300)}`
    if (answer.codes.includes('INTERNAL_SERVER_ERROR')) return `an unexpected error: ${answer.text.slice(0, 300)}`
    if (answer.codes.includes(undefined)) return `an error without a code: ${answer.text.slice(0, 300)}`
    const shown = answer.messages.find(message => INTERNALS.test(message))
    return shown === undefined ? undefined : `an error that shows internals: ${shown}`
  }

  function checkLog(): void {
    const log = server.log()
    const lines = log.slice(readTo)
    readTo = log.length
    for (const line of lines.split('\n').filter(text => /"level":(?:50|60)/.test(text))) breaches.push(`the log has an error: ${line.slice(0, 2_000)}`)
    for (const leak of leaksIn(lines, secrets)) breaches.push(`the log shows a secret: ${leak}`)
  }

  function learn(answer: Answer): void {
    for (const secret of secretsIn(answer.text)) secrets.add(secret)
    for (const [, id = ''] of answer.text.matchAll(/"(?:f\d+|id|cursor|endCursor|m\d+_\d+_\d+)":"([^"\\]{1,200})"/g)) if (!secrets.has(id)) remember(id, random)
  }

  function remember(id: string, { between }: Random): void {
    if (known.length < 500) known.push(id)
    else known[between(3, 499)] = id
  }

  while (goesOn(requests) && breaches.length < MAX_BREACHES) {
    const operation = randomOperation(schema, { random, known, wildness: random.pick([0, 0, 0.005, 0.03]) })
    const sender = random.pick(SENDERS)
    const transport = random.pick(TRANSPORTS[operation.kind])
    const startedAt = performance.now()
    const answer = await send({ url: server.url, key: keys[sender], operation, transport, random })
    slowestMs = Math.max(slowestMs, performance.now() - startedAt)
    requests += 1
    const codes = new Set(answer.codes)
    for (const outcome of codes.size > 0 ? codes : ['data']) outcomes[outcome ?? 'no code'] = (outcomes[outcome ?? 'no code'] ?? 0) + 1
    const problem = problemOf(answer)
    if (problem !== undefined) breach(problem, operation, transport, sender)
    learn(answer)
    // A random mutation may have revoked the key.
    if ((sender === 'tenant' || sender === 'customer') && codes.has('UNAUTHENTICATED')) keys = await createKeys()
    if (requests % LOG_EVERY === 0) checkLog()
  }
  checkLog()
  return { requests, outcomes, breaches, slowestMs }
}
