import { describe, expect, it } from 'vitest'
import { regionOfCall } from './region-of-call.ts'

describe('regionOfCall', () => {
  it.each([
    { provider: 'google', model: 'projects/p/locations/europe-west1/publishers/anthropic/models/claude-opus-4-5@20251101', is: 'europe-west1' },
    { provider: 'google', model: 'projects/p/locations/global/publishers/google/models/gemini-2.5-pro', is: 'global' },
    { provider: 'google', model: 'locations/us-east5/models/claude-opus-4-5', is: 'us-east5' },
    { provider: 'azure', model: 'azure/eu/gpt-4o-2024-08-06', is: 'eu' },
    { provider: 'azure', model: 'azure/us/gpt-5.1', is: 'us' },
    { provider: 'azure', model: 'azure/global/gpt-5.1', is: undefined },
    { provider: 'aws', model: 'bedrock/us-gov-west-1/amazon.nova-pro-v1:0', is: 'us-gov-west-1' },
    { provider: 'aws', model: 'arn:aws-us-gov:bedrock:us-gov-west-1::foundation-model/amazon.nova-pro-v1:0', is: 'us-gov-west-1' },
    { provider: 'aws', model: 'amazon.nova-pro-v1:0', is: undefined },
    { provider: 'openai', model: 'gpt-5', is: undefined },
  ])("reads $is from the model's name $model", ({ provider, model, is }) => {
    expect(regionOfCall({ provider, model })).toBe(is)
  })

  it("prefers the model's name to the region of the response", () => {
    expect(regionOfCall({ provider: 'azure', model: 'azure/eu/gpt-4o', region: 'us' })).toBe('eu')
    expect(regionOfCall({ provider: 'azure', model: 'gpt-4o', region: 'us' })).toBe('us')
  })

  it('is none for an inference profile of Bedrock, whose name its prices are listed by', () => {
    expect(regionOfCall({ provider: 'aws', model: 'eu.amazon.nova-pro-v1:0', region: 'eu-west-1' })).toBeUndefined()
    expect(regionOfCall({ provider: 'aws', model: 'arn:aws:bedrock:eu-west-1:1:inference-profile/eu.amazon.nova-pro-v1:0' })).toBeUndefined()
    expect(regionOfCall({ provider: 'aws', model: 'amazon.nova-pro-v1:0', region: 'eu-west-1' })).toBe('eu-west-1')
  })
})
