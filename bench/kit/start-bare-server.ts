import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'

/** Starts a server of node:http in its own process that answers every JSON body with the same text. */
export async function startBareServer(answer: string): Promise<AsyncDisposable & { readonly url: string }> {
  const server = spawn(process.execPath, ['--conditions=source', new URL('bare-server.ts', import.meta.url).pathname, answer], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [url] = (await once(createInterface({ input: server.stdout }), 'line')) as [string]
  return {
    url,
    async [Symbol.asyncDispose]() {
      server.kill('SIGTERM')
      await once(server, 'exit')
    },
  }
}
