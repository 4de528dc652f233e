import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { once } from 'node:events'
import { join } from 'node:path'
import { eventually } from '../kit/eventually.ts'
import { temporaryDirectory } from '../kit/temporary-directory.ts'
import { freePort } from './free-port.ts'
import type { ReverseProxy } from './reverse-proxy.ts'

const EXAMPLE = new URL('../../deploy/nginx/tollgate.conf', import.meta.url)

/** The path of nginx as the distribution installs it; undefined if it is not installed. */
export const NGINX = ['/usr/sbin/nginx', '/usr/local/sbin/nginx', '/opt/homebrew/bin/nginx'].find(path => existsSync(path))

/** The least that somebody writes who puts nginx in front of servers. It opens a connection for each request. */
export const PLAIN_CONFIGURATION = `
upstream tollgate {
    server 10.0.0.11:4000;
    server 10.0.0.12:4000;
}
server {
    listen 80;
    location / {
        proxy_pass http://tollgate;
    }
}`

/** Returns the example of deploy/, without TLS. */
export async function exampleConfiguration(): Promise<string> {
  const text = await readFile(EXAMPLE, 'utf8')
  return text.replaceAll(/^ *(ssl_certificate|ssl_certificate_key) .*\n/gm, '').replace('listen 443 ssl http2', 'listen 80')
}

/** Starts nginx in front of two servers with a configuration for 10.0.0.11:4000 and 10.0.0.12:4000. */
export async function startNginx(configuration: string, servers: readonly [number, number]): Promise<ReverseProxy> {
  if (NGINX === undefined) throw new Error('nginx is not installed. On Debian: apt-get install nginx')
  const directory = await temporaryDirectory()
  const port = await freePort()
  const inside = (name: string) => join(directory.path, name)
  const site = configuration
    .replaceAll('10.0.0.11:4000', `127.0.0.1:${servers[0]}`)
    .replaceAll('10.0.0.12:4000', `127.0.0.1:${servers[1]}`)
    .replace(/listen \d+;/, `listen 127.0.0.1:${port};`)
  await mkdir(inside('conf.d'))
  await writeFile(inside('conf.d/tollgate.conf'), site)
  await writeFile(
    inside('nginx.conf'),
    `daemon off; worker_processes 2; pid ${inside('pid')}; error_log ${inside('error.log')};
events { worker_connections 1024; }
http { access_log off; ${['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(name => `${name}_temp_path ${inside(name)};`).join(' ')} include conf.d/*.conf; }`,
  )
  const child = spawn(NGINX, ['-p', directory.path, '-c', inside('nginx.conf'), '-e', inside('error.log')], { stdio: ['ignore', 'ignore', 'pipe'] })
  const ended = once(child, 'close')
  const url = `http://127.0.0.1:${port}`
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => void (said += text))
  await eventually('nginx answers', async () => {
    if (child.exitCode !== null) throw new Error(`nginx ended: ${said}`)
    return fetch(`${url}/healthz`).then(
      response => response.status > 0,
      () => false,
    )
  })
  return {
    url,
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM')
      await ended
      await directory[Symbol.asyncDispose]()
    },
  }
}
