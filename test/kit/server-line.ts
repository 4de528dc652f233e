import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads'

/** A connection to PostgreSQL for programs that cannot wait: each call returns when the server waits for the client again. */
export interface ServerLine extends AsyncDisposable {
  /** Sends messages of the protocol, and returns the answer. */
  exchange(messages: Uint8Array): Uint8Array
}

const TIMEOUT_MS = 60_000

/** Opens a connection, without a user and a database: the client sends its own. */
export function openServerLine({ hostname, port }: URL): ServerLine {
  const { port1: here, port2: there } = new MessageChannel()
  const answered = new Int32Array(new SharedArrayBuffer(4))
  const worker = new Worker(new URL('server-line-worker.ts', import.meta.url), {
    workerData: { host: hostname, port: Number(port), there, answered },
    transferList: [there],
    execArgv: [],
  })
  return {
    exchange(messages) {
      Atomics.store(answered, 0, 0)
      // A port, not a window.
      // oxlint-disable-next-line unicorn/require-post-message-target-origin
      here.postMessage(Uint8Array.from(messages))
      if (Atomics.wait(answered, 0, 0, TIMEOUT_MS) === 'timed-out') throw new Error('PostgreSQL did not answer.')
      const message: unknown = receiveMessageOnPort(here)?.message
      if (message instanceof Uint8Array) return message
      throw new Error(`PostgreSQL did not answer: ${JSON.stringify(message)}`)
    },
    async [Symbol.asyncDispose]() {
      here.close()
      await worker.terminate()
    },
  }
}
