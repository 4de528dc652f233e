import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import { extname, join, normalize } from 'node:path'
import { json } from 'node:stream/consumers'
import { formatDocument, stringifyDocument } from '@urql/core'
import { SetLimitDocument } from './src/gql/graphql.ts'

/** What the backend of the page knows and the page does not. */
export interface BackendOptions {
  /** Address of Tollgate: "https://tollgate.example.com/graphql". */
  readonly url: () => string
  readonly tenantId: string
  /** Key of the tenant. Creates tokens. */
  readonly tenantKey: () => string
  /** Key of an operator with the scope "quotas:write". */
  readonly operatorKey: string
  /** Folder of the built page. */
  readonly folder: string
}

const CREATE_TOKEN = `mutation { createAccessToken(input: { scopes: ["usage:read", "quotas:read", "credits:read"] }) { ... on CreateAccessTokenPayload { token } ... on Error { message } } }`
const SET_LIMIT = stringifyDocument(formatDocument(SetLimitDocument))
const TYPES: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' }

/** Creates the backend of the page: it serves the page, gives it tokens, and sets limits. A real one checks who is signed in first. */
export function createBackend({ url, tenantId, tenantKey, operatorKey, folder }: BackendOptions): Server {
  async function ask(key: string, query: string, variables = {}): Promise<unknown> {
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
    return (await fetch(url(), { method: 'POST', headers, body: JSON.stringify({ query, variables }) })).json()
  }

  async function answer(request: IncomingMessage): Promise<{ readonly type: string; readonly body: string | Buffer }> {
    const path = normalize(request.url ?? '/')
    if (path === '/session') {
      const { data } = (await ask(tenantKey(), CREATE_TOKEN)) as { readonly data: { readonly createAccessToken: { readonly token: string } } }
      return { type: 'application/json', body: JSON.stringify({ url: url(), token: data.createAccessToken.token }) }
    }
    if (path === '/limit') {
      // Only this mutation, and only this tenant: nothing else of the page's request is used.
      const { variables } = (await json(request)) as { readonly variables: { readonly limit: string } }
      return { type: 'application/json', body: JSON.stringify(await ask(operatorKey, SET_LIMIT, { tenantId, limit: variables.limit })) }
    }
    const file = path === '/' ? 'index.html' : path
    return { type: TYPES[extname(file)] ?? 'application/octet-stream', body: await readFile(join(folder, file)) }
  }

  return createServer((request, response) => {
    answer(request).then(
      ({ type, body }) => response.setHeader('content-type', type).end(body),
      () => response.writeHead(404).end(),
    )
  })
}
