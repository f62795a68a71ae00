import http from 'node:http'
import type { IncomingMessage, RequestListener, Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { OutgoingError } from './outgoing-error.ts'

/** A server on a loopback address for one test file, with everything it was asked. */
export type LocalServer = { url: string; port: number; requests: IncomingMessage[]; server: Server; close: () => void }

/** Starts an HTTP server on a free port of 127.0.0.1. */
export async function startServer(listener: RequestListener): Promise<LocalServer> {
  const requests: IncomingMessage[] = []
  const server = http.createServer((request, response) => {
    requests.push(request)
    response.on('error', () => {})
    listener(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const close = () => {
    server.closeAllConnections()
    server.close()
  }
  return { url: `http://127.0.0.1:${port}`, port, requests, server, close }
}

/** The reason a request failed for, or what happened instead. */
export const reasonOf = (work: Promise<unknown>) =>
  work.then(
    () => 'no error',
    (error: unknown) => (error instanceof OutgoingError ? error.reason : String(error)),
  )
