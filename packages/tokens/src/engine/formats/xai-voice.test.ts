import { describeReadings } from '../../testing/describe-readings.ts'

describeReadings("xAI's voice", [
  {
    name: 'bills seconds of audio and text messages beside the tokens that it counts',
    source: 'xAI, Pricing: Voice Agent API $0.05 per minute, text messages $4 per 1,000',
    providers: ['xai', 'x-ai'],
    response: {
      model: 'grok-voice-latest',
      usage: {
        input_tokens: 100,
        input_token_details: { text_tokens: 40, audio_tokens: 60 },
        output_tokens: 50,
        output_token_details: { text_tokens: 10, audio_tokens: 40 },
        billable_audio_seconds: 12.5,
        input_text_messages: 2,
      },
    },
    tokens: { input: 40, audioInput: 60, output: 10, audioOutput: 40 },
    units: ['audio_second 12.5', 'text_message 2'],
  },
])
