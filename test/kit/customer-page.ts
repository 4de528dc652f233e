/** What the page of a customer saw. */
export interface CustomerPageResult {
  readonly usage: unknown
  /** Calls of the day, each time that they changed, over Server-Sent Events and over a WebSocket. */
  readonly overEvents: readonly number[]
  readonly overSocket: readonly number[]
  /** The code of each refusal. */
  readonly refused: Readonly<Record<string, unknown>>
}

interface UsageResult {
  readonly data: { readonly usageUpdates: { readonly today: { readonly calls: number } } }
}

/**
 * The script of a page that shows a customer's usage and tries to read more than its access token allows. It runs in the
 * browser, so that it can use nothing from outside of this function.
 */
export async function customerPage({ url, token }: { url: string; token: string }): Promise<CustomerPageResult> {
  const RANGE = '{ from: "2020-01-01T00:00:00Z", to: "2040-01-01T00:00:00Z" }'
  const UPDATES = 'subscription { usageUpdates { today { calls } } }'
  const post = (query: string, init: RequestInit = {}) =>
    fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, accept: query.startsWith('subscription') ? 'text/event-stream' : '*/*' },
      body: JSON.stringify({ query }),
      ...init,
    })
  const ask = async (query: string) => (await post(query)).json()
  const show = (line: string) => document.body.appendChild(Object.assign(document.createElement('p'), { textContent: line }))
  document.body.style.font = '16px system-ui'
  show(`Page of ${location.origin}, usage from ${url}`)

  /** Adds a number of calls that is new: an update may have changed something else. */
  function add(calls: number[], { data: { usageUpdates } }: UsageResult, transport: string): void {
    if (calls.at(-1) === usageUpdates.today.calls) return
    calls.push(usageUpdates.today.calls)
    show(`Over ${transport}: ${calls.join(', ')} calls today`)
  }

  async function updatesOverEvents(): Promise<number[]> {
    const calls: number[] = []
    const reader = (await post(UPDATES)).body?.pipeThrough(new TextDecoderStream()).getReader()
    let received = ''
    while (reader !== undefined && calls.length < 2) {
      const { value, done } = await reader.read()
      if (done) break
      received += value
      const events = received.split('\n\n')
      received = events.pop() ?? ''
      for (const event of events) {
        const data = /^data: (.+)$/m.exec(event)?.[1]
        if (data === undefined) continue
        add(calls, JSON.parse(data) as UsageResult, 'Server-Sent Events')
      }
    }
    await reader?.cancel()
    return calls
  }

  function updatesOverSocket(): Promise<number[]> {
    const calls: number[] = []
    const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws')
    socket.addEventListener('open', () => socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization: `Bearer ${token}` } })))
    return new Promise((done, fail) => {
      socket.addEventListener('close', ({ reason }) => fail(new Error(`The WebSocket was closed: ${reason}`)))
      socket.addEventListener('message', ({ data }) => {
        const { type, payload } = JSON.parse(data as string) as { type: string; payload: UsageResult }
        if (type === 'connection_ack') socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query: UPDATES } }))
        if (type !== 'next') return
        add(calls, payload, 'a WebSocket')
        if (calls.length < 2) return
        done(calls)
        socket.close()
      })
    })
  }

  async function codeOf(query: string): Promise<unknown> {
    const response = await post(query)
    if (query.startsWith('subscription')) return /"code":"(\w+)"/.exec(await response.text())?.[1]
    const { data, errors } = (await response.json()) as { data?: Record<string, { code?: string }>; errors?: { extensions: { code: string } }[] }
    return errors?.[0]?.extensions.code ?? Object.values(data ?? {})[0]?.code ?? data
  }

  const { data } = (await ask(`{ usage(range: ${RANGE}) { totals { calls customers } } }`)) as { data: { usage: { totals: unknown } } }
  show(`Usage over fetch: ${JSON.stringify(data.usage.totals)}`)
  const refused: Record<string, unknown> = {
    'usage of another customer': await codeOf(`{ usage(range: ${RANGE}, filter: { customerIds: ["bob"] }) { totals { calls } } }`),
    'usage of another tenant': await codeOf(`{ usage(tenantId: "globex", range: ${RANGE}) { totals { calls } } }`),
    'the tenant': await codeOf('{ tenant { name } }'),
    'its API keys': await codeOf('{ apiKeys { nodes { id } } }'),
    'an object by id': await codeOf('{ node(id: "acme") { id } }'),
    'the audit log': await codeOf('{ auditTrail { nodes { id } } }'),
    'a change': await codeOf('mutation { trackUsage(input: { events: [{ operation: "chat" }] }) { ... on Error { code } } }'),
    'another subscription': await codeOf('subscription { alerts { cursor } }'),
    'a cookie': await post('{ __typename }', { credentials: 'include' }).then(
      () => 'sent',
      () => 'blocked by the browser',
    ),
  }
  for (const [what, code] of Object.entries(refused)) show(`Refused: ${what} (${String(code)})`)
  const [overSocket, overEvents] = await Promise.all([updatesOverSocket(), updatesOverEvents()])
  return { usage: data.usage.totals, overEvents, overSocket, refused }
}
