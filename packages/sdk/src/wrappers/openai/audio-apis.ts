import type { CallEstimate } from '../metered-call.ts'
import { estimateRequestTokens, estimateTextTokens } from '../estimate-tokens.ts'
import type { MeteredApi } from '../meter-client.ts'
import type { StreamReader } from '../meter-stream.ts'
import { textOf } from '../text-of.ts'

/** Estimated characters that are spoken in a second. */
const SPOKEN_CHARACTERS_PER_SECOND = 15
/** OpenAI counts a token for 100 ms of audio that it hears, and for 50 ms of audio that it speaks. */
const HEARD_TOKENS_PER_SECOND = 10
const SPOKEN_TOKENS_PER_SECOND = 20

interface AudioEvent {
  readonly type?: string
  readonly delta?: unknown
  readonly usage?: unknown
}

const isDone = ({ type }: AudioEvent) => type === 'transcript.text.done' || type === 'speech.audio.done'

const audioEvents: StreamReader<AudioEvent> = {
  output: ({ type, delta }) => (type === 'transcript.text.delta' && typeof delta === 'string' ? delta : ''),
  hasUsage: isDone,
  isFinal: isDone,
}

/** Transcriptions. Whisper bills seconds, the others tokens. A response that is text has neither. */
export const transcriptionApi: MeteredApi = {
  operation: 'transcription',
  apiFlavor: 'transcriptions',
  stream: audioEvents,
  output: textOf,
  estimate(parameters, response) {
    const text = textOf(response)
    const seconds = text.length / SPOKEN_CHARACTERS_PER_SECOND
    const model = parameters instanceof FormData ? parameters.get('model') : undefined
    if (typeof model === 'string' && model.includes('whisper')) return { units: [{ kind: 'audio_second', quantity: String(Math.ceil(seconds)) }] }
    return { tokens: { audioInput: Math.ceil(seconds * HEARD_TOKENS_PER_SECOND), output: Math.ceil(estimateTextTokens(text)) } }
  },
}

/** Translations into English, which only Whisper does. */
export const translationApi: MeteredApi = { ...transcriptionApi, operation: 'translation' }

/** Speech. Older models bill characters, which the request shows; the others tokens, which only events show. */
export const speechApi: MeteredApi = {
  operation: 'speech',
  apiFlavor: 'speech',
  stream: audioEvents,
  output: () => '',
  estimate(parameters): CallEstimate {
    const { input = '', model = '' } = (parameters ?? {}) as { input?: string; model?: string }
    if (model.startsWith('tts-1')) return { units: [{ kind: 'character', quantity: String(input.length) }], exact: true }
    const audioOutput = Math.ceil((input.length / SPOKEN_CHARACTERS_PER_SECOND) * SPOKEN_TOKENS_PER_SECOND)
    return { tokens: { input: estimateRequestTokens(parameters), audioOutput } }
  },
}
