import { describeReadings } from '../../testing/describe-readings.ts'

describeReadings('counts beside the answer', [
  {
    name: 'are read from Ollama',
    source: 'Ollama API: prompt_eval_count, eval_count',
    providers: ['ollama'],
    response: { model: 'llama3.3', message: { content: 'a' }, done: true, prompt_eval_count: 26, eval_count: 298 },
    tokens: { input: 26, output: 298 },
  },
  {
    name: 'are read from the end of a stream of Ollama',
    source: 'Ollama API: the last object of the stream',
    providers: ['ollama'],
    events: [
      { model: 'llama3.3', message: { content: 'a' }, done: false },
      { model: 'llama3.3', done: true, prompt_eval_count: 26, eval_count: 298 },
    ],
    model: 'llama3.3',
    tokens: { input: 26, output: 298 },
  },
  {
    name: 'are read from Llama on Bedrock',
    source: 'Amazon Bedrock, Meta Llama: prompt_token_count, generation_token_count',
    providers: ['bedrock'],
    response: { generation: 'a', prompt_token_count: 26, generation_token_count: 298, stop_reason: 'stop' },
    tokens: { input: 26, output: 298 },
  },
  {
    name: 'are read from Titan on Bedrock',
    source: 'Amazon Bedrock, Titan Text: inputTextTokenCount, results[].tokenCount',
    providers: ['bedrock'],
    response: { inputTextTokenCount: 26, results: [{ tokenCount: 200, outputText: 'a' }, { tokenCount: 98 }] },
    tokens: { input: 26, output: 298 },
  },
  {
    name: 'are read from embeddings of Titan on Bedrock',
    source: 'Amazon Bedrock, Titan Embeddings: inputTextTokenCount',
    providers: ['bedrock'],
    response: { embedding: [], inputTextTokenCount: 26 },
    tokens: { input: 26 },
  },
  {
    name: 'are read from embeddings on Vertex',
    source: 'Vertex AI, Text embeddings: predictions[].embeddings.statistics.token_count',
    providers: ['vertex'],
    response: { predictions: [{ embeddings: { statistics: { token_count: 5 } } }, { embeddings: { statistics: { token_count: 6 } } }] },
    tokens: { input: 11 },
  },
  {
    name: 'are read from watsonx',
    source: 'watsonx.ai, Text generation: results[].input_token_count, generated_token_count',
    providers: ['watsonx'],
    response: { model_id: 'ibm/granite', results: [{ input_token_count: 26, generated_token_count: 298 }] },
    tokens: { input: 26, output: 298 },
  },
  {
    name: 'are read from the metrics at the end of a stream of Bedrock',
    source: 'Amazon Bedrock, InvokeModelWithResponseStream: amazon-bedrock-invocationMetrics',
    providers: ['bedrock'],
    events: [
      { generation: 'a' },
      {
        generation: '',
        'amazon-bedrock-invocationMetrics': { inputTokenCount: 26, outputTokenCount: 298, cacheReadInputTokenCount: 100, cacheWriteInputTokenCount: 50 },
      },
    ],
    tokens: { input: 26, cacheRead: 100, cacheWrite5m: 50, output: 298 },
  },
])
