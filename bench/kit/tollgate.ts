import { startEmbeddedPostgres } from '@tollgate/embedded-postgres'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, open, readFile, rm } from 'node:fs/promises'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { Client, Pool } from 'pg'

const OPERATOR_KEY = 'operator-key-of-the-benchmarks'
const ROOT = new URL('../../', import.meta.url)

/** A Tollgate server in its own process, on a PostgreSQL with production settings. */
export interface BenchmarkTollgate extends AsyncDisposable {
  /** URL of its GraphQL. */
  readonly url: string
  /** URL of its database, as the owner. */
  readonly databaseUrl: string
  /** Sends a serialised GraphQL request, with the operator key unless another is given, and returns the text of the response. Throws if the response has errors, unless it may. */
  send(body: string, options?: SendOptions): Promise<string>
  /** Opens a subscription over Server-Sent Events, and reads its results until the server is stopped. Resolves with the first. */
  subscribe(body: string): Promise<void>
  /** Opens connections for a peer to the same PostgreSQL, as superuser. They are closed with the server. */
  connect(connections: number): Pool
}

/** How a request is sent. */
export interface SendOptions {
  readonly key?: string
  readonly mayFail?: boolean
}

/** How a server is started. */
export interface BenchmarkTollgateOptions {
  /** Maximum number of connections of `send`. */
  readonly connections: number
  /** Whether the server logs each request to a file, as in production. Defaults to false. */
  readonly logsRequests?: boolean
}

/** Starts a server on an empty database, with the tenant `bench`. */
export async function startTollgate({ connections, logsRequests = false }: BenchmarkTollgateOptions): Promise<BenchmarkTollgate> {
  await using undo = new AsyncDisposableStack()
  const directory = await mkdtemp(join(tmpdir(), 'tollgate-bench-'))
  undo.defer(() => rm(directory, { recursive: true, force: true }))
  const postgres = await startEmbeddedPostgres({ directory, settings: { shared_buffers: '512MB', max_wal_size: '4GB' } })
  undo.defer(() => postgres.stop())
  const databaseUrl = await createDatabase(postgres.url)

  const log = logsRequests ? await open(join(directory, 'server.log'), 'a') : undefined
  undo.defer(() => log?.close())
  const server = spawn(process.execPath, await startArguments(), {
    cwd: ROOT,
    env: {
      ...process.env,
      DATABASE_URL: databaseUrl,
      PORT: '0',
      TOLLGATE_OPERATOR_KEY: OPERATOR_KEY,
      TOLLGATE_DATA_DIR: directory,
      TOLLGATE_LAME_DUCK_SECONDS: '0',
      LOG_LEVEL: logsRequests ? 'info' : 'error',
    },
    stdio: ['ignore', 'pipe', log?.fd ?? 'inherit'],
  })
  undo.defer(async () => {
    if (server.exitCode !== null) return
    server.kill('SIGTERM')
    await once(server, 'exit')
  })
  const url = await graphqlUrl(server)
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  undo.defer(() => agent.destroy())
  const send = (body: string, options?: SendOptions) => post(url, agent, body, options)
  await send(JSON.stringify({ query: 'mutation { createTenant(input: { id: "bench", name: "Benchmarks" }) { __typename } }' }))

  const done = undo.move()
  const connect = (max: number) => {
    const pool = new Pool({ connectionString: databaseUrl, max })
    done.defer(() => pool.end())
    return pool
  }
  const subscribe = (body: string) => openSubscription(url, body)
  return { url, databaseUrl, send, subscribe, connect, [Symbol.asyncDispose]: () => done.disposeAsync() }
}

/** Returns the arguments with which `npm start` runs Node.js. */
async function startArguments(): Promise<string[]> {
  const { scripts } = JSON.parse(await readFile(new URL('package.json', ROOT), 'utf8')) as { scripts: { start: string } }
  return scripts.start.replace(/^exec node /, '').split(' ')
}

async function createDatabase(url: string): Promise<string> {
  const client = new Client({ connectionString: url })
  await client.connect()
  await client.query('create database bench')
  await client.end()
  return url.replace(/\/postgres$/, '/bench')
}

/** Reads the URL from the output of the server. It is printed when the server is ready. */
async function graphqlUrl({ stdout }: ChildProcess): Promise<string> {
  if (stdout === null) throw new Error('The output of the server is not piped.')
  for await (const line of createInterface({ input: stdout })) {
    const url = /http:\S+\/graphql/.exec(line)?.[0]
    if (url !== undefined) {
      stdout.resume()
      return url
    }
  }
  throw new Error('The server ended before it was ready.')
}

function openSubscription(url: string, body: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${OPERATOR_KEY}`, 'content-type': 'application/json', accept: 'text/event-stream' }
    const sent = request(url, { agent: false, method: 'POST', headers }, response => {
      if (response.statusCode !== 200) reject(new Error(`HTTP ${response.statusCode}`))
      response.once('data', () => resolve())
      response.on('error', () => {}).resume()
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

function post(url: string, agent: Agent, body: string, { key = OPERATOR_KEY, mayFail = false }: SendOptions = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }
    const sent = request(url, { agent, method: 'POST', headers }, response => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString()
        if (mayFail || (response.statusCode === 200 && !text.includes('"errors":['))) resolve(text)
        else reject(new Error(`HTTP ${response.statusCode}: ${text.slice(0, 500)}`))
      })
    })
    sent.on('error', reject)
    sent.end(body)
  })
}
