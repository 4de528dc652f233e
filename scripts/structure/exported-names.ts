const EXPORT_LIST = /\bexport\s+(?:type\s+)?\{([^}]*)\}/g
const DECLARATION = /^export\s+(?:declare\s+|abstract\s+|async\s+)*(?:const|let|function\*?|class|interface|type|enum)\s+(\w+)/gm

/** Returns the names that the text of a module exports, as its importers write them. */
export function exportedNames(text: string): string[] {
  const code = text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')
  const listed = [...code.matchAll(EXPORT_LIST)].flatMap(([, list = '']) => list.split(','))
  const names = listed.map(entry => /(\w+)\s*$/.exec(entry)?.[1] ?? '').filter(name => name !== '')
  return [...names, ...[...code.matchAll(DECLARATION)].map(([, name = '']) => name)]
}
