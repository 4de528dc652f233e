// The packages of Node give their operating system and processor as text. pnpm reads only lists, and would install all of them.
export const hooks = {
  /** @param {{ name?: string, os?: unknown, cpu?: unknown }} manifest */
  readPackage(manifest) {
    if (manifest.name?.startsWith('node-') === true) {
      if (typeof manifest.os === 'string') manifest.os = [manifest.os]
      if (typeof manifest.cpu === 'string') manifest.cpu = [manifest.cpu]
    }
    return manifest
  },
}
