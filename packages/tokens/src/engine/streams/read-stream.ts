import type { ExtractedUsage } from '../../model/extracted-usage.ts'
import { isObject } from '../../model/is-object.ts'
import { readField, readFirst, readObject, readText } from '../read-fields.ts'
import { readUsage, type ResponseOrigin } from '../read-usage.ts'
import { addEvent, hasUsage, type StreamedBody } from './streamed-body.ts'
import { sumCalls } from './sum-calls.ts'

/** Types of events that end a call and have all of its usage: a response, a turn of a session, an image, speech, a transcript. */
const CALL_ENDS = new Set([
  'response.done',
  'response.completed',
  'response.incomplete',
  'response.failed',
  'response.cancelled',
  'image_generation.completed',
  'image_edit.completed',
  'speech.audio.done',
  'transcript.text.done',
])

/** Fields that only messages of Gemini's live sessions have. */
const LIVE_FIELDS = ['serverContent', 'server_content', 'setupComplete', 'setup_complete', 'toolCall', 'tool_call']

/** Type of the event that ends the transcription of what a user said. A model of its own makes it. */
const INPUT_TRANSCRIBED = 'conversation.item.input_audio_transcription.completed'

/** Reads the usage of the events of a stream, or of a session of several turns. Throws `TokenUsageUnreadable`. */
export function readStream(events: Iterable<unknown>, origin: ResponseOrigin): ExtractedUsage {
  const calls = new Map<string, ExtractedUsage>()
  const addCall = (body: unknown, id = `#${calls.size}`) => calls.set(id, readUsage(body, origin))
  const transcriptions: ExtractedUsage[] = []
  const session: Record<string, unknown> = {}
  let streamed: StreamedBody = {}
  let messageId: string | undefined
  for (const event of events) {
    if (!isObject(event)) continue
    Object.assign(session, readObject(event, 'session'))
    const type = readField(event, 'type')
    if (type === INPUT_TRANSCRIBED) transcriptions.push({ ...readUsage(event, origin), model: transcriptionModel(session) })
    else if (endsCall(event)) addCall(event, readText(readField(event, 'response'), 'id'))
    else {
      const id = type === 'message_start' ? readText(readField(event, 'message'), 'id') : messageId
      // Another message of Anthropic in the same stream is another call.
      if (id !== messageId && hasUsage(streamed)) {
        addCall(streamed, messageId)
        streamed = {}
      }
      messageId = id
      addEvent(streamed, event)
    }
  }
  if (hasUsage(streamed) || calls.size + transcriptions.length === 0) addCall(streamed, messageId)
  const model = readText(streamed, 'model', 'modelVersion') ?? readText(session, 'model') ?? null
  return sumCalls([...[...calls.values()].map(call => ({ ...call, model: call.model ?? model })), ...transcriptions])
}

/** Returns whether an event has all usage of a call. Each message of a live session reports what was used since the one before. */
function endsCall(event: object): boolean {
  if (LIVE_FIELDS.some(name => Object.hasOwn(event, name))) {
    return readFirst(readFirst(event, ['usageMetadata', 'usage_metadata']), ['promptTokenCount', 'prompt_token_count']) !== undefined
  }
  const type = readField(event, 'type')
  return typeof type === 'string' && CALL_ENDS.has(type) && isObject(readField(readObject(event, 'response') ?? event, 'usage'))
}

/** Returns the model that transcribes what users say, under the name of today's or of earlier sessions. */
function transcriptionModel(session: object): string | null {
  const transcription = readObject(readObject(readObject(session, 'audio'), 'input'), 'transcription') ?? readObject(session, 'input_audio_transcription')
  return readText(transcription, 'model') ?? null
}
