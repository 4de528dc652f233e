import { describeReadings } from '../../testing/describe-readings.ts'

const turn = (id: string, usage: object, more: object = {}) => ({ type: 'response.done', response: { id, object: 'realtime.response', usage, ...more } })
const audioUsage = {
  total_tokens: 1_500,
  input_tokens: 1_000,
  output_tokens: 500,
  input_token_details: { text_tokens: 200, audio_tokens: 800, cached_tokens: 0 },
  output_token_details: { text_tokens: 100, audio_tokens: 400 },
}
const REALTIME = ['openai', 'azure', 'xai']
const live = (usageMetadata: object, serverContent: object = {}) => ({ serverContent, usageMetadata })
const GOOGLE = ['google', 'vertex']

describeReadings('realtime sessions', [
  {
    name: 'sum their turns, each of which is billed for itself',
    source: 'OpenAI, Realtime costs: usage of response.done corresponds to billing',
    providers: REALTIME,
    events: [turn('resp_1', audioUsage), { type: 'rate_limits.updated' }, turn('resp_2', audioUsage)],
    tokens: { input: 400, audioInput: 1_600, output: 200, audioOutput: 800 },
  },
  {
    name: 'count a turn once that is reported twice',
    source: 'the id of a response is unique',
    providers: REALTIME,
    events: [turn('resp_1', audioUsage), turn('resp_1', audioUsage)],
    tokens: { input: 200, audioInput: 800, output: 100, audioOutput: 400 },
  },
  {
    name: 'have the model of the session',
    source: 'OpenAI API, session.created: session.model',
    providers: REALTIME,
    events: [{ type: 'session.created', session: { model: 'gpt-realtime' } }, turn('resp_1', audioUsage)],
    model: 'gpt-realtime',
    tokens: { input: 200, audioInput: 800, output: 100, audioOutput: 400 },
  },
  {
    name: 'have nothing for turns that were cancelled before they used anything',
    source: 'OpenAI API, response.done: usage is null or 0',
    providers: REALTIME,
    events: [
      turn('resp_1', { total_tokens: 0, input_tokens: 0, output_tokens: 0 }),
      turn('resp_2', audioUsage),
      { type: 'response.done', response: { id: 'resp_3', usage: null } },
    ],
    tokens: { input: 200, audioInput: 800, output: 100, audioOutput: 400 },
  },
  {
    name: 'bill transcriptions of what users said at their own model',
    source: "OpenAI API, input_audio_transcription.completed: billed according to the ASR model's pricing rather than the realtime model's",
    providers: ['openai', 'azure'],
    events: [
      { type: 'session.updated', session: { model: 'gpt-realtime', audio: { input: { transcription: { model: 'gpt-4o-transcribe' } } } } },
      {
        type: 'conversation.item.input_audio_transcription.completed',
        usage: { type: 'tokens', input_tokens: 26, input_token_details: { text_tokens: 0, audio_tokens: 26 }, output_tokens: 8, total_tokens: 34 },
      },
      turn('resp_1', audioUsage),
      { type: 'session.updated', session: { audio: { input: { transcription: { model: 'whisper-1' } } } } },
      { type: 'conversation.item.input_audio_transcription.completed', usage: { type: 'duration', seconds: 3.5 } },
    ],
    model: 'gpt-realtime',
    tokens: { input: 200, audioInput: 800, output: 100, audioOutput: 400 },
    attempts: [
      { model: 'gpt-4o-transcribe', tokens: { audioInput: 26, output: 8 } },
      { model: 'whisper-1', tokens: {}, units: ['audio_second 3.5'] },
    ],
  },
  {
    name: 'that only transcribe have the model and the usage of the transcriptions',
    source: 'OpenAI, Realtime transcription',
    providers: ['openai', 'azure'],
    events: [
      { type: 'transcription_session.created', session: { input_audio_transcription: { model: 'whisper-1' } } },
      { type: 'conversation.item.input_audio_transcription.completed', usage: { type: 'duration', seconds: 3.5 } },
      { type: 'conversation.item.input_audio_transcription.completed', usage: { type: 'duration', seconds: 1.25 } },
    ],
    model: 'whisper-1',
    units: ['audio_second 4.75'],
  },
])

describeReadings('live sessions', [
  {
    name: 'sum their turns, each of which is billed for its whole prompt',
    source: "measured by Pydantic AI: Live's usageMetadata is per turn, and its prompt includes the turns before",
    providers: GOOGLE,
    events: [
      { setupComplete: {} },
      live({ promptTokenCount: 143, responseTokenCount: 19, totalTokenCount: 162 }, { turnComplete: true }),
      { serverContent: { modelTurn: { parts: [] } } },
      live(
        {
          promptTokenCount: 181,
          responseTokenCount: 24,
          totalTokenCount: 205,
          promptTokensDetails: [{ modality: 'AUDIO', tokenCount: 100 }],
          responseTokensDetails: [{ modality: 'AUDIO', tokenCount: 24 }],
        },
        { turnComplete: true },
      ),
    ],
    tokens: { input: 224, audioInput: 100, output: 19, audioOutput: 24 },
  },
  {
    name: 'sum the parts of a translation, which has no turns',
    source: 'recorded: five messages with what was used since the one before',
    providers: GOOGLE,
    events: [50, 25, 25].map(tokens =>
      live({
        promptTokenCount: tokens,
        responseTokenCount: tokens,
        totalTokenCount: 2 * tokens,
        promptTokensDetails: [{ modality: 'AUDIO', tokenCount: tokens }],
        responseTokensDetails: [{ modality: 'AUDIO', tokenCount: tokens }],
      }),
    ),
    tokens: { audioInput: 100, audioOutput: 100 },
  },
  {
    name: 'are in snake case in the SDK for Python',
    source: 'google-genai: model_dump() of a message',
    providers: GOOGLE,
    events: [
      { server_content: { turn_complete: true }, usage_metadata: { prompt_token_count: 10, response_token_count: 5 } },
      { server_content: null, tool_call: { function_calls: [] }, usage_metadata: { prompt_token_count: 20, response_token_count: 6 } },
    ],
    tokens: { input: 30, output: 11 },
  },
])
