import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { isAllowedFeedUrl, isAllowedRedirect } from './allowed-feed-url.ts'
import { fetchedFeed } from './fetch-feed.ts'

describe('over http on the loopback address', () => {
  let answer: (request: IncomingMessage, response: ServerResponse) => void
  const server = createServer((request, response) => answer(request, response))
  let origin: string
  beforeEach(async () => {
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  afterEach(async () => {
    server.closeAllConnections()
    server.close()
    await once(server, 'close')
  })

  it('fetches the manifest, and a list beside it', async () => {
    answer = ({ url }, response) => response.setHeader('etag', '"1"').end(`text of ${url}`)
    const feed = fetchedFeed({ url: `${origin}/prices/manifest.json?key=1` })
    expect(await feed.manifest(null)).toEqual({ text: 'text of /prices/manifest.json?key=1', etag: '"1"' })
    expect(new TextDecoder().decode(await feed.list('list.json', 100))).toBe('text of /prices/list.json')
  })

  it('asks for the manifest by its tag, and receives nothing if it is the same', async () => {
    answer = ({ headers }, response) => {
      response.statusCode = headers['if-none-match'] === '"1"' ? 304 : 200
      response.end(response.statusCode === 200 ? 'new' : undefined)
    }
    const feed = fetchedFeed({ url: `${origin}/m.json` })
    expect(await feed.manifest('"1"')).toBeUndefined()
    expect(await feed.manifest('"2"')).toEqual({ text: 'new', etag: null })
  })

  it('follows redirects on the loopback address, and at most 3', async () => {
    answer = ({ url }, response) => {
      const step = Number(url?.slice(1))
      if (step === 0) response.end('here')
      else response.writeHead(302, { location: `/${step - 1}` }).end()
    }
    expect(await fetchedFeed({ url: `${origin}/3` }).manifest(null)).toMatchObject({ text: 'here' })
    await expect(fetchedFeed({ url: `${origin}/4` }).manifest(null)).rejects.toThrow(/redirects more than 3 times/)
  })

  it.each(['http://prices.example/m.json', 'file:///etc/passwd', 'ftp://127.0.0.1/', 'http://169.254.169.254/', 'http://['])(
    'does not follow a redirect to %s',
    async location => {
      answer = (_request, response) => response.writeHead(307, { location }).end()
      await expect(fetchedFeed({ url: `${origin}/m.json` }).manifest(null)).rejects.toMatchObject({
        state: 'unreachable',
        message: expect.stringContaining('not allowed'),
      })
    },
  )

  it.each([
    ['sent as it is', (bytes: Buffer) => bytes, {}],
    ['compressed', gzipSync, { 'content-encoding': 'gzip' }],
  ])('refuses a file that is too large, %s', async (_how, encode, headers) => {
    answer = (_request, response) => response.writeHead(200, headers).end(encode(Buffer.alloc(16 * 1024 + 1, 'a')))
    await expect(fetchedFeed({ url: `${origin}/m.json` }).manifest(null)).rejects.toMatchObject({
      state: 'unreadable',
      message: expect.stringMatching(/larger than 16,384 bytes/),
    })
    answer = (_request, response) => response.writeHead(200, headers).end(encode(Buffer.alloc(16 * 1024, 'a')))
    expect((await fetchedFeed({ url: `${origin}/m.json` }).manifest(null))?.text).toHaveLength(16 * 1024)
  })

  it.each([
    ['answers with an error', (response: ServerResponse) => response.writeHead(500).end('oops'), /answered with status 500/],
    ['breaks off', (response: ServerResponse) => response.socket?.destroy(), /cannot be reached/],
    ['never answers', () => {}, /did not answer within 0\.05 seconds/],
    ['never ends', (response: ServerResponse) => response.write('{'), /did not answer within 0\.05 seconds/],
    ['says that nothing changed without being asked', (response: ServerResponse) => response.writeHead(304).end(), /status 304/],
  ])('is unreachable if the host %s', async (_what, behave, problem) => {
    answer = (_request, response) => void behave(response)
    const fetching = fetchedFeed({ url: `${origin}/m.json`, timeoutMs: 50 }).manifest(null)
    await expect(fetching).rejects.toMatchObject({ state: 'unreachable', message: expect.stringMatching(problem) })
  })

  it('is unreachable if nothing listens', async () => {
    await expect(fetchedFeed({ url: 'http://127.0.0.1:9/m.json' }).manifest(null)).rejects.toMatchObject({ state: 'unreachable' })
  })
})

describe('from files', () => {
  let directory: string
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'feed-'))
  })
  afterEach(() => rm(directory, { recursive: true }))
  const feed = () => fetchedFeed({ url: pathToFileURL(join(directory, 'm.json')).href })

  it('reads the manifest, and a list beside it', async () => {
    await writeFile(join(directory, 'm.json'), 'manifest')
    await writeFile(join(directory, 'list.json'), 'list')
    expect(await feed().manifest('"1"')).toEqual({ text: 'manifest', etag: null })
    expect(new TextDecoder().decode(await feed().list('list.json', 4))).toBe('list')
    await expect(feed().list('list.json', 3)).rejects.toMatchObject({ state: 'unreadable' })
  })
  it('is unreachable without the file', async () => {
    await expect(feed().manifest(null)).rejects.toMatchObject({ state: 'unreachable', message: expect.stringContaining('ENOENT') })
  })
})

describe('addresses', () => {
  it.each([
    ['https://prices.example/', true],
    ['file:///srv/m.json', true],
    ['http://127.0.0.1:8080/', true],
    ['http://127.9.9.9/', true],
    ['http://[::1]/', true],
    ['http://localhost/', true],
    ['http://localhost.example/', false],
    ['http://127.0.0.1.example/', false],
    ['http://10.0.0.1/', false],
    ['ftp://127.0.0.1/', false],
    ['data:text/plain,x', false],
  ])('%s: allowed %s', (url, allowed) => {
    expect(isAllowedFeedUrl(new URL(url))).toBe(allowed)
  })
  it.each([
    ['https://a.example/', 'https://b.example/', true],
    ['https://a.example/', 'http://127.0.0.1/', false],
    ['https://a.example/', 'file:///etc/passwd', false],
    ['http://127.0.0.1/', 'https://b.example/', true],
    ['http://127.0.0.1/', 'http://a.example/', false],
  ])('a redirect from %s to %s: allowed %s', (from, to, allowed) => {
    expect(isAllowedRedirect(new URL(from), new URL(to))).toBe(allowed)
  })
})
