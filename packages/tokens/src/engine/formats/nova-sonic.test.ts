import { describeReadings } from '../../testing/describe-readings.ts'

const usage = (counts: { input: number; speechIn: number; output: number; speechOut: number }) => ({
  event: {
    usageEvent: {
      totalInputTokens: counts.input,
      totalOutputTokens: counts.output,
      totalTokens: counts.input + counts.output,
      details: {
        delta: { input: { speechTokens: 1, textTokens: 1 }, output: { speechTokens: 1, textTokens: 1 } },
        total: {
          input: { speechTokens: counts.speechIn, textTokens: counts.input - counts.speechIn },
          output: { speechTokens: counts.speechOut, textTokens: counts.output - counts.speechOut },
        },
      },
    },
  },
})

describeReadings('Nova Sonic', [
  {
    name: 'counts speech apart from text',
    source: 'Amazon Nova Sonic, usageEvent: details.total',
    providers: ['bedrock', 'aws'],
    response: usage({ input: 300, speechIn: 250, output: 100, speechOut: 90 }),
    tokens: { input: 50, audioInput: 250, output: 10, audioOutput: 90 },
  },
  {
    name: 'reports the whole session so far, so the last event applies',
    source: 'Amazon Nova Sonic, usageEvent: total counts of the session',
    providers: ['bedrock', 'aws'],
    events: [
      usage({ input: 200, speechIn: 150, output: 40, speechOut: 30 }),
      { event: { audioOutput: {} } },
      usage({ input: 300, speechIn: 250, output: 100, speechOut: 90 }),
    ],
    tokens: { input: 50, audioInput: 250, output: 10, audioOutput: 90 },
  },
])
