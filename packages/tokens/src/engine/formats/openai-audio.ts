import { countReader } from '../count-reader.ts'
import { openAiCounts } from '../openai/openai-counts.ts'
import { isObject } from '../../model/is-object.ts'
import { readField, readFirst, readObject } from '../read-fields.ts'
import { units } from '../read-units.ts'
import type { UsageFormat } from '../usage-format.ts'

/** Singular, as in realtime sessions. */
const INPUT_DETAILS = ['input_token_details', 'input_tokens_details']

/**
 * OpenAI's transcriptions and speech. Older models bill a duration, newer ones tokens: what goes into a transcription and what
 * comes out of speech is audio, unless the response says how much of it is text. The usage of one names its `type`.
 */
export const openAiAudio: UsageFormat = (body, call) => {
  const usage = readObject(body, 'usage')
  const type = readField(usage, 'type')
  if (usage === undefined) return undefined
  if (type === 'duration') return { units: units(call.provider, { kind: 'audio_second', quantity: readField(usage, 'seconds') ?? 'missing' }) }
  const isSpeech = readField(body, 'type') === 'speech.audio.done'
  if (type !== 'tokens' && !isSpeech) return undefined
  const counts = openAiCounts(usage, call)
  if (counts === undefined) return undefined
  if (isSpeech) return { counts: { ...counts, audioOutput: counts.audioOutput ?? counts.output } }
  const isDetailed = isObject(readFirst(usage, INPUT_DETAILS))
  return { counts: isDetailed ? counts : { ...counts, audioInput: countReader(usage, call.provider).first('input_tokens') } }
}
