import { answerQuestion } from './answer-question.ts'
import { startTracing } from './start-tracing.ts'

// Run it with TOLLGATE_URL=http://localhost:4000 TOLLGATE_API_KEY=… node examples/open-telemetry/main.ts [http/json]
const { TOLLGATE_URL: url = 'http://localhost:4000', TOLLGATE_API_KEY: key = '' } = process.env
const protocol = process.argv[2] === 'http/json' ? 'http/json' : 'http/protobuf'
const provider = startTracing({ url, key, protocol })
const tracer = provider.getTracer('support-chat')

// In place of a model: one answer, and one failure.
const usage = { inputTokens: 1_000, cachedTokens: 200, outputTokens: 100 }
const complete = async () => ({ model: 'gpt-4o-mini-2024-07-18', text: 'Until six.', usage })
const fail = () => Promise.reject(new Error('no capacity'))

process.stdout.write(`${await answerQuestion({ tracer, text: 'How long are you open?', userId: 'cust_0001', complete })}\n`)
await answerQuestion({ tracer, text: 'Why?', userId: 'cust_0001', complete: fail }).catch((error: unknown) => process.stdout.write(`${String(error)}\n`))
await provider.shutdown()
