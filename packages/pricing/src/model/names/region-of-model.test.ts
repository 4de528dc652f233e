import { describe, expect, it } from 'vitest'
import { regionOfModel } from './region-of-model.ts'

describe('regionOfModel', () => {
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
  ])('of $model is $is', ({ provider, model, is }) => {
    expect(regionOfModel({ provider, model })).toBe(is)
  })

  it.each([
    { calledProvider: 'azure/us', provider: 'azure', model: 'gpt-5-mini', is: 'us' },
    { calledProvider: ' Azure/EU ', provider: 'azure', model: 'gpt-5-mini', is: 'eu' },
    { calledProvider: 'azure/us', provider: 'azure', model: 'azure/eu/gpt-5-mini', is: 'eu' },
    { calledProvider: 'bedrock/us-gov-west-1', provider: 'aws', model: 'amazon.nova-pro-v1:0', is: 'us-gov-west-1' },
    { calledProvider: 'azure/global-standard', provider: 'azure', model: 'gpt-5-mini', is: undefined },
    { calledProvider: 'azure', provider: 'azure', model: 'gpt-5-mini', is: undefined },
    { calledProvider: 'us', provider: 'us', model: 'gpt-5-mini', is: undefined },
  ])('of $model of the provider $calledProvider is $is', ({ is, ...names }) => {
    expect(regionOfModel(names)).toBe(is)
  })

  it('is null for an inference profile of Bedrock, which has prices by its name', () => {
    expect(regionOfModel({ provider: 'aws', model: 'eu.amazon.nova-pro-v1:0' })).toBeNull()
    expect(regionOfModel({ provider: 'aws', model: 'arn:aws:bedrock:eu-west-1:1:inference-profile/eu.amazon.nova-pro-v1:0' })).toBeNull()
  })
})
