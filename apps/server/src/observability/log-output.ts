/** Where log lines go. Never waits for a reader. */
export interface LogOutput {
  write(line: string): void
  /** Returns how many lines were dropped because nobody read the log. */
  dropped(): number
}

/** Maximum number of bytes that wait for the reader of the log. Lines beyond it are dropped. */
export const MAX_UNREAD_LOG_BYTES = 1024 * 1024

/**
 * Writes to a stream, which defaults to stderr. Node.js writes to a file or to a pipe with room in it at once, so that
 * lines logged before a crash are not lost. It keeps what a full pipe does not take, without a bound: hence this one.
 */
export function createLogOutput(
  stream: Pick<NodeJS.WritableStream, 'write' | 'on' | 'listeners'> & { readonly writableLength: number } = process.stderr,
): LogOutput {
  let dropped = 0
  let unreported = 0
  if (!stream.listeners('error').includes(ignoreClosedPipe)) stream.on('error', ignoreClosedPipe)
  return {
    write(line) {
      if (stream.writableLength + line.length > MAX_UNREAD_LOG_BYTES) {
        dropped += 1
        unreported += 1
        return
      }
      if (unreported > 0) stream.write(`${JSON.stringify({ level: 40, time: new Date().toISOString(), msg: DROPPED, dropped: unreported })}\n`)
      unreported = 0
      stream.write(line)
    },
    dropped: () => dropped,
  }
}

/** The reader has closed the pipe; the server goes on. */
function ignoreClosedPipe(): void {}

const DROPPED = 'Log lines were dropped because nobody read the log.'
