import { readdir, readFile } from 'node:fs/promises'
import { extname, join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { DomainError } from '@tollgate/kernel'
import { type StaticContent, staticContent } from './static-content.ts'
import { DASHBOARD_ASSETS, dashboardPage } from './dashboard-paths.ts'

/** The files of the dashboard, in memory. */
export interface Dashboard {
  /** Returns what sends the file or page at a path. Undefined if nothing of the dashboard is there. */
  at(path: string): ((request: IncomingMessage, response: ServerResponse) => Promise<void>) | undefined
}

/** The directory of the dashboard has no page. */
export class DashboardUnusable extends DomainError<'DASHBOARD_UNUSABLE'> {
  constructor(directory: string) {
    super('DASHBOARD_UNUSABLE', `TOLLGATE_DASHBOARD_DIR is ${directory}, which has no index.html. Build the dashboard, or set it to the built directory.`)
  }
}

/** Where the dashboard is built to: beside the package of the server, or beside the code in a production build. */
const BUILT = fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? '../../../../dashboard/dist' : '../dashboard', import.meta.url))

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.ico': 'image/x-icon',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.avif': 'image/avif',
  '.jpg': 'image/jpeg',
  '.woff2': 'font/woff2',
}

/** Formats that are compressed already. */
const COMPRESSED: ReadonlySet<string> = new Set(['.png', '.webp', '.avif', '.jpg', '.woff2'])

/** Compressed once while the server runs, so that it may take 50 ms for a large file. */
const BROTLI_QUALITY = 9

/** The page runs and loads only what this server sends. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "frame-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** For a year. The name of a file changes with its content. */
const KEEP = { 'cache-control': 'public, max-age=31536000, immutable' }
const ASK_AGAIN = { 'cache-control': 'no-cache' }
const PAGE = { ...ASK_AGAIN, 'content-security-policy': POLICY }

/**
 * Reads the built dashboard, all of it at once: a page that was sent loads its own files, even if the directory changes. A path
 * is looked up among the files that were found, so none leads out of the directory. Returns undefined if it was not built.
 */
export async function openDashboard(directory?: string): Promise<Dashboard | undefined> {
  const files = await readFiles(directory ?? BUILT)
  const page = files.get('/index.html')
  files.delete('/index.html')
  if (page === undefined) {
    if (directory !== undefined) throw new DashboardUnusable(directory)
    return undefined
  }
  return {
    at(path) {
      if (path === '/' || dashboardPage(path) !== undefined) return (request, response) => page.send(request, response, PAGE)
      const file = files.get(path)
      return file && ((request, response) => file.send(request, response, path.startsWith(DASHBOARD_ASSETS) ? KEEP : ASK_AGAIN))
    },
  }
}

/** Returns the files by path. Omits those of unknown types, such as source maps, and links. */
async function readFiles(directory: string): Promise<Map<string, StaticContent>> {
  const found = await readdir(directory, { recursive: true, withFileTypes: true }).catch((error: unknown) => {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return []
    throw error
  })
  const files = new Map<string, StaticContent>()
  for (const entry of found) {
    const extension = extname(entry.name)
    const type = TYPES[extension]
    if (!entry.isFile() || type === undefined) continue
    const file = join(entry.parentPath, entry.name)
    const options = { brotliQuality: BROTLI_QUALITY, compress: !COMPRESSED.has(extension) }
    files.set(`/${relative(directory, file).split(sep).join('/')}`, staticContent(type, await readFile(file), options))
  }
  return files
}
