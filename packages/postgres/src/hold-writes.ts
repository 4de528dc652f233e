import type { ClientBase } from 'pg'

/** The socket of a client, which holds writes back while it is corked. */
interface HeldSocket {
  readonly writableLength: number
  cork(): void
  uncork(): void
}

/** From this size on, PostgreSQL starts to work on what was written, instead of waiting for the rest. */
const MAX_HELD_BYTES = 32 * 1024

const held = new WeakSet<HeldSocket>()

/**
 * Holds back what is written to a connection until the code that runs now has sent all its queries. They leave in one system
 * call, which costs more than a small query.
 */
export function holdWrites(client: ClientBase): void {
  const socket = socketOf(client)
  if (held.has(socket)) return
  held.add(socket)
  socket.cork()
  process.nextTick(release, socket)
}

/** Sends what is held back, if there is enough of it or `isNow` is set. */
export function sendHeld(client: ClientBase, { isNow }: { readonly isNow: boolean }): void {
  const socket = socketOf(client)
  if (isNow || socket.writableLength >= MAX_HELD_BYTES) release(socket)
}

function release(socket: HeldSocket): void {
  if (held.delete(socket)) socket.uncork()
}

function socketOf(client: ClientBase): HeldSocket {
  return (client as unknown as { connection: { stream: HeldSocket } }).connection.stream
}
