import type { Flags } from '../cli/flags.ts'
import type { Connection } from './connection.ts'

/** One event of the server's WebSocket, as it came. */
export interface SocketEvent {
  readonly event: string
  readonly data: Readonly<Record<string, unknown>>
}

/**
 * The events that a person with these credentials hears, until the connection ends. Throws when it cannot be opened
 * or breaks off. Local mode has none: nobody is signed in there.
 */
export async function* follow({ credentials }: Connection, flags: Flags): AsyncGenerator<SocketEvent> {
  if (!credentials) throw new Error('events can be followed only with an account: sign in with `mmctl auth login`')
  if (flags.bool('insecure-tls-version') || flags.bool('insecure-sha1-intermediate')) {
    throw new Error('events can be followed only over a safe connection: leave out the --insecure flags')
  }
  const url = `${credentials.instanceUrl.replace(/^http/, 'ws')}/api/v4/websocket`
  const socket = new WebSocket(url)
  const heard: SocketEvent[] = []
  let wake = () => {}
  let failure: Error | undefined
  let isOver = false
  socket.addEventListener('open', () => {
    const data = { token: credentials.authToken }
    socket.send(JSON.stringify({ seq: 1, action: 'authentication_challenge', data }))
  })
  socket.addEventListener('message', ({ data }) => {
    const event = JSON.parse(String(data)) as Partial<SocketEvent>
    if (event.event) heard.push(event as SocketEvent)
    wake()
  })
  socket.addEventListener('error', () => (failure = new Error(`the connection to ${url} cannot be opened`)))
  socket.addEventListener('close', ({ code }) => {
    failure ??= new Error(`the server ended the connection (${code})`)
    isOver = true
    wake()
  })
  try {
    for (;;) {
      while (heard.length > 0) yield heard.shift()!
      if (isOver) throw failure
      await new Promise<void>((done) => (wake = done))
    }
  } finally {
    socket.close()
  }
}
