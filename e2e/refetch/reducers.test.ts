import { readFile, readdir } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { applyEvent } from '../../web/src/store/apply-event.ts'
import { reducers } from '../../web/src/store/events/reducers.ts'
import { emptyState } from '../../web/src/store/state.ts'

const text = (path: string) => readFile(new URL(path, import.meta.url), 'utf8')

/** Names of the events in the server's catalogue. */
async function catalogue(): Promise<string[]> {
  const source = await text('../../server/src/realtime/events.ts')
  const body = source.slice(source.indexOf('interface EventPayloads'), source.indexOf('export type EventName'))
  return [...body.matchAll(/^ {2}(\w+): /gm)].map((match) => match[1]!)
}

test('every event of the server has a reducer, and there is none for anything else', async () => {
  expect(Object.keys(reducers).toSorted()).toEqual((await catalogue()).toSorted())
})

/** Events that no test here causes, and why. */
const NOT_CAUSED: Record<string, string> = {
  hello: 'tells the client about its socket, not about anything that REST knows',
  license_changed: 'there is nothing to license',
  preference_changed: 'of slash commands',
  persistent_notification_triggered: 'of the notification job; changes nothing',
}

test('every event is caused by a test here, and said to be heard', async () => {
  const files = (await readdir(new URL('.', import.meta.url))).filter((name) => name.endsWith('.test.ts'))
  const sources = (await Promise.all(files.map((name) => text(`./${name}`)))).join('\n')
  const said = new Set([...sources.matchAll(/says: \[([^\]]*)\]/g)].flatMap((match) => match[1]!.match(/\w+/g) ?? []))
  const missing = (await catalogue()).filter((name) => !said.has(name) && !(name in NOT_CAUSED))
  expect(missing).toEqual([])
})

test('an event of a newer server changes nothing', () => {
  const broadcast = { user_id: '', channel_id: '', team_id: '' }
  for (const event of ['recap_updated', 'custom_plugin_event', 'constructor', '__proto__']) {
    expect(applyEvent(emptyState, { event, data: {}, broadcast })).toBe(emptyState)
  }
})

test('hello tells the client who it is', () => {
  const data = { connection_id: 'c1', server_version: '10.11.20', server_hostname: 'h' }
  const broadcast = { user_id: 'u', channel_id: '', team_id: '' }
  expect(applyEvent(emptyState, { event: 'hello', data, broadcast })).toMatchObject({
    connectionId: 'c1',
    serverVersion: '10.11.20',
  })
})

test('the license and a single preference are taken over', () => {
  const broadcast = { user_id: '', channel_id: '', team_id: '' }
  const licensed = applyEvent(emptyState, {
    event: 'license_changed',
    data: { license: { IsLicensed: 'true' } },
    broadcast,
  })
  expect(licensed.license).toEqual({ IsLicensed: 'true' })
  const one = { user_id: 'u', category: 'display_settings', name: 'collapse_previews', value: 'true' }
  const data = { preference: JSON.stringify(one) }
  const preferred = applyEvent(emptyState, { event: 'preference_changed', data, broadcast })
  expect(preferred.preferences).toEqual({ 'display_settings--collapse_previews': one })
})
