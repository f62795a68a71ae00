import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { FastifyReply, FastifyRequest } from 'fastify'

/** Where the build of `web/` lies: made by bin/start, or part of the package. */
export const WEB_FOLDER = resolve(
  process.env.OUTPOST_WEB_DIST ?? resolve(fileURLToPath(import.meta.url), '../../../../web/dist'),
)

export interface WebClient {
  /** Answers with a file of the web client or its page. False when the address is none of its own. */
  send(request: FastifyRequest, reply: FastifyReply): Promise<boolean>
}

export interface WebClientOptions {
  readonly folder: string
  /** path of the site, see sitePath */
  readonly basePath: string
  /** ServiceSettings.FrameAncestors: other sites that may show this one in a frame, space separated */
  readonly frameAncestors: () => string
}

const TYPES: Record<string, string> = {
  css: 'text/css; charset=utf-8',
  html: 'text/html; charset=utf-8',
  ico: 'image/x-icon',
  js: 'text/javascript; charset=utf-8',
  json: 'application/json',
  mjs: 'text/javascript; charset=utf-8',
  mp3: 'audio/mpeg',
  png: 'image/png',
  svg: 'image/svg+xml',
  wasm: 'application/wasm',
  wav: 'audio/wav',
  webmanifest: 'application/manifest+json',
  woff2: 'font/woff2',
}

/** Addresses that belong to programs: what is not there is a 404, never the page. */
const NO_PAGE = /^\/(static|plugins|hooks|oauth|\.well-known)(\/|$)|\/api\/v\d/

/** The addresses of the build's files. Only these are ever read, so no address can lead out of the folder. */
function listFiles(folder: string): ReadonlySet<string> {
  const list: string[] = JSON.parse(readFileSync(join(folder, 'files.json'), 'utf8'))
  return new Set(list)
}

/** The web client of a folder made by `web/scripts/build.ts`; undefined when nothing is built there. */
export function openWebClient(options: WebClientOptions): WebClient | undefined {
  let files: ReadonlySet<string>
  let html: string
  try {
    files = listFiles(options.folder)
    html = readFileSync(join(options.folder, 'index.html'), 'utf8')
  } catch {
    return undefined
  }
  const page = Buffer.from(withBasePath(html, options.basePath))
  const etag = `"${createHash('sha256').update(page).digest('base64url').slice(0, 22)}"`
  const sendPage = (request: FastifyRequest, reply: FastifyReply): void => {
    reply.headers({ ...pageHeaders(options.frameAncestors()), ETag: etag })
    if (request.headers['if-none-match'] === etag) void reply.code(304).send()
    else void reply.code(200).type(TYPES['html']!).send(page)
  }
  return {
    async send(request, reply) {
      if (request.method !== 'GET' && request.method !== 'HEAD') return false
      const path = request.url.split('?', 1)[0]!
      if (path !== '/index.html' && files.has(path)) return sendFile(options.folder, path, request, reply)
      if (NO_PAGE.test(path)) return false
      sendPage(request, reply)
      return true
    },
  }
}

/** The page's own addresses are relative to the site's root, wherever that is. */
function withBasePath(html: string, basePath: string): string {
  const attribute = basePath.replace(/["&<>]/g, (character) => `&#${character.charCodeAt(0)};`)
  return html.replaceAll(/(href|src)="\.?\//g, `$1="${attribute}/`).replace('<html', `<html data-base="${attribute}"`)
}

/** The page runs its own scripts only. Styles are also set by script; pictures and sounds may be shown from memory. */
function pageHeaders(frameAncestors: string): Record<string, string> {
  const policy = [
    "default-src 'self'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob: https: http:",
    "media-src 'self' data: blob: https: http:",
    "connect-src 'self' ws: wss:",
    "font-src 'self' data:",
    "worker-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'none'",
    `frame-ancestors 'self' ${frameAncestors}`.trim(),
  ]
  return {
    'Content-Security-Policy': policy.join('; '),
    // A frame of another site is allowed by the policy alone; old browsers that only know this header get none.
    ...(frameAncestors === '' && { 'X-Frame-Options': 'SAMEORIGIN' }),
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Permissions-Policy': 'interest-cohort=()',
    'Cache-Control': 'no-cache, private',
  }
}

async function sendFile(folder: string, path: string, request: FastifyRequest, reply: FastifyReply): Promise<boolean> {
  const accepts = String(request.headers['accept-encoding'] ?? '')
  const forms = [/\bbr\b/.test(accepts) && 'br', /\bgzip\b/.test(accepts) && 'gzip'].filter((one) => one !== false)
  for (const form of [...forms, undefined]) {
    const suffix = form === 'br' ? '.br' : form === 'gzip' ? '.gz' : ''
    const bytes = await readFile(join(folder, path + suffix)).catch(() => undefined)
    if (!bytes) continue
    const ending = path.slice(path.lastIndexOf('.') + 1)
    reply.headers({
      'Content-Type': TYPES[ending] ?? 'application/octet-stream',
      'X-Content-Type-Options': 'nosniff',
      // Names of built files tell their content; the others may change with the next version.
      'Cache-Control': path.startsWith('/static/assets/') ? 'public, max-age=31556926, immutable' : 'no-cache, public',
      Vary: 'Accept-Encoding',
      ...(form && { 'Content-Encoding': form }),
    })
    await reply.send(bytes)
    return true
  }
  return false
}
