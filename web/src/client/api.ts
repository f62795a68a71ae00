import { Client4, WebSocketClient } from '@mattermost/client'
import { Reader } from '../store/reader.ts'
import { basePath } from './base-path.ts'

const unauthorized = new Set<() => void>()

/** Calls back when a request was refused because nobody is signed in (401). Returns what ends it. */
export function onUnauthorized(callback: () => void): () => void {
  unauthorized.add(callback)
  return () => void unauthorized.delete(callback)
}

/** The ecosystem's own client, opened for the few addresses it has no method for. */
class Api extends Client4 {
  constructor() {
    super()
    const plain = this.doFetch
    this.doFetch = async (url, options) => {
      try {
        return await plain(url, options)
      } catch (error) {
        if ((error as ApiError).status_code === 401) unauthorized.forEach((callback) => callback())
        throw error
      }
    }
  }

  ask<T>(method: string, path: string, body?: unknown): Promise<T> {
    const options = { method: method.toLowerCase(), ...(body !== undefined && { body: JSON.stringify(body) }) }
    return this.doFetch<T>(`${this.getBaseRoute()}${path}`, options)
  }
}

/** The REST API, as the ecosystem's own client speaks it. */
export const api = new Api()
api.setUrl(`${location.origin}${basePath}`)
api.setIncludeCookies(true)

/** Reconnects quickly, and within ten seconds after a longer break too: people wait for a server that was upgraded. Times in ms. */
export const socket = new WebSocketClient({
  minWebSocketRetryTime: 1_000,
  maxWebSocketRetryTime: 10_000,
  reconnectJitterRange: 1_000,
})

/** What of an error a person is to read: the server's own sentence, or what to do when it was not reached. */
export interface ApiError {
  readonly message: string
  readonly status_code?: number
  readonly server_error_id?: string
}

/** Whether the server was not reached at all: worth trying again. */
export const isUnreachable = (error: unknown): boolean => !(error as ApiError).status_code

/** The error's id, '' when the server was not reached. */
export const errorId = (error: unknown): string => (error as ApiError).server_error_id ?? ''

/** Asks for anything that the ecosystem's client has no method for; the path begins behind /api/v4. Rejects like its methods. */
export const request = <T>(method: string, path: string, body?: unknown): Promise<T> => api.ask<T>(method, path, body)

/** The reader of the store over this API. */
export const reader = new Reader(async (path, body) => {
  try {
    return { status: 200, body: await request(body === undefined ? 'GET' : 'POST', path, body) }
  } catch (error) {
    return { status: (error as ApiError).status_code ?? 0, body: error }
  }
})

/** The header that keeps the event of my own change from coming back to this connection. */
export function setConnectionId(id: string): void {
  api.setHeader('Connection-Id', id)
}
