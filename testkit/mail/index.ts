import { SMTPServer } from 'smtp-server'
import type { SMTPServerOptions } from 'smtp-server'

/** A mail as it arrived. */
export interface ReceivedMail {
  readonly from: string
  readonly to: readonly string[]
  /** the whole message, decoded as UTF-8 */
  readonly raw: string
  readonly subject: string
  readonly text: string
  readonly html: string
  /** who signed in, '' = nobody */
  readonly user: string
  readonly secure: boolean
  /** how the client introduced itself */
  readonly helo: string
  header(name: string): string
}

export interface MailServerOptions extends Pick<SMTPServerOptions, 'secure' | 'key' | 'cert' | 'hideSTARTTLS'> {
  /** who may sign in; everybody may send without when absent */
  readonly account?: { readonly user: string; readonly password: string }
  /** addresses that are refused for good */
  readonly refuses?: (address: string) => boolean
  /** answers "try later" while it says so */
  readonly busy?: () => boolean
}

/** A real SMTP server on a free port of this machine, with an inbox that tests look into. */
export class MailServer {
  readonly port: number
  readonly inbox: ReceivedMail[] = []
  readonly #server: SMTPServer
  readonly #waiting: (() => void)[]

  private constructor(server: SMTPServer, port: number, inbox: ReceivedMail[], waiting: (() => void)[]) {
    this.#server = server
    this.port = port
    this.inbox = inbox
    this.#waiting = waiting
  }

  static async start(options: MailServerOptions = {}): Promise<MailServer> {
    const inbox: ReceivedMail[] = []
    const waiting: (() => void)[] = []
    const server = new SMTPServer(
      serverOptions(options, (mail) => {
        inbox.push(mail)
        for (const wake of waiting.splice(0)) wake()
      }),
    )
    // A client that does not trust our certificate hangs up; that is its right.
    server.on('error', () => undefined)
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    const { port } = server.server.address() as { port: number }
    return new MailServer(server, port, inbox, waiting)
  }

  /** Waits for a mail to this address and takes it out of the inbox. */
  async next(to: string): Promise<ReceivedMail> {
    for (;;) {
      const at = this.inbox.findIndex((mail) => mail.to.includes(to))
      if (at >= 0) return this.inbox.splice(at, 1)[0]!
      await new Promise<void>((done) => this.#waiting.push(done))
    }
  }

  stop(): Promise<void> {
    return new Promise((done) => this.#server.close(done))
  }
}

function serverOptions(options: MailServerOptions, receive: (mail: ReceivedMail) => void): SMTPServerOptions {
  const { account, refuses, busy, ...rest } = options
  const fail = (responseCode: number, text: string) => Object.assign(new Error(text), { responseCode })
  return {
    ...rest,
    authOptional: !account,
    allowInsecureAuth: true,
    disabledCommands: [...(account ? [] : ['AUTH']), ...(rest.key ? [] : ['STARTTLS'])],
    onAuth: ({ username, password }, _session, done) => {
      const right = username === account?.user && password === account?.password
      done(right ? null : fail(535, 'Wrong user or password'), right ? { user: username } : undefined)
    },
    onRcptTo: ({ address }, _session, done) => done(refuses?.(address) ? fail(550, 'No such mailbox') : null),
    onData: (stream, session, done) => {
      let raw = ''
      stream.setEncoding('utf8')
      stream.on('data', (chunk: string) => (raw += chunk))
      stream.on('end', () => {
        if (busy?.()) return done(fail(451, 'Try again later'))
        const from = session.envelope.mailFrom ? session.envelope.mailFrom.address : ''
        const to = session.envelope.rcptTo.map(({ address }) => address)
        receive({
          from,
          to,
          user: session.user ?? '',
          secure: session.secure,
          helo: session.clientHostname && (session.hostNameAppearsAs || ''),
          ...parsed(raw),
        })
        done()
      })
    },
  }
}

function parsed(raw: string): Pick<ReceivedMail, 'raw' | 'subject' | 'text' | 'html' | 'header'> {
  const head = unfolded(raw.split('\r\n\r\n')[0] ?? '')
  const header = (name: string): string => decodedWords(new RegExp(`^${name}: (.*)$`, 'im').exec(head)?.[1] ?? '')
  return { raw, header, subject: header('Subject'), text: part(raw, 'text/plain'), html: part(raw, 'text/html') }
}

const unfolded = (head: string): string => head.replaceAll(/\r\n[ \t]+/g, ' ')

/** RFC 2047: `=?UTF-8?B?…?=` and `=?UTF-8?Q?…?=`; the blank between two such words does not count. */
function decodedWords(text: string): string {
  return text
    .replaceAll(/\?=\s+=\?/g, '?==?')
    .replaceAll(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_, kind: string, body: string) =>
      kind.toLowerCase() === 'b'
        ? Buffer.from(body, 'base64').toString('utf8')
        : quotedPrintable(body.replaceAll('_', ' ')),
    )
}

function part(raw: string, type: string): string {
  const pieces = raw.split(/\r\n--[^\r\n]+(?:\r\n|$)/)
  const found = pieces.find((piece) => unfolded(piece).toLowerCase().startsWith(`content-type: ${type}`)) ?? ''
  const [head = '', ...body] = found.split('\r\n\r\n')
  const content = body.join('\r\n\r\n')
  if (/base64/i.test(head)) return Buffer.from(content, 'base64').toString('utf8').replaceAll('\r\n', '\n')
  return (/quoted-printable/i.test(head) ? quotedPrintable(content) : content).replaceAll('\r\n', '\n')
}

function quotedPrintable(text: string): string {
  const bytes = text
    .replaceAll(/=\r?\n/g, '')
    .replaceAll(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))
  return Buffer.from(bytes, 'latin1').toString('utf8')
}
