/** Where log lines go. Never waits for a reader. */
export interface LogOutput {
  write(line: string): void
  /** Writes a line that is known to be of the level "info" or lower. */
  hold(line: string): void
  /** Returns how many lines were dropped because nobody read the log. */
  dropped(): number
}

/** Maximum number of bytes that wait for the reader of the log. Lines beyond it are dropped. */
export const MAX_UNREAD_LOG_BYTES = 1024 * 1024

/** Lines of a higher level are written at once, with those before them. */
const HELD_LEVEL = /^\{"level":[1-3]0,/

/**
 * Writes to a stream, which defaults to stderr. Node.js writes to a file or to a pipe with room in it at once, so that
 * lines logged before a crash are not lost. It keeps what a full pipe does not take, without a bound: hence this one. Lines up
 * to the level "info" are held until the end of a turn of the event loop, or of the process, because a system call for each
 * would cost more than a small request.
 */
export function createLogOutput(
  stream: Pick<NodeJS.WritableStream, 'write' | 'on' | 'listeners'> & { readonly writableLength: number } = process.stderr,
): LogOutput {
  let dropped = 0
  let unreported = 0
  let held = ''
  if (!stream.listeners('error').includes(ignoreClosedPipe)) stream.on('error', ignoreClosedPipe)

  function writeHeld(): void {
    process.off('exit', writeHeld)
    if (held !== '') stream.write(held)
    held = ''
  }

  function hold(line: string): void {
    if (stream.writableLength + held.length + line.length > MAX_UNREAD_LOG_BYTES) {
      dropped += 1
      unreported += 1
      return
    }
    if (held === '') {
      setImmediate(writeHeld)
      process.once('exit', writeHeld)
    }
    if (unreported > 0) held += `${JSON.stringify({ level: 40, time: new Date().toISOString(), msg: DROPPED, dropped: unreported })}\n`
    unreported = 0
    held += line
  }

  return {
    write(line) {
      hold(line)
      if (!HELD_LEVEL.test(line)) writeHeld()
    },
    hold,
    dropped: () => dropped,
  }
}

/** The reader has closed the pipe; the server goes on. */
function ignoreClosedPipe(): void {}

const DROPPED = 'Log lines were dropped because nobody read the log.'
