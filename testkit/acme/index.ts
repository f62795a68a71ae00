import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, request as sendRequest, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Issuer } from './issuer.ts'
import { openSigned, thumbprint, type JsonWebKey, type Signed } from './jws.ts'

export interface AcmeOptions {
  /** where the proof of a name is looked for, instead of port 80 of that name */
  readonly challengePort: number
}

/** A certificate authority that speaks RFC 8555 with the HTTP-01 challenge. */
export interface TestAuthority {
  readonly directoryUrl: string
  /** names for which certificates were issued, oldest first */
  readonly issued: string[][]
  /** from now on every proof is found wrong */
  refuse: boolean
  close(): Promise<void>
}

interface Order {
  readonly names: string[]
  readonly jwk: JsonWebKey
  readonly tokens: string[]
  readonly valid: Set<string>
  readonly refused: Set<string>
  certificate?: string
}

/** Starts an authority on this machine. It looks at every proof itself and signs with openssl. */
export async function startAuthority(options: AcmeOptions): Promise<TestAuthority> {
  const folder = await mkdtemp(join(tmpdir(), 'outpost-acme-'))
  const authority = new Authority(options, await Issuer.create(folder))
  const server = createServer((request, response) => void authority.answer(request, response))
  await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done))
  authority.base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return Object.assign(authority, {
    directoryUrl: `${authority.base}/directory`,
    close: async () => {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
      await rm(folder, { recursive: true, force: true })
    },
  })
}

class Authority {
  base = ''
  refuse = false
  readonly issued: string[][] = []
  readonly #options: AcmeOptions
  readonly #issuer: Issuer
  readonly #nonces = new Set<string>()
  readonly #accounts = new Map<string, JsonWebKey>()
  readonly #orders = new Map<string, Order>()

  constructor(options: AcmeOptions, issuer: Issuer) {
    this.#options = options
    this.#issuer = issuer
  }

  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const nonce = randomBytes(12).toString('base64url')
    this.#nonces.add(nonce)
    response.setHeader('Replay-Nonce', nonce)
    try {
      const body = await readBody(request)
      if (request.url === '/directory') return send(response, 200, this.#directory())
      if (request.url === '/nonce') return send(response, 200, {})
      const signed = openSigned(body, (kid) => this.#accounts.get(kid))
      if (!this.#nonces.delete(signed.header.nonce)) throw new Error('badNonce')
      if (signed.header.url !== this.base + request.url) throw new Error('wrong url')
      await this.#act(request.url ?? '', signed, response)
    } catch (error) {
      send(response, 400, { type: 'urn:ietf:params:acme:error:malformed', detail: (error as Error).message })
    }
  }

  #directory(): Record<string, unknown> {
    const { base } = this
    return { newNonce: `${base}/nonce`, newAccount: `${base}/account`, newOrder: `${base}/order`, meta: {} }
  }

  async #act(url: string, signed: Signed, response: ServerResponse): Promise<void> {
    const [, kind = '', id = '', part = ''] = url.split('/')
    if (kind === 'account') return this.#account(signed, response)
    if (kind === 'order' && id === '') return this.#newOrder(signed, response)
    const order = this.#orders.get(id)
    if (!order) throw new Error('no such order')
    if (kind === 'order') return send(response, 200, this.#orderView(id, order))
    if (kind === 'authorization') return send(response, 200, this.#authorizationView(id, order, Number(part)))
    if (kind === 'challenge') return this.#challenge(id, order, Number(part), signed, response)
    if (kind === 'finalize') return this.#finalize(id, order, String(signed.payload?.csr), response)
    if (kind === 'certificate' && order.certificate) {
      response.writeHead(200, { 'Content-Type': 'application/pem-certificate-chain' }).end(order.certificate)
      return
    }
    throw new Error(`no such address ${url}`)
  }

  #account({ jwk, payload }: Signed, response: ServerResponse): void {
    const kid = `${this.base}/account/${thumbprint(jwk)}`
    const isNew = !this.#accounts.has(kid)
    if (isNew && payload?.termsOfServiceAgreed !== true) throw new Error('the terms were not agreed to')
    this.#accounts.set(kid, jwk)
    send(response, isNew ? 201 : 200, { status: 'valid' }, { Location: kid })
  }

  #newOrder({ jwk, payload }: Signed, response: ServerResponse): void {
    const names = ((payload?.identifiers ?? []) as { value: string }[]).map(({ value }) => value)
    const id = randomBytes(6).toString('hex')
    const tokens = names.map(() => randomBytes(16).toString('base64url'))
    const order: Order = { names, jwk, tokens, valid: new Set(), refused: new Set() }
    this.#orders.set(id, order)
    send(response, 201, this.#orderView(id, order), { Location: `${this.base}/order/${id}` })
  }

  #orderView(id: string, { names, valid, certificate }: Order): Record<string, unknown> {
    const status = certificate ? 'valid' : valid.size === names.length ? 'ready' : 'pending'
    return {
      status,
      identifiers: names.map((value) => ({ type: 'dns', value })),
      authorizations: names.map((_name, at) => `${this.base}/authorization/${id}/${at}`),
      finalize: `${this.base}/finalize/${id}`,
      ...(certificate && { certificate: `${this.base}/certificate/${id}` }),
    }
  }

  #authorizationView(id: string, order: Order, at: number): Record<string, unknown> {
    const challenge = this.#challengeView(id, order, at)
    return { status: challenge.status, identifier: { type: 'dns', value: order.names[at] }, challenges: [challenge] }
  }

  #challengeView(id: string, { names, tokens, valid, refused }: Order, at: number): Record<string, unknown> {
    const name = names[at]!
    const view = { type: 'http-01', url: `${this.base}/challenge/${id}/${at}`, token: tokens[at] }
    const error = { type: 'urn:ietf:params:acme:error:unauthorized', detail: `no proof of ${name} was found` }
    if (refused.has(name)) return { ...view, status: 'invalid', error }
    return { ...view, status: valid.has(name) ? 'valid' : 'pending' }
  }

  /** Without a payload somebody only asks how it stands. */
  async #challenge(id: string, order: Order, at: number, { payload }: Signed, response: ServerResponse): Promise<void> {
    const [name, token] = [order.names[at]!, order.tokens[at]!]
    if (payload) {
      const url = `http://127.0.0.1:${this.#options.challengePort}/.well-known/acme-challenge/${token}`
      const isGood = (await fetchAs(name, url)).trim() === `${token}.${thumbprint(order.jwk)}`
      ;(isGood && !this.refuse ? order.valid : order.refused).add(name)
    }
    send(response, 200, this.#challengeView(id, order, at))
  }

  async #finalize(id: string, order: Order, csr: string, response: ServerResponse): Promise<void> {
    if (order.valid.size !== order.names.length) throw new Error('the order is not ready')
    order.certificate = await this.#issuer.sign(Buffer.from(csr, 'base64url'), order.names)
    this.issued.push(order.names)
    send(response, 200, this.#orderView(id, order), { Location: `${this.base}/order/${id}` })
  }
}

/** Asks for a page as if the name led to this machine. */
function fetchAs(name: string, url: string): Promise<string> {
  return new Promise((done) => {
    const sent = sendRequest(url, { headers: { Host: name } }, (response) => {
      let text = ''
      response.on('data', (chunk: Buffer) => (text += chunk.toString())).on('end', () => done(text))
    })
    sent.on('error', () => done('')).end()
  })
}

async function readBody(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of request) text += (chunk as Buffer).toString()
  return text
}

function send(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'Content-Type': 'application/json', ...headers }).end(JSON.stringify(body))
}
