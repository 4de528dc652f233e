import { type AttributeValue, type Metadata, METADATA_FIELDS, type MetadataField, metadataOf, type MetadataSource, mergeMetadata } from '@tollgate/metadata'
import { errorMessage } from '../engine/error-message.ts'
import type { TrackReceipt } from '../model/track-receipt.ts'
import type { UsageStatus } from '../model/call-record.ts'
import type { Recorder } from '../recorder.ts'
import type { UsageAttributes } from '../tollgate.ts'
import type { CallResult, UsageTracker } from '../usage-tracker.ts'

const FIELDS: ReadonlySet<string> = new Set(METADATA_FIELDS)

/** Starts to track a call. */
export function trackUsage(recorder: Recorder, operation: string, attributes: UsageAttributes, callId: string): UsageTracker {
  const startedAtMs = recorder.clock.monotonicMs()
  const metadata = metadataFrom(attributes)
  let ended: Promise<TrackReceipt> | undefined

  const end = (status: UsageStatus, { responseTimeMs, ...result }: CallResult): Promise<TrackReceipt> => {
    ended ??= recorder.record({
      ...result,
      latencyMs: result.latencyMs ?? responseTimeMs ?? recorder.clock.monotonicMs() - startedAtMs,
      metadata: merged(metadata, result.metadata),
      operation,
      status,
      callId,
    })
    return ended
  }

  return {
    callId,
    recordSuccess: (result = {}) => end('SUCCESS', result),
    recordFailure(error, result = {}) {
      const given = typeof result === 'number' ? { statusCode: result } : result
      return end('FAILURE', { ...failureOf(error), ...given })
    },
    recordRateLimit: (result = {}) => end('RATE_LIMITED', result),
  }
}

/** Returns metadata that is wrong as it is, so that `record` says why. */
function merged(base: Metadata, added: MetadataSource | undefined): MetadataSource {
  try {
    return mergeMetadata(metadataOf(base), metadataOf(added ?? {}))
  } catch {
    return isRecord(base) ? (added ?? {}) : base
  }
}

/** Separates fields of metadata from custom attributes. Returns what is no object as it is, so that `record` says why. */
function metadataFrom(given: UsageAttributes): Metadata {
  if (!isRecord(given)) return given
  const fields: Partial<Record<MetadataField, string>> = {}
  const attributes: Record<string, AttributeValue> = {}
  for (const [name, value] of Object.entries(given)) {
    if (value === null || value === undefined) continue
    if (FIELDS.has(name)) fields[name as MetadataField] = String(value)
    else attributes[name] = value
  }
  return Object.keys(attributes).length === 0 ? fields : { ...fields, attributes }
}

function isRecord(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function failureOf(error: unknown): CallResult {
  if (error === undefined) return {}
  const statusCode = typeof error === 'object' && error !== null ? (numberField(error, 'status') ?? numberField(error, 'statusCode')) : undefined
  return { errorMessage: errorMessage(error), ...(statusCode !== undefined && { statusCode }) }
}

function numberField(record: object, name: string): number | undefined {
  const value = (record as Readonly<Record<string, unknown>>)[name]
  return typeof value === 'number' ? value : undefined
}
