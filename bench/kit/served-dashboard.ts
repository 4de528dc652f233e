import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import type { startBrowser } from '../../test/kit/browser.ts'

export type Browser = Awaited<ReturnType<typeof startBrowser>>
export type Page = Awaited<ReturnType<Browser['newPage']>>
type Route = Parameters<Parameters<Page['route']>[1]>[0]

const DIST = fileURLToPath(new URL('../../apps/dashboard/dist', import.meta.url))
const ORIGIN = 'http://localhost:4999'
const TYPES: Readonly<Record<string, string>> = { '.js': 'text/javascript', '.css': 'text/css', '.html': 'text/html', '.svg': 'image/svg+xml' }

/** Answers a query of the dashboard, by the name of its operation. */
export type Answer = (variables: { readonly first?: number; readonly after?: string | null }) => object

/** Serves the built dashboard to a page, with answers that are made up, so that only the browser's work is measured. */
export async function serveDashboard(page: Page, answers: Readonly<Record<string, Answer>>): Promise<string> {
  await page.addInitScript(() => sessionStorage.setItem('tollgate.session', '{"token":"tga_bench","expiresAt":null}'))
  await page.route('**/*', async route => {
    const { pathname } = new URL(route.request().url())
    if (pathname === '/graphql') return answer(route, answers)
    const file = join(DIST, pathname)
    const found = extname(pathname) !== '' && existsSync(file) ? file : join(DIST, 'index.html')
    return route.fulfill({ body: await readFile(found), contentType: TYPES[extname(found)] ?? 'application/octet-stream' })
  })
  return ORIGIN
}

async function answer(route: Route, answers: Readonly<Record<string, Answer>>): Promise<void> {
  const { query, variables } = route.request().postDataJSON() as { query: string; variables: Parameters<Answer>[0] }
  const name = /^\s*(?:query|mutation) (\w+)/.exec(query)?.[1] ?? ''
  const data = answers[name]?.(variables)
  return route.fulfill({ json: data === undefined ? { errors: [{ message: `There is no answer to ${name}.` }] } : { data } })
}

/** Returns the kilobytes of JavaScript, compressed, that a browser loads before it can show the first page. */
export async function firstLoadKilobytes(): Promise<number> {
  const html = await readFile(join(DIST, 'index.html'), 'utf8')
  const scripts = [...html.matchAll(/(?:src|href)="([^"]+\.js)"/g)].map(([, path = '']) => path)
  if (scripts.length === 0) throw new Error('The page of the dashboard loads no script.')
  const sizes = await Promise.all(scripts.map(async path => gzipSync(await readFile(join(DIST, path))).length))
  return sizes.reduce((sum, size) => sum + size, 0) / 1_000
}
