import { expect, it } from 'vitest'
import { extractTokenUsage } from '../../extract-token-usage.ts'
import { describeReadings } from '../../testing/describe-readings.ts'

describeReadings('transcriptions and speech', [
  {
    name: 'count audio and text that go into a transcription',
    source: 'OpenAI API, Transcription: usage.input_token_details, in the singular',
    providers: ['openai', 'azure'],
    response: {
      text: 'x',
      usage: { type: 'tokens', input_tokens: 150, input_token_details: { text_tokens: 50, audio_tokens: 100 }, output_tokens: 30, total_tokens: 180 },
    },
    tokens: { input: 50, audioInput: 100, output: 30 },
  },
  {
    name: 'count what goes into a transcription as audio, if the response does not say more',
    source: 'a transcription has audio as input',
    providers: ['openai', 'azure'],
    response: { text: 'x', usage: { type: 'tokens', input_tokens: 150, output_tokens: 30, total_tokens: 180 } },
    tokens: { audioInput: 150, output: 30 },
  },
  {
    name: 'are read at the end of a stream too',
    source: 'OpenAI API, transcript.text.done',
    providers: ['openai', 'azure'],
    events: [
      { type: 'transcript.text.delta', delta: 'x' },
      {
        type: 'transcript.text.done',
        text: 'x',
        usage: { type: 'tokens', input_tokens: 150, input_token_details: { text_tokens: 50, audio_tokens: 100 }, output_tokens: 30, total_tokens: 180 },
      },
    ],
    tokens: { input: 50, audioInput: 100, output: 30 },
  },
  {
    name: 'bill the duration of a transcription',
    source: 'OpenAI API, Transcription: usage.type is duration',
    providers: ['openai', 'azure', 'groq'],
    response: { text: 'x', usage: { type: 'duration', seconds: 37.5 } },
    units: ['audio_second 37.5'],
  },
  {
    name: 'count what comes out of speech as audio',
    source: 'OpenAI API, speech.audio.done: usage without details',
    providers: ['openai', 'azure'],
    events: [
      { type: 'speech.audio.delta', audio: '' },
      { type: 'speech.audio.done', usage: { input_tokens: 14, output_tokens: 101, total_tokens: 115 } },
    ],
    tokens: { input: 14, audioOutput: 101 },
  },
  {
    name: 'count what comes out of a speech model as audio',
    source: 'OpenAI, Pricing: gpt-4o-mini-tts has audio output',
    providers: ['openai', 'azure'],
    response: { model: 'gpt-4o-mini-tts', usage: { input_tokens: 14, output_tokens: 101, total_tokens: 115 } },
    tokens: { input: 14, audioOutput: 101 },
  },
])

it.each([
  { usage: { type: 'duration' }, says: /quantity of audio_second must be a decimal from 0, not "missing"/ },
  { usage: { type: 'duration', seconds: -1 }, says: /not -1/ },
  { usage: { type: 'tokens', output_tokens: 3 }, says: /no prompt_tokens or input_tokens/ },
])('a transcription with $usage is rejected with the reason', ({ usage, says }) => {
  expect(() => extractTokenUsage({ provider: 'openai', response: { text: 'x', usage } })).toThrow(says)
})
