import { createTollgate } from '@tollgate/sdk'
import { memoryEngine } from '@tollgate/sdk/testing'
import { expect, it } from 'vitest'
import { type Job, runWorker } from './run-worker.ts'

it('tracks each job once with its credits, and goes on after one that fails', async () => {
  const engine = memoryEngine()
  let nowMs = 0
  const tollgate = createTollgate({ engine, delivery: 'background', platform: { monotonicMs: () => nowMs } })
  async function* jobs(): AsyncGenerator<Job> {
    yield { id: 'job-1', userId: 'u1', kind: 'youtube_sync' }
    yield { id: 'job-2', userId: 'u2', kind: 'workflow_execution' }
    yield { id: 'job-1', userId: 'u1', kind: 'youtube_sync' }
  }
  await runWorker(tollgate, jobs(), async ({ id }) => {
    nowMs += 50
    if (id === 'job-2') throw new Error('no connection')
  })
  expect(engine.events).toMatchObject([
    {
      operation: 'youtube_sync',
      idempotencyKey: 'job-1',
      latencyMs: 50,
      credits: '0.005',
      resourceId: 'job-1',
      metadata: { customerId: 'u1' },
    },
    { operation: 'workflow_execution', status: 'FAILURE', errorMessage: 'Error: no connection', metadata: { customerId: 'u2' } },
  ])
})
