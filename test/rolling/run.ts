import { startEmbeddedPostgres } from '@tollgate/embedded-postgres'
import { parseArgs } from 'node:util'
import { type ServerProcess, startServer } from '../kit/server-process.ts'
import { temporaryDirectory } from '../kit/temporary-directory.ts'
import { freePort } from './free-port.ts'
import { startLoad } from './load.ts'
import { exampleConfiguration, NGINX, PLAIN_CONFIGURATION, startNginx } from './nginx.ts'
import { restartInTurn, type StartAt } from './restart-in-turn.ts'
import type { ReverseProxy } from './reverse-proxy.ts'
import { startStrictProxy } from './strict-proxy.ts'

const HELP = `Restarts two servers in turn, under load and behind a proxy, and counts the requests that fail. There must be none.

  npm run rolling -- [--rounds N]

  --rounds N   how often to restart both servers behind each proxy; defaults to 3

The proxies are nginx with the example in deploy/nginx, nginx with proxy_pass and nothing else, and a proxy of our own. Without
nginx (Debian: apt-get install nginx), the first two count as failed.`

interface Proxy {
  readonly name: string
  /** Of the servers. */
  readonly lameDuckSeconds: number
  readonly start: (ports: readonly [number, number]) => Promise<ReverseProxy>
}

const PROXIES: readonly Proxy[] = [
  // Longer than the fail_timeout of the configuration, 2 s in the example and 10 s by default, which nginx rounds up.
  { name: 'nginx, example', lameDuckSeconds: 5, start: async ports => startNginx(await exampleConfiguration(), ports) },
  { name: 'nginx, proxy_pass only', lameDuckSeconds: 12, start: ports => startNginx(PLAIN_CONFIGURATION, ports) },
  { name: 'own proxy', lameDuckSeconds: 1, start: startStrictProxy },
]

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { rounds: { type: 'string', default: '3' }, help: { type: 'boolean' } } })
  if (values.help === true) return print(HELP)
  await using directory = await temporaryDirectory()
  const postgres = await startEmbeddedPostgres({ directory: directory.path })
  try {
    for (const proxy of PROXIES) {
      if (NGINX === undefined && proxy.name.startsWith('nginx')) fail(`${proxy.name}: nginx is not installed`)
      else await roll(proxy, postgres.url, Number(values.rounds))
    }
  } finally {
    await postgres.stop()
  }
}

async function roll(proxy: Proxy, databaseUrl: string, rounds: number): Promise<void> {
  const ports = [await freePort(), await freePort()] as const
  const environment = { DATABASE_URL: databaseUrl, TOLLGATE_LAME_DUCK_SECONDS: String(proxy.lameDuckSeconds), TOLLGATE_IDLE_GRACE_SECONDS: '1' }
  const startAt: StartAt = port => startServer({ environment: { ...environment, PORT: String(port) } })
  const servers: ServerProcess[] = await Promise.all(ports.map(startAt))
  await servers[0]?.api.send('mutation { createTenant(input: { id: "acme", name: "Acme" }) { __typename } }')
  await using started = await proxy.start(ports)
  const load = startLoad(started.url, 'acme')
  for (let round = 0; round < rounds; round += 1) await restartInTurn(servers, startAt, load)
  await load.stop()
  await Promise.all(servers.map(server => server.stop()))
  const failed = [...load.failures.values()].reduce((sum, count) => sum + count, 0)
  const line = `${proxy.name}: ${failed} of ${load.sent()} requests failed over ${rounds * 2} restarts`
  if (failed === 0) return print(line)
  fail(line)
  for (const [answer, count] of load.failures) print(`  ${count} × ${answer.slice(0, 200).replaceAll(/\s+/g, ' ')}`)
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}

function fail(line: string): void {
  print(line)
  process.exitCode = 1
}

await main()
