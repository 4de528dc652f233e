/** An element as text. Elements without content are empty text, because EN 16931 forbids empty elements. */
export type XmlElement = string

/** Returns an element with attributes. Null content leaves it out. */
export function element(name: string, content: string | null, attributes: Readonly<Record<string, string>> = {}): XmlElement {
  if (content === null || content.trim() === '') return ''
  return tagged(name, escapeXml(content), attributes)
}

/** Returns an element of elements, or nothing if all of them are empty. */
export function parent(name: string, ...children: readonly XmlElement[]): XmlElement {
  const content = children.join('')
  return content === '' ? '' : tagged(name, content, {})
}

/** Escapes text for XML. Characters that XML cannot contain become spaces. */
export function escapeXml(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, ' ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}

function tagged(name: string, content: string, attributes: Readonly<Record<string, string>>): XmlElement {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeXml(value)}"`)
  return `<${name}${written.join('')}>${content}</${name}>`
}
