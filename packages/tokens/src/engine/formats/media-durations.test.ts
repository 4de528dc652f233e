import { describeReadings } from '../../testing/describe-readings.ts'

describeReadings('media without a usage object', [
  {
    name: 'bills seconds of a transcription',
    source: 'OpenAI and Groq API, verbose_json: duration',
    providers: ['openai', 'groq', 'cartesia'],
    response: { task: 'transcribe', duration: 8.47, text: 'a', segments: [] },
    units: ['audio_second 8.47'],
  },
  {
    name: 'bills seconds of a transcription of AssemblyAI',
    source: 'AssemblyAI API, Transcript: audio_duration',
    providers: ['assemblyai'],
    response: { id: 'a', status: 'completed', text: 'a', audio_duration: 281 },
    units: ['audio_second 281'],
  },
  {
    name: 'bills seconds of a transcription of Deepgram',
    source: 'Deepgram API, Listen: metadata.duration',
    providers: ['deepgram'],
    response: { metadata: { duration: 36.744, channels: 1 }, results: { channels: [] } },
    units: ['audio_second 36.744'],
  },
  {
    name: 'bills seconds of a transcription of Gladia',
    source: 'Gladia API, Transcription: result.metadata.audio_duration',
    providers: ['gladia'],
    response: { status: 'done', result: { metadata: { audio_duration: 36.74, billing_time: 36.74 }, transcription: {} } },
    units: ['audio_second 36.74'],
  },
  {
    name: 'bills characters of speech',
    source: 'MiniMax API, T2A: extra_info.usage_characters',
    providers: ['minimax'],
    response: { data: { audio: '' }, extra_info: { audio_length: 9_900, usage_characters: 26 } },
    units: ['character 26'],
  },
  {
    name: 'bills characters of speech of Polly',
    source: 'Amazon Polly API, SynthesizeSpeech: RequestCharacters',
    providers: ['aws'],
    response: { ContentType: 'audio/mpeg', RequestCharacters: 26 },
    units: ['character 26'],
  },
])
