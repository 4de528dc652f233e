import type { ClientBase } from 'pg'

/** Closes the socket of a client at once; what it waits for fails. `end` of the client would wait for PostgreSQL, which may not answer. */
export function destroyConnection(client: ClientBase): void {
  const { connection } = client as unknown as { connection: { stream: { destroy(): void } } }
  connection.stream.destroy()
}
