import type { IncomingMessage } from 'node:http'
import { GRAPHIQL_ASSETS } from '../../http/paths.ts'
import { type StaticContent, staticContent } from '../../http/static/static-content.ts'
import { GRAPHIQL_TABS } from './graphiql-tabs.ts'

/** Options of GraphiQL. */
const HEADERS = '{\n  "Authorization": "Bearer "\n}'
const GRAPHIQL = { title: 'Tollgate', defaultTabs: GRAPHIQL_TABS.map(tab => ({ ...tab, headers: HEADERS })), defaultHeaders: HEADERS }

/** The page of GraphiQL, the files that it loads, and the policy for them. */
export interface GraphiQLPage {
  readonly page: StaticContent
  /** The files by path. A path changes with the content of its file. */
  readonly assets: ReadonlyMap<string, StaticContent>
  readonly contentSecurityPolicy: string
}

let page: Promise<GraphiQLPage> | undefined

/**
 * Returns the page of GraphiQL. It has nine megabytes, so it is rendered when it is first opened, and all who open it share it: it needs no key.
 * It comes from here and not from a CDN: it works offline, and no third-party code sees the keys that users type in.
 */
export function graphiQLPage(): Promise<GraphiQLPage> {
  page ??= render()
  return page
}

/** Returns whether a request is for the page, and not for the result of an operation. */
export function asksForGraphiQL({ method, headers: { accept = '' } }: IncomingMessage): boolean {
  return method === 'GET' && accept.includes('text/html')
}

/** Elements of the page that become files, so that browsers can keep them: its icon, its styles and its scripts. */
const INLINE = /<link rel="icon" href="data:(?<icon>[^"]*)"[^>]*>|<style>(?<style>.*?)<\/style>|<script>(?<script>.*?)<\/script>/gs

async function render(): Promise<GraphiQLPage> {
  const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql')
  const assets = new Map<string, StaticContent>()
  const add = (type: string, extension: string, body: Buffer): string => {
    const content = staticContent(type, body)
    const path = `${GRAPHIQL_ASSETS}${content.hash}.${extension}`
    assets.set(path, content)
    return path
  }
  const html = renderGraphiQL(GRAPHIQL).replace(INLINE, (...found) => {
    const { icon, style, script } = found.at(-1) as Readonly<Record<string, string | undefined>>
    if (icon !== undefined) {
      const [, type = '', data = ''] = /^([^;,]*);base64,(.*)$/s.exec(icon) ?? []
      return `<link rel="icon" href="${add(type, 'ico', Buffer.from(data, 'base64'))}">`
    }
    if (style !== undefined) return `<link rel="stylesheet" href="${add('text/css; charset=utf-8', 'css', Buffer.from(style))}">`
    return `<script src="${add('text/javascript; charset=utf-8', 'js', Buffer.from(script ?? ''))}"></script>`
  })
  return { page: staticContent('text/html; charset=utf-8', Buffer.from(html)), assets, contentSecurityPolicy: POLICY }
}

/** The editor of GraphiQL sets styles of its own, and starts workers from scripts that it has made. It reads from this server only. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  'worker-src blob: data:',
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')
