import { openAiCounts } from '../openai/openai-counts.ts'
import { readField, readObject } from '../read-fields.ts'
import { units } from '../read-units.ts'
import type { UsageFormat } from '../usage-format.ts'

/** xAI's voice sessions, which bill seconds of audio and text messages. */
export const xaiVoice: UsageFormat = (body, call) => {
  const usage = readObject(body, 'usage')
  const seconds = readField(usage, 'billable_audio_seconds')
  if (usage === undefined || seconds === undefined) return undefined
  return {
    counts: openAiCounts(usage, call),
    units: units(call.provider, { kind: 'audio_second', quantity: seconds }, { kind: 'text_message', quantity: readField(usage, 'input_text_messages') }),
  }
}
