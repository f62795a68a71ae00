import { once } from 'node:events'
import { existsSync, globSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { firstWords, startProgram } from './remote-page.ts'
import type { RemotePage } from './remote-page.ts'

/**
 * Keeps what goes wrong in a page where it can be asked for: WebKit's driver has no log. That sizes changed while they were
 * being looked at is no fault; the browser tells of it the next time.
 */
const WATCH = `(() => {
  if (window.complaints) return
  const list = (window.complaints = [])
  const note = (...words) => list.push(words.map(String).join(' '))
  const plain = console.error
  console.error = (...words) => (note(...words), plain(...words))
  addEventListener('error', (event) => /^ResizeObserver loop/.test(event.message) || note(event.message))
  addEventListener('unhandledrejection', (event) => note('unhandled', event.reason))
  addEventListener('securitypolicyviolation', (event) => note('blocked', event.violatedDirective, event.blockedURI))
})()`

const browser = (): string | undefined => globSync('/usr/lib/*/webkit2gtk-4.*/MiniBrowser')[0]

/** Whether this machine has WebKit, with its driver and a screen that nobody sees. */
export const hasWebKit = (): boolean =>
  browser() !== undefined && ['/usr/bin/WebKitWebDriver', '/usr/bin/Xvfb'].every(existsSync)

/**
 * WebKit, Safari's engine, in the browser that WebKitGTK brings for its own tests, over WebDriver
 * (https://www.w3.org/TR/webdriver2/), on a screen that nobody sees.
 */
export async function openWebKit(): Promise<RemotePage> {
  const binary = browser()
  if (!binary) throw new Error('There is no WebKit. Install it (apt-get install webkit2gtk-driver xvfb).')
  const { ask, stop } = await startDriver()
  const options = { 'webkitgtk:browserOptions': { binary, args: ['--automation'] } }
  const { sessionId, capabilities } = await ask<{ sessionId: string; capabilities: { browserVersion: string } }>(
    'POST',
    '/session',
    { capabilities: { alwaysMatch: options } },
  )
  const here: Ask = (method, path, body) => ask(method, `/session/${sessionId}${path}`, body)
  const execute = <T>(script: string): Promise<T> => here('POST', '/execute/sync', { script, args: [] })
  return {
    version: `WebKitGTK ${capabilities.browserVersion}`,
    goto: async (url) => void (await here('POST', '/url', { url })),
    evaluate: async (expression) => {
      // The page may have been loaded anew by itself, as after signing in.
      const json = await execute<string | null>(`${WATCH}
        return (async () => JSON.stringify(await (${expression})))()`)
      return json === null ? undefined : JSON.parse(json)
    },
    act: async (actions) => void (await here('POST', '/actions', { actions })),
    setFiles: async (selector, paths) => {
      const query = { using: 'css selector', value: selector }
      const [id] = Object.values(await here<Record<string, string>>('POST', '/element', query))
      await here('POST', `/element/${id}/value`, { text: paths.join('\n') })
    },
    resize: async (width, height) => {
      // The window has a bar of its own above the page.
      const { height: outer } = await here<{ height: number }>('POST', '/window/rect', { width, height })
      const bar = outer - (await execute<number>('return innerHeight'))
      await here('POST', '/window/rect', { width, height: height + bar })
    },
    picture: async () => Buffer.from(await here<string>('GET', '/screenshot'), 'base64'),
    complaints: () => execute(`${WATCH}\nreturn window.complaints`),
    close: async () => {
      await here('DELETE', '')
      await stop()
    },
  }
}

/** The driver on a screen of its own. */
async function startDriver(): Promise<{ ask: Ask; stop: () => Promise<void> }> {
  const home = await mkdtemp(join(tmpdir(), 'outpost-webkit-'))
  const screen = startProgram('Xvfb', ['-displayfd', '3', '-screen', '0', '1600x1200x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  })
  const display = await firstWords(screen.stdio[3], /(\d+)\n/)
  const port = await freePort()
  const driver = startProgram('WebKitWebDriver', [`--port=${port}`, '--host=127.0.0.1'], {
    env: { ...process.env, DISPLAY: `:${display}`, HOME: home, TZ: 'Asia/Seoul', LANG: 'C.UTF-8', NO_AT_BRIDGE: '1' },
    stdio: 'ignore',
  })
  const ask = asker(`http://127.0.0.1:${port}`)
  await untilReady(ask)
  const stop = async (): Promise<void> => {
    for (const program of [driver, screen]) {
      const ended = once(program, 'exit')
      program.kill()
      await ended
    }
    await rm(home, { recursive: true, force: true, maxRetries: 5 })
  }
  return { ask, stop }
}

type Ask = <T>(method: string, path: string, body?: object) => Promise<T>

const asker =
  (address: string): Ask =>
  async <T>(method: string, path: string, body?: object): Promise<T> => {
    const answer = await fetch(address + path, { method, ...(body && { body: JSON.stringify(body) }) })
    const { value } = (await answer.json()) as { value: T & { message?: string } }
    if (!answer.ok) throw new Error(`${method} ${path}: ${value.message}`)
    return value
  }

async function untilReady(ask: Ask): Promise<void> {
  for (;;) {
    const ready = await ask<{ ready: boolean }>('GET', '/status').catch(() => undefined)
    if (ready) return
    await sleep(20)
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
