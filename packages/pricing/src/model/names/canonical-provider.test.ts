import { describe, expect, it } from 'vitest'
import { canonicalProvider } from './canonical-provider.ts'

describe('canonicalProvider', () => {
  it.each([
    ['OpenAI', 'openai'],
    [' anthropic ', 'anthropic'],
    ['bedrock', 'aws'],
    ['AWS.Bedrock', 'aws'],
    ['vertex', 'google'],
    ['gemini', 'google'],
    ['gcp.vertex_ai', 'google'],
    ['azure-openai', 'azure'],
    ['azure.ai.openai', 'azure'],
    ['az.ai.inference', 'azure'],
    ['xai', 'x-ai'],
    ['spacexai', 'x-ai'],
    ['gateway', 'vercel'],
    ['together_ai', 'together'],
    ['our-own-models', 'our-own-models'],
    ['constructor', 'constructor'],
  ])('of %s is %s', (name, canonical) => {
    expect(canonicalProvider(name)).toBe(canonical)
  })

  // The value of `provider` of the models that the packages of vercel/ai create.
  it.each([
    ['openai.chat', 'openai'],
    ['openai.responses', 'openai'],
    ['openai.transcription', 'openai'],
    ['anthropic.messages', 'anthropic'],
    ['google.generative-ai', 'google'],
    ['google.vertex.chat', 'google'],
    ['vertex.anthropic.messages', 'google'],
    ['amazon-bedrock', 'aws'],
    ['bedrock.anthropic.messages', 'aws'],
    ['azure.chat', 'azure'],
    ['azure-openai.responses', 'azure'],
    ['xai.chat', 'x-ai'],
    ['xai.responses', 'x-ai'],
    ['groq.chat', 'groq'],
    ['togetherai.chat', 'together'],
    ['deepseek.chat', 'deepseek'],
    ['fireworks.chat', 'fireworks'],
    ['mistral.chat', 'mistral'],
    ['mistral.embedding', 'mistral'],
    ['cohere.chat', 'cohere'],
    ['moonshotai.chat', 'moonshotai'],
    ['cerebras.chat', 'cerebras'],
    ['openrouter.chat', 'openrouter'],
    ['my-vllm.chat', 'my-vllm'],
  ])('of the AI SDK name %s is %s', (name, canonical) => {
    expect(canonicalProvider(name)).toBe(canonical)
  })

  // `litellm_provider` of LiteLLM's price list, its model prefixes, and the names of LangChain and Pydantic AI.
  it.each([
    ['text-completion-openai', 'openai'],
    ['azure/us', 'azure'],
    ['bedrock/us-east-1', 'aws'],
    ['bedrock_converse', 'aws'],
    ['cohere_chat', 'cohere'],
    ['amazon_bedrock', 'aws'],
    ['google_genai', 'google'],
    ['google_vertexai', 'google'],
    ['google-gla', 'google'],
    ['grok', 'x-ai'],
  ])('of %s is %s, as other SDKs write it', (name, canonical) => {
    expect(canonicalProvider(name)).toBe(canonical)
  })
})
