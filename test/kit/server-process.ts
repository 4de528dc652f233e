import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { createApi, type Api } from './api.ts'
import { eventually } from './eventually.ts'
import { type Program, programArguments } from './programs.ts'

/** The operator key of the servers of tests. */
export const OPERATOR_KEY = 'operator-key-of-the-tests'

/** The server or a command, as a process. */
export interface RunningProcess {
  readonly pid: number
  /** Output so far. */
  stdout(): string
  stderr(): string
  /** Stops reading stderr, like a log reader that hangs. */
  stallLog(): void
  /** Reads stderr again. */
  readLog(): void
  signal(signal: NodeJS.Signals): void
  /** Resolves when it has ended, to its exit code, or null if a signal ended it. */
  ended(): Promise<number | null>
}

/** A server that is ready, as `npm start` starts it. */
export interface ServerProcess extends RunningProcess {
  /** "http://localhost:41234" */
  readonly url: string
  /** A GraphQL client with the operator key. */
  readonly api: Api
  /** Stops it with SIGTERM, and resolves to the exit code. */
  stop(): Promise<number | null>
  /** Ends it with SIGKILL. */
  kill(): Promise<void>
}

/** Environment variables and arguments of a server or a command. */
export interface ProcessOptions {
  readonly environment: Readonly<Record<string, string>>
  readonly args?: readonly string[]
  /** The folder of a production build to run. Defaults to the bundle of the test run, or else the source. */
  readonly build?: string
  /** Whether it survives a Ctrl-C in the terminal of its parent. Defaults to false. */
  readonly survivesCtrlC?: boolean
}

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** Starts a program of the server package. It does not get the environment variables of this process. */
export function spawnProgram(program: Program, { environment, args = [], survivesCtrlC = false, build }: ProcessOptions): RunningProcess {
  const { PATH, HOME, TMPDIR } = process.env // The settings of the person who runs the tests must not affect the program.
  const child: ChildProcess = spawn(process.execPath, [...programArguments(program, build), ...args], {
    cwd: ROOT,
    env: Object.fromEntries(Object.entries({ PATH, HOME, TMPDIR, ...environment }).filter(([, value]) => value !== undefined)),
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: survivesCtrlC,
  })
  const collect = (stream: NodeJS.ReadableStream | null) => {
    const chunks: string[] = []
    stream?.setEncoding('utf8').on('data', (chunk: string) => chunks.push(chunk))
    return () => chunks.join('')
  }
  const ended = once(child, 'close').then(([code]: (number | null)[]) => code ?? null)
  return {
    pid: child.pid ?? 0,
    stdout: collect(child.stdout),
    stderr: collect(child.stderr),
    stallLog: () => child.stderr?.pause(),
    readLog: () => child.stderr?.resume(),
    signal: signal => child.kill(signal),
    ended: () => ended,
  }
}

/** A server that cannot start ends. One that starts beside others on a busy machine takes its time, but less than a hook may. */
const MAX_START_MS = 55_000

/** Starts a server on a free port, or on `environment.PORT`, and waits until it is ready. */
export async function startServer({ environment, args, survivesCtrlC, build }: ProcessOptions): Promise<ServerProcess> {
  const running = spawnProgram('main.ts', {
    environment: {
      PORT: '0',
      TOLLGATE_IDLE_GRACE_SECONDS: '0',
      TOLLGATE_LAME_DUCK_SECONDS: '0',
      TOLLGATE_OPERATOR_KEY: OPERATOR_KEY,
      TOLLGATE_DASHBOARD: '0', // It may be built or not.
      LOG_LEVEL: 'info',
      ...environment,
    },
    ...(args && { args }),
    ...(survivesCtrlC && { survivesCtrlC }),
    ...(build !== undefined && { build }),
  })
  let exited = false
  void running.ended().then(() => (exited = true))
  const isReady = () => {
    if (exited) throw new Error(`The server ended before it was ready:\n${running.stderr()}`)
    return running.stdout().includes('Press Ctrl-C to stop') && /(http:\S+)\/graphql/.exec(running.stdout())?.[1]
  }
  const url = await eventually('the server is ready', isReady, MAX_START_MS).catch((error: unknown) => {
    running.signal('SIGKILL') // Nobody else can end it.
    throw error
  })
  return {
    ...running,
    url,
    api: createApi({ url: `${url}/graphql`, key: OPERATOR_KEY }),
    async stop() {
      running.signal('SIGTERM')
      return running.ended()
    },
    async kill() {
      running.signal('SIGKILL')
      await running.ended()
    },
  }
}
