import { currentMetadata, mergeMetadata, metadataOf } from '@tollgate/metadata'
import { completeTokenUsage, type ExtractedUsage, totalTokens, type TokenUsage, type TokenUsageInput, type UsageUnit } from '@tollgate/tokens'
import { errorMessage } from '../engine/error-message.ts'
import type { UsageStatus } from '../model/call-record.ts'
import type { QuotaRequest } from '../model/quota-decision.ts'
import { estimateRequestTokens, estimateTextTokens } from './estimate-tokens.ts'
import type { PlannedCall, WrapperOptions, WrapperTollgate } from './wrapper-options.ts'

/** One call of a provider, from before it is sent to its end. */
export interface MeteredCall {
  readonly provider: string
  /**
   * Says what is about to be sent, and reserves what the options say. Await it before the call is sent. If it rejects, with
   * `QuotaExceeded`, the call must not be sent, and nothing is recorded.
   */
  prepare(request: CallRequest): Promise<void>
  /** Notes a part of the output that arrived. The first ends the time to the first token; an estimate counts all of them. */
  noteOutput(text: string): void
  /** Records how the call ended. Only the first ending counts. */
  end(ending: CallEnding): void
}

/** Whom a call asks, and for what, unless the options say otherwise. */
export type CallStart = Pick<PlannedCall, 'provider' | 'operation'>

/** What is sent. */
export type CallRequest = Pick<PlannedCall, 'model' | 'maxOutputTokens' | 'request'>

/** How a call ended. */
export interface CallEnding {
  /** Reads the usage that the provider has reported so far. May throw: the usage is estimated then. Absent if there was no response. */
  readonly usage?: (() => ExtractedUsage) | undefined
  /** False if the provider has not reported all usage yet, because the stream ended early. Defaults to true. */
  readonly complete?: boolean | undefined
  /** What to record if there is no usage, instead of an estimate of the tokens by the text. */
  readonly estimate?: (() => CallEstimate) | undefined
  /** Why it failed. */
  readonly error?: unknown
  /** True if the caller ended it early. */
  readonly aborted?: boolean | undefined
}

/** What a call used, without a word of the provider about it. */
export interface CallEstimate {
  readonly tokens?: TokenUsageInput | undefined
  readonly units?: readonly UsageUnit[] | undefined
  /** True if this is what the provider bills, and no estimate. */
  readonly exact?: boolean | undefined
}

/** What a call used, as it is recorded. */
interface UsedByCall extends Partial<Omit<ExtractedUsage, 'tokens' | 'units'>> {
  readonly tokens?: TokenUsageInput | undefined
  readonly units?: readonly UsageUnit[] | undefined
  readonly estimated?: boolean
}

/** Output that is reserved for a request without a limit of its own. */
const DEFAULT_RESERVED_OUTPUT_TOKENS = 1_000
const TOO_MANY_REQUESTS = 429

/** Starts to meter a call. Synchronous, because the context of the caller ends at the first await. */
export function startCall(tollgate: WrapperTollgate, options: WrapperOptions, start: CallStart): MeteredCall {
  const { clock } = tollgate
  const { provider = start.provider, operation = start.operation, tenantId } = options
  const startedAtMs = clock.monotonicMs()
  const occurredAt = new Date(clock.nowMs())
  const context = currentMetadata()
  const metadata = options.metadata === undefined ? context : mergeMetadata(context, metadataOf(options.metadata))
  const attributed = { provider, operation, metadata, tenantId }
  let sent: CallRequest = { model: undefined, maxOutputTokens: undefined, request: undefined }
  let reservationId: string | null = null
  let timeToFirstTokenMs: number | undefined
  let outputTokens = 0
  let ended = false

  const planned = (): PlannedCall => ({ ...sent, provider, operation, inputTokens: estimateRequestTokens(sent.request) })

  function record({ usage: readUsage, complete = true, estimate, error, aborted = false }: CallEnding): void {
    const usage = readUsage && readOrUndefined(readUsage)
    const isKnown = usage !== undefined && complete
    const used = isKnown || readUsage === undefined ? usage : estimated(usage, estimate)
    const { attempts = [], model: servedModel, ...served }: UsedByCall = used ?? {}
    const { model } = sent
    void tollgate.record({
      ...attributed,
      ...served,
      model: servedModel ?? model,
      status: error === undefined ? 'SUCCESS' : statusOf(error),
      ...(error !== undefined && { statusCode: statusCodeOf(error), errorMessage: errorMessage(error) }),
      latencyMs: clock.monotonicMs() - startedAtMs,
      timeToFirstTokenMs,
      aborted,
      occurredAt,
      reservationId,
    })
    // Further calls of other models, which have prices of their own.
    for (const attempt of attempts) void tollgate.record({ ...attributed, ...attempt, model: attempt.model ?? model, occurredAt })
  }

  /** Completes what the provider reported by what was sent and received. */
  function estimated(usage: ExtractedUsage | undefined, estimate: CallEnding['estimate']): UsedByCall {
    if (usage === undefined && estimate !== undefined) {
      const { tokens, units, exact = false } = estimate()
      return { tokens, units, estimated: !exact }
    }
    if (usage === undefined) return { tokens: { input: estimateRequestTokens(sent.request), output: Math.ceil(outputTokens) }, estimated: true }
    const missing = Math.ceil(outputTokens) - outputOf(usage.tokens)
    if (missing <= 0) return { ...usage, estimated: false }
    return { ...usage, tokens: { ...usage.tokens, output: usage.tokens.output + missing }, estimated: true }
  }

  return {
    provider,
    async prepare(request) {
      sent = request
      try {
        const requests = requestsOf(options.reserve, planned)
        if (requests.length === 0) return
        const { whenUnavailable } = options
        const reservation = await tollgate.reserve(requests, { metadata, provider, model: sent.model, tenantId, whenUnavailable })
        reservationId = reservation.id
      } catch (error) {
        ended = true
        throw error
      }
    },
    noteOutput(text) {
      if (text === '') return
      timeToFirstTokenMs ??= clock.monotonicMs() - startedAtMs
      outputTokens += estimateTextTokens(text)
    },
    end(ending) {
      if (ended) return
      ended = true
      try {
        record(ending)
      } catch {
        // A request or a response of an unexpected form must not break the call.
      }
    },
  }
}

function requestsOf(reserve: WrapperOptions['reserve'], planned: () => PlannedCall): readonly QuotaRequest[] {
  if (reserve === undefined || reserve === false) return []
  const call = planned()
  if (reserve !== true) return reserve(call)
  const { operation, inputTokens, maxOutputTokens = DEFAULT_RESERVED_OUTPUT_TOKENS } = call
  return [
    { metric: 'requests', amount: 1, operation },
    { metric: 'tokens', amount: inputTokens + maxOutputTokens, operation },
  ]
}

function readOrUndefined(read: () => ExtractedUsage): ExtractedUsage | undefined {
  try {
    const usage = read()
    return totalTokens(usage.tokens) === 0 && usage.units.length === 0 ? undefined : usage
  } catch {
    return undefined
  }
}

function outputOf(tokens: TokenUsage): number {
  const { output, reasoning, audioOutput, imageOutput, videoOutput = 0 } = completeTokenUsage(tokens)
  return output + reasoning + audioOutput + imageOutput + videoOutput
}

function statusOf(error: unknown): UsageStatus {
  // Errors in a stream have no status code.
  const isLimit =
    statusCodeOf(error) === TOO_MANY_REQUESTS || textField(error, 'code') === 'rate_limit_exceeded' || textField(error, 'name') === 'ThrottlingException'
  return isLimit ? 'RATE_LIMITED' : 'FAILURE'
}

/** Returns the HTTP status code of an error, under the names that clients of providers give it. */
function statusCodeOf(error: unknown): number | undefined {
  const found = [field(error, 'status'), field(error, 'statusCode'), field(field(error, '$metadata'), 'httpStatusCode')]
  return found.find(value => typeof value === 'number')
}

function textField(value: unknown, name: string): string | undefined {
  const found = field(value, name)
  return typeof found === 'string' ? found : undefined
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined
}
