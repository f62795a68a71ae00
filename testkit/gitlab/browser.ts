/** What a browser shows after following redirects. */
export interface Page {
  readonly url: string
  readonly status: number
  readonly headers: Headers
  readonly text: string
}

/**
 * A person's browser without a screen: keeps cookies by host and path, follows redirects by answer, by meta tag and by
 * script, and fills forms in.
 */
export class Browser {
  readonly #jar = new Map<string, { value: string; path: string; secure: boolean }>()
  /** sent with every request */
  readonly headers: Record<string, string> = {}
  /** addresses for which redirects end, so that a test can look at the answer */
  stopAt: (url: string) => boolean = () => false

  /** Opens an address and follows wherever it leads, at most 15 steps. */
  async open(url: string, init: RequestInit = {}): Promise<Page> {
    let page = await this.request(url, init)
    for (let steps = 0; steps < 15; steps++) {
      const next = nextAddress(page)
      if (!next || this.stopAt(next)) return page
      page = await this.request(next)
    }
    throw new Error(`too many redirects, the last to ${page.url}`)
  }

  /** One request; cookies are sent and kept, nothing is followed. */
  async request(url: string, init: RequestInit = {}): Promise<Page> {
    const cookie = this.#cookiesFor(new URL(url))
    const headers = { ...this.headers, ...(init.headers as Record<string, string>), ...(cookie && { Cookie: cookie }) }
    const response = await fetch(url, { ...init, headers, redirect: 'manual' })
    for (const line of response.headers.getSetCookie()) this.#keep(new URL(url), line)
    return { url, status: response.status, headers: response.headers, text: await response.text() }
  }

  /** Sends a form of a page: its hidden fields and those given. `id` says which, if there are several. */
  submit(page: Page, fields: Record<string, string> = {}, id = ''): Promise<Page> {
    const form = [...page.text.matchAll(/<form\b[^>]*>[^]*?<\/form>/g)]
      .map(([whole]) => whole)
      .find((whole) => whole.includes(`id="${id}`))
    if (!form) throw new Error(`no form ${id} at ${page.url} (${page.status}): ${page.text.slice(0, 300)}`)
    const values = new URLSearchParams()
    for (const [input] of form.matchAll(/<input\b[^>]*>/g)) {
      if (input.includes('type="hidden"')) values.append(attribute(input, 'name'), attribute(input, 'value'))
    }
    for (const [name, value] of Object.entries(fields)) values.set(name, value)
    const action = new URL(attribute(form, 'action'), page.url).href
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded' }
    return this.open(action, { method: 'POST', headers, body: values.toString() })
  }

  cookie(url: string, name: string): string | undefined {
    return this.#jar.get(`${new URL(url).hostname}|${name}`)?.value
  }

  setCookie(url: string, name: string, value: string): void {
    this.#jar.set(`${new URL(url).hostname}|${name}`, { value, path: '/', secure: false })
  }

  dropCookie(url: string, name: string): void {
    this.#jar.delete(`${new URL(url).hostname}|${name}`)
  }

  #cookiesFor(url: URL): string {
    return [...this.#jar]
      .filter(([key, { path, secure }]) => {
        const below = path === '/' || url.pathname === path || url.pathname.startsWith(`${path}/`)
        return key.startsWith(`${url.hostname}|`) && below && (!secure || url.protocol === 'https:')
      })
      .map(([key, { value }]) => `${key.split('|')[1]}=${value}`)
      .join('; ')
  }

  #keep(url: URL, line: string): void {
    const [pair = '', ...flags] = line.split('; ')
    const [name = '', value = ''] = pair.split(/=(.*)/s)
    const flag = (wanted: string) => flags.find((one) => one.toLowerCase().startsWith(wanted))?.split(/=(.*)/s)[1]
    const maxAge = flag('max-age')
    const key = `${url.hostname}|${name}`
    if (maxAge !== undefined && Number(maxAge) <= 0) this.#jar.delete(key)
    else this.#jar.set(key, { value, path: flag('path') ?? '/', secure: flags.includes('Secure') })
  }
}

function nextAddress(page: Page): string | undefined {
  const location = page.headers.get('location')
  if (page.status >= 300 && page.status < 400 && location) return new URL(location, page.url).href
  const script =
    /window\.location = (".*?")[;<\n]/.exec(page.text)?.[1] ??
    /window\.location = (".*?")<\/script>/.exec(page.text)?.[1]
  return script ? new URL(JSON.parse(script) as string, page.url).href : undefined
}

function attribute(tag: string, name: string): string {
  const value = new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1] ?? ''
  return value.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code))).replaceAll('&amp;', '&')
}

/** Signs in to GitLab on its page, if it asks, and allows what it asks for. Answers where the browser ends up. */
export async function passGitLab(
  browser: Browser,
  start: Page,
  person: { username: string; password?: string },
  consent: 'authorize' | 'deny' = 'authorize',
): Promise<Page> {
  let page = start
  if (page.url.endsWith('/users/sign_in')) {
    const password = person.password ?? `password of ${person.username}`
    page = await browser.submit(page, { 'user[login]': person.username, 'user[password]': password }, 'new_user')
  }
  return page.text.includes('id="authorize"') ? browser.submit(page, {}, consent) : page
}
