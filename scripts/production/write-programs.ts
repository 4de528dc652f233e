import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** A program of the build. What an error would say of a place in the bundle, it says of the TypeScript. */
const program = (name: string) => `#!/usr/bin/env node
process.setSourceMapsEnabled(true)
await import('./lib/${name}.js')
`

/** Writes `server.js` and `tollgate.js`, which start the bundle. */
export async function writePrograms(out: string): Promise<void> {
  for (const name of ['server', 'tollgate']) await writeFile(join(out, `${name}.js`), program(name), { mode: 0o755 })
}
