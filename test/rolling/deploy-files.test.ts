import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'
import { readStages, valuesOf } from '../../scripts/production/dockerfile.ts'
import { readEnvironment } from '../../apps/server/src/environment.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const read = (file: string) => readFile(`${ROOT}${file}`, 'utf8')
/** What a stop takes with the settings by default. */
const { lameDuckSeconds, drainSeconds, idleGraceSeconds } = readEnvironment({ DATABASE_URL: 'postgres://tollgate@db/tollgate' })
const STOP_SECONDS = lameDuckSeconds + Math.max(drainSeconds, idleGraceSeconds)

it('builds an image in two stages, which runs as an unprivileged user with a health check and node as its process', async () => {
  const stages = readStages(await read('Dockerfile'))
  expect(stages).toHaveLength(2)
  const [build, image] = stages
  expect(valuesOf(build, 'RUN')).toEqual(['node scripts/bootstrap.mjs serve', 'npm run build:production -- --out /app'])
  expect(valuesOf(image, 'COPY')).toEqual(['--from=build /app /app'])
  expect(valuesOf(image, 'USER')).toEqual(['1000:1000'])
  expect(valuesOf(image, 'HEALTHCHECK')[0]).toContain('/healthz')
  expect(JSON.parse(valuesOf(image, 'ENTRYPOINT')[0] ?? '')).toEqual(['node', '--max-semi-space-size=32', '/app/server.js'])
})

it('runs two servers over PostgreSQL 18 behind nginx, with settings that the server knows and time to stop', async () => {
  const { services } = parse(await read('compose.yaml'), { merge: true }) as { services: Record<string, Record<string, any>> }
  expect(Object.keys(services)).toEqual(['postgres', 'server-1', 'server-2', 'nginx'])
  expect(services['postgres']?.['image']).toBe('postgres:18')
  for (const server of [services['server-1'], services['server-2']]) {
    const settings = Object.fromEntries(
      Object.entries<string>(server?.['environment']).map(([name, value]) => [name, value.replaceAll(/\$\{[^}]*\}/g, 'a'.repeat(43))]),
    )
    expect(readEnvironment(settings)).toMatchObject({ metricsPort: 9464 })
    expect(Number.parseInt(server?.['stop_grace_period'], 10)).toBeGreaterThan(STOP_SECONDS)
  }
})

it('deploys to Kubernetes without privileges, with probes of the port of metrics and time to stop', async () => {
  const documents = parseAllDocuments(await read('deploy/kubernetes/tollgate.yaml')).map(document => {
    expect(document.errors).toEqual([])
    return document.toJS() as Record<string, any>
  })
  expect(documents.map(({ kind }) => kind)).toEqual(['Deployment', 'Service', 'PodDisruptionBudget'])
  const pod = documents[0]?.['spec'].template.spec
  const [server] = pod.containers
  const metrics = server.ports.find(({ name }: { name: string }) => name === 'metrics')
  expect(readEnvironment(Object.fromEntries(server.env.map(({ name, value }: { name: string; value: string }) => [name, value])))).toMatchObject({
    metricsPort: metrics.containerPort,
  })
  for (const [probe, path] of [
    ['startupProbe', '/readyz'],
    ['readinessProbe', '/readyz'],
    ['livenessProbe', '/healthz'],
  ] as const) {
    expect(server[probe].httpGet).toEqual({ path, port: 'metrics' })
  }
  expect(pod.terminationGracePeriodSeconds).toBeGreaterThan(STOP_SECONDS)
  expect(pod.securityContext.runAsNonRoot).toBe(true)
  expect(server.securityContext).toMatchObject({ allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } })
  expect(documents[1]?.['spec'].selector).toEqual(documents[0]?.['spec'].selector.matchLabels)
})

it('has the same nginx configuration for compose as the example, without TLS', async () => {
  const serverOf = (text: string) => text.slice(text.indexOf('    client_max_body_size'), text.indexOf('# The same servers.'))
  const [example, compose] = [await read('deploy/nginx/tollgate.conf'), await read('deploy/nginx/compose.conf')]
  expect(serverOf(compose)).toBe(serverOf(example))
  expect(serverOf(compose)).toContain('proxy_next_upstream error timeout;')
})

it('has a systemd unit that gives the server no privileges and time to stop', async () => {
  const unit = await read('deploy/systemd/tollgate.service')
  for (const line of ['DynamicUser=yes', 'NoNewPrivileges=yes', 'ProtectSystem=strict', 'CapabilityBoundingSet=', 'KillSignal=SIGTERM'])
    expect(unit.split('\n')).toContain(line)
  expect(Number(/^TimeoutStopSec=(\d+)$/m.exec(unit)?.[1])).toBeGreaterThan(STOP_SECONDS)
  // The tool of systemd where it is installed. It knows the names of all settings.
  if (!existsSync('/usr/bin/systemd-analyze')) return
  const { stderr } = await promisify(execFile)('/usr/bin/systemd-analyze', ['verify', `${ROOT}deploy/systemd/tollgate.service`]).catch(
    (error: unknown) => error as { stderr: string },
  )
  expect(stderr).not.toMatch(/Unknown|Invalid|Failed to parse/)
})
