import { readField, readFirst, readObject } from '../read-fields.ts'
import { units } from '../read-units.ts'
import type { UsageFormat } from '../usage-format.ts'

/** Transcriptions and speech that say how long the audio or the text is, in no usage object: whisper, AssemblyAI, Deepgram, Gladia, MiniMax, Polly. */
export const mediaDurations: UsageFormat = (body, { provider }) => {
  const isTranscript = typeof readField(body, 'text') === 'string' || Array.isArray(readField(body, 'segments'))
  const seconds =
    (isTranscript ? readFirst(body, ['duration', 'audio_duration']) : undefined) ??
    (readField(body, 'results') === undefined ? undefined : readField(readObject(body, 'metadata'), 'duration')) ??
    readField(readObject(body, 'metadata'), 'audio_duration')
  const characters = readField(readObject(body, 'extra_info'), 'usage_characters') ?? readField(body, 'RequestCharacters')
  if (seconds === undefined && characters === undefined) return undefined
  return { units: units(provider, { kind: 'audio_second', quantity: seconds }, { kind: 'character', quantity: characters }) }
}
