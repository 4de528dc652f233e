import { extractStreamedTokenUsage } from '@tollgate/tokens'
import type { MeteredCall } from '../metered-call.ts'
import type { StreamMeter } from '../meter-stream.ts'
import { type GeminiResponse, geminiText } from './gemini-response.ts'

/**
 * Returns the meter of a stream of Gemini. Each chunk has the running totals, so that the usage of an aborted stream is known. Keeps the
 * last totals, and the searches of all chunks.
 */
export function geminiStreamMeter(call: MeteredCall): StreamMeter<GeminiResponse> {
  const searches: GeminiResponse[] = []
  let last: GeminiResponse = {}

  function read(chunk: GeminiResponse): void {
    const { modelVersion, usageMetadata, candidates = [] } = chunk
    call.noteOutput(geminiText(chunk))
    if (usageMetadata !== undefined) last = { usageMetadata, ...(modelVersion !== undefined && { modelVersion }) }
    const grounded = candidates.flatMap(({ groundingMetadata }) => (groundingMetadata === undefined ? [] : [{ groundingMetadata }]))
    if (grounded.length > 0) searches.push({ candidates: grounded })
  }

  return {
    part(chunk) {
      try {
        read(chunk)
      } catch {
        // A chunk of an unexpected form must reach the caller nevertheless.
      }
      return true
    },
    end(ending) {
      const { candidatesTokenCount, thoughtsTokenCount } = last.usageMetadata ?? {}
      call.end({
        ...ending,
        usage: () => extractStreamedTokenUsage({ provider: call.provider, events: [...searches, last] }),
        complete: candidatesTokenCount !== undefined || thoughtsTokenCount !== undefined,
      })
    },
  }
}
