/** Builds the web client into web/dist: the files, their compressed forms, and the list that the server serves from. */
import { globSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { build } from 'vite'

const WEB = join(import.meta.dirname, '..')
// Elsewhere when several builds of one checkout are in use at a time.
const DIST = resolve(process.env.OUTPOST_WEB_DIST ?? join(WEB, 'dist'))

/** Smaller files travel in one packet anyway; pictures and fonts are compressed already. */
const worthCompressing = (path: string, size: number): boolean => size > 1024 && /\.(js|css|json|svg|html)$/.test(path)

const options = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }

await build({ root: WEB, configFile: join(WEB, 'vite.config.ts'), logLevel: 'warn', build: { outDir: DIST } })
const files = globSync('**/*.*', { cwd: DIST }).filter((path) => !/^\.vite|\.(br|gz)$/.test(path))
for (const path of files) {
  const bytes = readFileSync(join(DIST, path))
  if (!worthCompressing(path, bytes.length)) continue
  writeFileSync(join(DIST, `${path}.br`), brotliCompressSync(bytes, options))
  writeFileSync(join(DIST, `${path}.gz`), gzipSync(bytes))
}
const addresses = files.map((path) => `/${path}`).filter((path) => path !== '/files.json')
writeFileSync(join(DIST, 'files.json'), JSON.stringify(addresses.sort()))
