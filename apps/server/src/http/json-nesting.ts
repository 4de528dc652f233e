const QUOTE = 0x22
const BACKSLASH = 0x5c
const OPENING = [0x5b, 0x7b] as const
const CLOSING = [0x5d, 0x7d] as const

/**
 * Returns whether JSON is nested deeper than `max`, without parsing it: a parser would create each of a million nested
 * lists. Reads up to the first place that is too deep.
 */
export function isNestedDeeperThan(json: Uint8Array, max: number): boolean {
  let depth = 0
  let inText = false
  for (let at = 0; at < json.length; at++) {
    const byte = json[at]
    if (inText) {
      if (byte === BACKSLASH) at += 1
      else if (byte === QUOTE) inText = false
    } else if (byte === QUOTE) inText = true
    else if (byte === OPENING[0] || byte === OPENING[1]) {
      depth += 1
      if (depth > max) return true
    } else if (byte === CLOSING[0] || byte === CLOSING[1]) depth -= 1
  }
  return false
}
