/** Reads the data of server-sent events from bytes that arrive in any pieces. */
export interface EventReader {
  /** Returns the events that are complete with these bytes, parsed. */
  read(bytes: Uint8Array): unknown[]
}

/** Creates a reader of server-sent events whose data is JSON. Events with other data, such as `[DONE]`, are left out. */
export function createEventReader(): EventReader {
  const decoder = new TextDecoder()
  let rest = ''
  let data = ''
  return {
    read(bytes) {
      const lines = (rest + decoder.decode(bytes, { stream: true })).split(/\r\n|\n|\r(?=.)/)
      rest = lines.pop() ?? ''
      const events: unknown[] = []
      for (const line of lines) {
        if (line.startsWith('data:')) data += line.slice('data:'.length)
        else if (line === '') {
          if (data !== '') events.push(...parsed(data))
          data = ''
        }
      }
      return events
    },
  }
}

function parsed(text: string): unknown[] {
  try {
    return [JSON.parse(text)]
  } catch {
    return []
  }
}
