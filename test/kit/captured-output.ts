import { AsyncLocalStorage } from 'node:async_hooks'
import fs from 'node:fs'

/** What code that runs in this process, but as if in a process of its own, sees and writes. */
export interface CapturedRun {
  readonly environment: Readonly<Record<string, string>>
  stdout: string
  stderr: string
}

const runs = new AsyncLocalStorage<CapturedRun>()

/**
 * Runs `work` with another environment, and collects what it writes to stdout and stderr. Several may run at once: what
 * is read and written is told apart by the asynchronous context, so code outside of `work` sees the real process.
 */
export async function captureOutput<Result>(
  environment: Readonly<Record<string, string>>,
  work: () => Promise<Result>,
): Promise<{ readonly result: Result; readonly stdout: string; readonly stderr: string }> {
  redirectProcess()
  const run: CapturedRun = { environment, stdout: '', stderr: '' }
  const result = await runs.run(run, work)
  return { result, stdout: run.stdout, stderr: run.stderr }
}

let isRedirected = false

/** Puts itself between the process and its users, once. */
function redirectProcess(): void {
  if (isRedirected) return
  isRedirected = true
  const { env } = process
  Object.defineProperty(process, 'env', { configurable: true, get: () => runs.getStore()?.environment ?? env })
  redirectStream('stdout', 1)
  redirectStream('stderr', 2)
}

function redirectStream(name: 'stdout' | 'stderr', descriptor: number): void {
  const stream = process[name]
  const write = stream.write.bind(stream) as (...args: unknown[]) => boolean
  stream.write = (chunk: string | Uint8Array, ...rest: unknown[]): boolean => {
    const run = runs.getStore()
    if (run === undefined) return write(chunk, ...rest)
    run[name] += chunk.toString()
    for (const callback of rest) if (typeof callback === 'function') callback()
    return true
  }
  // The log writes text to the file descriptor itself.
  const { writeSync } = fs
  fs.writeSync = ((target: number, text: string, ...rest: never[]): number => {
    const run = target === descriptor ? runs.getStore() : undefined
    if (run === undefined) return writeSync(target, text, ...rest)
    run[name] += text
    return Buffer.byteLength(text)
  }) as typeof fs.writeSync
}
