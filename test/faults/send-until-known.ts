import { setTimeout as delay } from 'node:timers/promises'
import { type FaultyServer, USUAL_DEADLINE_MS } from './faulty-server.ts'
import type { Ledger } from './ledger.ts'
import type { GraphqlBody, Reply } from './line-client.ts'
import type { Random } from './random.ts'

/** An answer, and whether an earlier attempt may have been carried out. */
export interface KnownOutcome<Data> {
  readonly data: Data
  readonly mayRepeat: boolean
}

/** Sends requests to servers, keeps the time and counts what became of them. */
export interface Sender {
  /** Sends once, to any server. */
  send<Data>(key: string, body: GraphqlBody<Data>): Promise<Reply<Data>>
  /**
   * Sends the same again, to any server, until it is answered. Returns undefined if it was refused at first and
   * is given up.
   */
  sendUntilKnown<Data>(key: string, body: GraphqlBody<Data>, options?: { mayGiveUp?: boolean }): Promise<KnownOutcome<Data> | undefined>
  /** Sets how long each request may take. */
  setDeadline(milliseconds: number): void
  /** Starts and ends the time in which every request must be answered. */
  expectAnswers(isExpected: boolean): void
  areAnswersExpected(): boolean
  /** Ends all attempts: calls whose outcome is unknown reject. */
  stop(): void
  isStopped(): boolean
}

const PAUSE_MS = 150
const GIVEN_UP = 0.3

/** What a sender works with. */
export interface SenderParts {
  readonly servers: readonly FaultyServer[]
  readonly ledger: Ledger
  readonly random: Random
  /** Maximum number of requests at one server, so that a server that hangs does not stop the load of the others. */
  readonly maxInFlight: number
}

/** Creates a sender. */
export function createSender({ servers, ledger, random, maxInFlight }: SenderParts): Sender {
  let expectedSince = Number.POSITIVE_INFINITY
  let deadlineMs = USUAL_DEADLINE_MS
  let isStopped = false
  const inFlight = new Map(servers.map(server => [server, 0]))
  const count = (server: FaultyServer, change: number) => void inFlight.set(server, (inFlight.get(server) ?? 0) + change)

  function pickServer(): FaultyServer {
    const free = servers.filter(server => (inFlight.get(server) ?? 0) < maxInFlight)
    return random.pick(free.length > 0 ? free : servers)
  }

  async function send<Data>(key: string, body: GraphqlBody<Data>): Promise<Reply<Data>> {
    if (isStopped) throw new Error('The run has ended.')
    const server = pickServer()
    const isDisturbed = server.watchForDisturbance()
    const sentAt = performance.now()
    count(server, 1)
    const reply = await server.client.send(key, body).finally(() => count(server, -1))
    const tookMs = performance.now() - sentAt
    const described = reply.kind === 'answer' ? reply.kind : `${reply.kind}: ${reply.code}`
    ledger.count(described)
    if (!isDisturbed()) {
      ledger.slowestMs = Math.max(ledger.slowestMs, tookMs)
      if (tookMs >= deadlineMs) ledger.breach(`Server ${server.name} took ${Math.round(tookMs)} ms of at most ${deadlineMs} ms: ${body.query.slice(0, 60)}`)
    }
    if (reply.kind !== 'answer' && sentAt > expectedSince) ledger.breach(`Server ${server.name} had recovered, but: ${described}: ${body.query.slice(0, 60)}`)
    return reply
  }

  return {
    send,
    async sendUntilKnown(key, body, { mayGiveUp = false } = {}) {
      let mayRepeat = false
      for (;;) {
        const reply = await send(key, body)
        if (reply.kind === 'answer') return { data: reply.data, mayRepeat }
        if (reply.kind === 'unknown') mayRepeat = true
        else if (mayGiveUp && !mayRepeat && random.chance(GIVEN_UP)) return undefined
        await delay(random.between(PAUSE_MS, 2 * PAUSE_MS))
      }
    },
    setDeadline: milliseconds => void (deadlineMs = milliseconds),
    expectAnswers: isExpected => void (expectedSince = isExpected ? performance.now() : Number.POSITIVE_INFINITY),
    areAnswersExpected: () => performance.now() > expectedSince,
    stop: () => void (isStopped = true),
    isStopped: () => isStopped,
  }
}
