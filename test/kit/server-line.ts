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
      here.postMessage(Uint8Array.from(messages))
      if (Atomics.wait(answered, 0, 0, TIMEOUT_MS) === 'timed-out') throw new Error('PostgreSQL did not answer.')
      const received = receiveMessageOnPort(here) as { readonly message: Uint8Array | { readonly failure: string } } | undefined
      if (received === undefined) throw new Error('The answer of PostgreSQL was lost.')
      if (!(received.message instanceof Uint8Array)) throw new Error(received.message.failure)
      return received.message
    },
    async [Symbol.asyncDispose]() {
      here.close()
      await worker.terminate()
    },
  }
}
