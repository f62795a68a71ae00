import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Problem } from '../cli/problem.ts'
import type { Settings } from '../settings/settings.ts'
import type { Places } from './places.ts'
import { isStopped, sv } from './sv.ts'

/** s; a first start makes all tables */
const PATIENCE = 120

/** Waits until the chat server answers. One that dies again and again is not waited for; its last words are told. */
export async function waitUntilHealthy(places: Places, settings: Settings): Promise<void> {
  const url = `http://${localAddress(settings.listen)}/api/v4/system/ping`
  const pids = new Set<string>()
  for (const deadline = Date.now() + PATIENCE * 1000; Date.now() < deadline; await sleep(150)) {
    if (await answers(url)) return
    const status = await sv(places, 'status', 'outpost')
    if (isStopped(status)) return
    const pid = /\(pid (\d+)\)/.exec(status.output)?.[1]
    if (pid) pids.add(pid)
    if (pids.size > 4) break
  }
  const words = await lastWords(join(settings.directories.logs, 'current'))
  throw new Problem(
    `The chat server does not answer at ${url}.${words && ` Its last words:\n${words}`}`,
    'Remove the cause, then run the command again. More of the log: outpost-ctl tail outpost',
  )
}

/** How the service is reached on this machine. */
export function localAddress({ address, port }: Settings['listen']): string {
  const isAny = ['', '0.0.0.0', '::', '[::]'].includes(address)
  const host = isAny ? '127.0.0.1' : address
  return host.includes(':') && !host.startsWith('[') ? `[${host}]:${port}` : `${host}:${port}`
}

async function answers(url: string): Promise<boolean> {
  return fetch(url, { signal: AbortSignal.timeout(5_000) }).then(
    ({ ok, body }) => {
      void body?.cancel()
      return ok
    },
    () => false,
  )
}

async function lastWords(log: string): Promise<string> {
  const text = await readFile(log, 'utf8').catch(() => '')
  return text.trimEnd().split('\n').slice(-5).join('\n')
}
