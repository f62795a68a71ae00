import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { firstWords, startProgram } from './remote-page.ts'
import type { RemotePage } from './remote-page.ts'

const PROGRAM = process.env.FIREFOX ?? '/usr/bin/firefox-esr'

/** Whether this machine has Firefox. */
export const hasFirefox = (): boolean => existsSync(PROGRAM)

/** Without a window Firefox believes that there is no mouse: 6 is a fine pointer that can hover. */
const PREFERENCES = {
  'ui.prefersReducedMotion': 1,
  'ui.primaryPointerCapabilities': 6,
  'ui.allPointerCapabilities': 6,
}

interface Message {
  readonly id?: number
  readonly type: 'success' | 'error' | 'event'
  readonly method?: string
  readonly params?: { readonly level?: string; readonly text?: string }
  readonly result?: unknown
  readonly message?: string
}

interface Evaluated {
  readonly type: 'success' | 'exception'
  readonly result?: { readonly value?: string; readonly sharedId?: string }
  readonly exceptionDetails?: { readonly text: string }
}

/** Firefox without a window, over WebDriver BiDi (https://w3c.github.io/webdriver-bidi/), which it speaks by itself. */
export async function openFirefox(): Promise<RemotePage> {
  const profile = await mkdtemp(join(tmpdir(), 'outpost-firefox-'))
  const lines = Object.entries(PREFERENCES).map(([name, value]) => `user_pref("${name}", ${value});\n`)
  await writeFile(join(profile, 'user.js'), lines.join(''))
  const args = ['--headless', '--no-remote', '--profile', profile, '--remote-debugging-port=0']
  const env = { ...process.env, HOME: profile, TZ: 'Asia/Seoul', LANG: 'en_US.UTF-8', MOZ_CRASHREPORTER_DISABLE: '1' }
  const program = startProgram(PROGRAM, args, { env, stdio: ['ignore', 'ignore', 'pipe'] })
  const ended = once(program, 'exit')
  const line = new Line(await firstWords(program.stderr, /WebDriver BiDi listening on (\S+)/))
  const { capabilities } = await line.ask<{ capabilities: { browserName: string; browserVersion: string } }>(
    'session.new',
    { capabilities: {} },
  )
  await line.ask('session.subscribe', { events: ['log.entryAdded'] })
  const { context } = await line.ask<{ context: string }>('browsingContext.create', { type: 'tab' })
  const target = { context }
  const run = async (expression: string): Promise<Evaluated> => {
    const answer = await line.ask<Evaluated>('script.evaluate', { expression, target, awaitPromise: true })
    if (answer.type === 'exception') throw new Error(answer.exceptionDetails?.text)
    return answer
  }
  return {
    version: `${capabilities.browserName} ${capabilities.browserVersion}`,
    goto: async (url) => void (await line.ask('browsingContext.navigate', { context, url, wait: 'complete' })),
    evaluate: async (expression) => {
      const { result } = await run(`(async () => JSON.stringify(await (${expression})))()`)
      return result?.value === undefined ? undefined : JSON.parse(result.value)
    },
    act: async (actions) => void (await line.ask('input.performActions', { context, actions })),
    setFiles: async (selector, files) => {
      const { result } = await run(`document.querySelector(${JSON.stringify(selector)})`)
      await line.ask('input.setFiles', { context, element: { sharedId: result?.sharedId }, files })
    },
    resize: async (width, height) =>
      void (await line.ask('browsingContext.setViewport', { context, viewport: { width, height } })),
    picture: async () => {
      const { data } = await line.ask<{ data: string }>('browsingContext.captureScreenshot', { context })
      return Buffer.from(data, 'base64')
    },
    complaints: () => Promise.resolve(line.complaints),
    close: async () => {
      await line.ask('browser.close').catch(() => program.kill())
      await ended
      await rm(profile, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

/** Questions and answers over one socket. */
class Line {
  readonly complaints: string[] = []
  readonly #socket: WebSocket
  readonly #open: Promise<unknown>
  readonly #waiting = new Map<number, (answer: Message) => void>()
  #count = 0

  constructor(address: string) {
    this.#socket = new WebSocket(`${address}/session`)
    this.#open = once(this.#socket, 'open')
    this.#socket.addEventListener('message', ({ data }) => this.#hear(JSON.parse(String(data)) as Message))
  }

  async ask<T>(method: string, params: object = {}): Promise<T> {
    await this.#open
    const id = ++this.#count
    const answer = await new Promise<Message>((resolve) => {
      this.#waiting.set(id, resolve)
      this.#socket.send(JSON.stringify({ id, method, params }))
    })
    if (answer.type === 'error') throw new Error(`${method}: ${answer.message}`)
    return answer.result as T
  }

  #hear(message: Message): void {
    if (message.id !== undefined) {
      this.#waiting.get(message.id)?.(message)
      this.#waiting.delete(message.id)
    }
    if (message.method === 'log.entryAdded' && message.params?.level === 'error') {
      this.complaints.push(message.params.text ?? '')
    }
  }
}
