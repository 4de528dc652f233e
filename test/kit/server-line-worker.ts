import { connect } from 'node:net'
import { type MessagePort, workerData } from 'node:worker_threads'

const { host, port, there, answered } = workerData as { host: string; port: number; there: MessagePort; answered: Int32Array }

const socket = connect({ host, port, noDelay: true })
let received = Buffer.alloc(0)
/** Start of the first message that has not been looked at. */
let next = 0

function answer(message: Uint8Array | { readonly failure: string }): void {
  // A port, not a window.
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  there.postMessage(message)
  Atomics.store(answered, 0, 1)
  Atomics.notify(answered, 0)
}

/** Whether the server waits for the client: it is ready for a query, or asks for a password. */
function isWaiting(): boolean {
  while (next + 5 <= received.length) {
    const type = String.fromCharCode(received[next] ?? 0)
    const end = next + 1 + received.readInt32BE(next + 1)
    if (end > received.length) return false
    const asks = type === 'R' && ![0, 12].includes(received.readInt32BE(next + 5))
    next = end
    if ((type === 'Z' || asks) && end === received.length) return true
  }
  return false
}

there.on('message', (messages: Uint8Array) => {
  // "X": the client ends the connection, and expects no answer.
  if (messages[0] === 0x58 && messages.length === 5) return answer(new Uint8Array())
  socket.write(messages)
})
socket.on('data', (chunk: Buffer) => {
  received = Buffer.concat([received, chunk])
  if (!isWaiting()) return
  answer(Uint8Array.from(received))
  received = Buffer.alloc(0)
  next = 0
})
socket.on('error', ({ message }) => answer({ failure: message }))
