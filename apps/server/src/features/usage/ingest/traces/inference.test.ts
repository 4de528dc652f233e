import { describe, expect, it } from 'vitest'
import { inferenceOf } from './inference.ts'

const model = { 'gen_ai.request.model': 'gpt-5', 'gen_ai.system': 'openai' }
const tokens = { 'gen_ai.usage.input_tokens': 10 }

describe('inferenceOf', () => {
  it.each<{ span: Record<string, unknown>; operation: string | undefined }>([
    { span: { 'gen_ai.operation.name': 'chat' }, operation: 'chat' },
    { span: { 'gen_ai.operation.name': 'text_completion' }, operation: 'text_completion' },
    { span: { 'gen_ai.operation.name': 'generate_content' }, operation: 'generate_content' },
    { span: { 'gen_ai.operation.name': 'embeddings' }, operation: 'embeddings' },
    ...['invoke_agent', 'create_agent', 'invoke_workflow', 'execute_tool', 'retrieval', 'plan', 'constructor', ''].map(name => ({
      span: { 'gen_ai.operation.name': name, ...model, ...tokens },
      operation: undefined,
    })),
    { span: { 'gen_ai.operation.name': 7, ...model }, operation: undefined },
    { span: { 'openinference.span.kind': 'LLM' }, operation: 'chat' },
    { span: { 'openinference.span.kind': 'EMBEDDING' }, operation: 'embeddings' },
    ...['AGENT', 'CHAIN', 'TOOL', 'RETRIEVER', 'RERANKER'].map(kind => ({
      span: { 'openinference.span.kind': kind, ...model, ...tokens },
      operation: undefined,
    })),
    { span: { 'ai.operationId': 'ai.generateText.doGenerate', ...model }, operation: 'chat' },
    { span: { 'ai.operationId': 'ai.streamText.doStream', ...model }, operation: 'chat' },
    { span: { 'ai.operationId': 'ai.embedMany.doEmbed' }, operation: 'embeddings' },
    { span: { 'ai.operationId': 'ai.generateText', 'ai.usage.promptTokens': 10, ...model }, operation: undefined },
    { span: { 'ai.operationId': 'ai.toolCall' }, operation: undefined },
    { span: { 'llm.request.type': 'chat' }, operation: 'chat' },
    { span: { 'llm.request.type': 'completion' }, operation: 'text_completion' },
    { span: { 'llm.request.type': 'embedding' }, operation: 'embeddings' },
    { span: { 'llm.request.type': 'rerank', ...model }, operation: undefined },
    { span: { 'traceloop.span.kind': 'workflow', ...model, ...tokens }, operation: undefined },
    { span: { 'gen_ai.agent.name': 'support', ...model, ...tokens }, operation: undefined },
    { span: { 'gen_ai.tool.name': 'search', ...model }, operation: undefined },
    { span: model, operation: 'chat' },
    { span: { 'gen_ai.response.model': 'gpt-5', 'gen_ai.provider.name': 'openai' }, operation: 'chat' },
    { span: { 'gen_ai.request.model': 'gpt-5' }, operation: undefined },
    { span: { 'http.request.method': 'POST' }, operation: undefined },
    { span: {}, operation: undefined },
  ])('of $span is $operation', ({ span, operation }) => {
    expect(inferenceOf(span)).toBe(operation)
  })
})
