import { AsyncLocalStorage } from 'node:async_hooks'
import fs from 'node:fs'

/** Work that runs in this process as if it had its own. */
export interface CapturedWork<Result> {
  /** Output so far. */
  stdout(): string
  stderr(): string
  readonly result: Promise<Result>
}

/** The environment and stdin that the work sees. */
export interface ProcessView {
  readonly environment: Readonly<Record<string, string>>
  /** Defaults to the stdin of this process. */
  readonly stdin?: NodeJS.ReadableStream & { readonly isTTY?: boolean }
}

interface Run extends ProcessView {
  stdout: string
  stderr: string
}

const runs = new AsyncLocalStorage<Run>()

/**
 * Starts `work` with another environment and stdin, and collects what it writes to stdout and stderr. Several may run at
 * once, each in its own asynchronous context. Code outside of `work` sees the real process.
 */
export function captureOutput<Result>(view: ProcessView, work: () => Promise<Result>): CapturedWork<Result> {
  redirectProcess()
  const run: Run = { ...view, stdout: '', stderr: '' }
  return { result: runs.run(run, work), stdout: () => run.stdout, stderr: () => run.stderr }
}

let isRedirected = false

/** Replaces the environment, stdin, stdout and stderr of the process, once. */
function redirectProcess(): void {
  if (isRedirected) return
  isRedirected = true
  const { env } = process
  Object.defineProperty(process, 'env', { configurable: true, get: () => runs.getStore()?.environment ?? env })
  const stdin = Object.getOwnPropertyDescriptor(process, 'stdin')
  Object.defineProperty(process, 'stdin', { configurable: true, get: () => runs.getStore()?.stdin ?? (stdin?.get?.() as unknown) })
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
