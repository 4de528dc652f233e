import { type ExtractedUsage, extractStreamedTokenUsage } from '@tollgate/tokens'
import type { MeteredCall } from '../metered-call.ts'
import type { StreamMeter } from '../meter-stream.ts'
import { usageOf } from './usage-of.ts'

/** A part of a stream of the AI SDK, as far as metering reads it. */
export interface AiSdkPart {
  readonly type: string
  readonly id?: string
  readonly delta?: unknown
  readonly toolCallId?: string
  readonly input?: unknown
  readonly modelId?: string
  readonly usage?: unknown
  readonly providerMetadata?: unknown
  readonly rawValue?: unknown
  readonly error?: unknown
}

/** What the AI SDK reports about a call. */
export interface ReportedUsage {
  readonly usage?: unknown
  readonly providerMetadata?: unknown
  /** The usage as the provider sent it. The SDK passes on only the fields that it knows: not the audio of chat completions. */
  readonly own?: object | undefined
  /** Name of the model in the response. */
  readonly served?: string | undefined
}

/** How to meter the parts of a call. */
export interface AiSdkStreamOptions {
  readUsage(reported: ReportedUsage): ExtractedUsage
  /** Whether the parts as the provider sent them are kept from the caller, who did not ask for them. */
  readonly hidesRaw: boolean
}

/**
 * Returns the meter of a stream of the AI SDK. Only its last part has usage. If the stream ends before it, the parts as the provider
 * sent them may have some: Anthropic starts with that of the input.
 */
export function aiSdkStreamMeter(call: MeteredCall, { readUsage, hidesRaw }: AiSdkStreamOptions): StreamMeter<AiSdkPart> {
  const toolInputs = new Set<string>()
  let raw: unknown[] = []
  let model: string | undefined
  let finish: AiSdkPart | undefined
  let own: object | undefined
  let failure: unknown

  function read(part: AiSdkPart): void {
    switch (part.type) {
      case 'text-delta':
      case 'reasoning-delta':
        return call.noteOutput(String(part.delta))
      case 'tool-input-delta':
        if (part.id !== undefined) toolInputs.add(part.id)
        return call.noteOutput(String(part.delta))
      case 'tool-call':
        // Its input may have arrived in parts already.
        if (part.toolCallId === undefined || !toolInputs.has(part.toolCallId)) call.noteOutput(String(part.input))
        return
      case 'response-metadata':
        model = part.modelId ?? model
        return
      case 'finish':
        finish = part
        return
      case 'error':
        failure ??= part.error
        return
      case 'raw':
        // Each event of Gemini has the running totals, and much besides.
        if (hasField(part.rawValue, 'usageMetadata')) raw = [part.rawValue]
        else if (hasUsage(part.rawValue)) raw.push(part.rawValue)
        if (hasField(part.rawValue, 'choices')) own = usageOf(part.rawValue) ?? own
    }
  }

  return {
    part(part) {
      // A part of an unexpected form must reach the caller nevertheless.
      try {
        read(part)
        return part.type !== 'raw' || !hidesRaw
      } catch {
        return true
      }
    },
    end({ aborted = false, error = failure } = {}) {
      const last = finish
      const usage = () =>
        last === undefined ? extractStreamedTokenUsage({ provider: call.provider, events: raw }) : readUsage({ ...last, own, served: model })
      call.end({ usage, complete: last !== undefined, aborted, error })
    },
  }
}

/** Whether an event of a provider has usage, itself or in the message, the response or the metadata that it carries. */
function hasUsage(event: unknown): boolean {
  return (
    usageOf(event) !== undefined ||
    ['message', 'response', 'metadata'].some(name => hasField((event as Readonly<Record<string, unknown>> | null)?.[name], 'usage'))
  )
}

function hasField(value: unknown, name: string): boolean {
  return typeof value === 'object' && value !== null && (value as Readonly<Record<string, unknown>>)[name] instanceof Object
}
