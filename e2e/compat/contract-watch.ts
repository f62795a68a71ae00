import { checkEvent, checkResponse, routeOfAddress } from '../../testkit/contract/index.ts'

/**
 * Watches everything that the official client is told: every answer to `fetch` and every frame of a socket is compared
 * with the contract. A client only uses what it happens to need; the contract knows the rest.
 */
export class ContractWatch {
  readonly problems: string[] = []
  /** what a browser would keep: the cookies that the last sign-in set */
  readonly cookies = new Map<string, string>()
  calls = 0
  frames = 0
  #fetch: typeof fetch | undefined

  /** Replaces the global `fetch`; `stop` puts it back. */
  start(): void {
    const original = globalThis.fetch
    this.#fetch = original
    globalThis.fetch = async (input, init) => {
      const response = await original(input, init)
      await this.#judge(new Request(input, { method: init?.method }), response.clone())
      return response
    }
  }

  stop(): void {
    if (this.#fetch) globalThis.fetch = this.#fetch
  }

  frame(frame: unknown): void {
    this.frames += 1
    this.problems.push(...checkEvent(frame))
  }

  /** What is wrong since the last time somebody asked. */
  take(): string[] {
    return this.problems.splice(0)
  }

  async #judge(request: Request, response: Response): Promise<void> {
    this.calls += 1
    for (const cookie of response.headers.getSetCookie()) {
      const [name, value] = cookie.split(';')[0]!.split('=')
      this.cookies.set(name!, value!)
    }
    const { method } = request
    const { pathname } = new URL(request.url)
    const body = await response.text()
    const path = routeOfAddress(method, pathname)?.path ?? pathname
    const contentType = response.headers.get('content-type') ?? undefined
    const { status } = response
    const wrong = checkResponse({ method, path, status, contentType, body })
    if (status >= 500) wrong.push(`${method} ${pathname} → ${status}`)
    if (body.includes('"api.context.404.app_error"')) wrong.push(`${method} ${pathname} is not there`)
    this.problems.push(...wrong.map((problem) => `${problem}\n    ${body.slice(0, 400)}`))
  }
}
