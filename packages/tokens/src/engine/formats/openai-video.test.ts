import { expect, it } from 'vitest'
import { extractTokenUsage } from '../../extract-token-usage.ts'
import { describeReadings } from '../../testing/describe-readings.ts'

describeReadings('videos', [
  {
    name: 'bill seconds, by size',
    source: 'OpenAI, Pricing: Sora per second, by size',
    providers: ['openai', 'azure'],
    response: { object: 'video', model: 'sora-2-pro', status: 'completed', seconds: '8', size: '1280x720' },
    units: ['video_second/1280x720 8'],
  },
])

it('a video that is not finished has no usage yet', () => {
  expect(() => extractTokenUsage({ provider: 'openai', response: { object: 'video', model: 'sora-2', status: 'queued', seconds: '8' } })).toThrow(/no usage/)
})
