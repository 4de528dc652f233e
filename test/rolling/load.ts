import { once } from 'node:events'
import { Agent, type IncomingMessage, request } from 'node:http'
import { text } from 'node:stream/consumers'
import { setTimeout as delay } from 'node:timers/promises'
import { OPERATOR_KEY } from '../kit/server-process.ts'

/** Callers that send requests until they are stopped. */
export interface Load {
  sent(): number
  /** What was answered instead of a result, with how often. */
  readonly failures: Map<string, number>
  /** Number of events that were acknowledged. */
  acknowledged(): number
  stop(): Promise<void>
}

const CALLERS = 4
/** Leaves time to the servers, which share the machine with the callers. */
const PAUSE_MS = 40
const TRACK = `mutation ($input: TrackUsageInput!) { trackUsage(input: $input) { ... on TrackUsagePayload { results { outcome } } ... on Error { code } } }`
const READ = '{ viewer { kind } }'

/** Starts callers of a server or a proxy: three in four requests record an event, the others read. None is repeated. */
export function startLoad(url: string, tenantId: string): Load {
  const failures = new Map<string, number>()
  const agent = new Agent({ keepAlive: true })
  let sent = 0
  let acknowledged = 0
  let stopped = false

  async function ask(body: object): Promise<string> {
    const call = request(`${url}/graphql`, { method: 'POST', agent, headers: { authorization: `Bearer ${OPERATOR_KEY}`, 'content-type': 'application/json' } })
    call.end(JSON.stringify(body))
    const [response] = (await once(call, 'response')) as [IncomingMessage]
    return `${response.statusCode} ${await text(response)}`
  }

  async function caller(): Promise<void> {
    while (!stopped) {
      const isEvent = sent % 4 !== 0
      sent += 1
      const input = { tenantId, events: [{ idempotencyKey: `${url}-${sent}`, operation: 'chat' }] }
      const answer = await ask(isEvent ? { query: TRACK, variables: { input } } : { query: READ }).catch((error: unknown) =>
        String((error as NodeJS.ErrnoException).code),
      )
      if (isEvent && answer.includes('"outcome":"ACCEPTED"')) acknowledged += 1
      else if (isEvent || !answer.includes('"OPERATOR"')) failures.set(answer, (failures.get(answer) ?? 0) + 1)
      await delay(PAUSE_MS)
    }
  }

  const ended = Promise.all(Array.from({ length: CALLERS }, caller))
  return {
    sent: () => sent,
    failures,
    acknowledged: () => acknowledged,
    async stop() {
      stopped = true
      await ended
      agent.destroy()
    },
  }
}
