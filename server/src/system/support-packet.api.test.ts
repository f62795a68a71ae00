import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { Person } from '../../../testkit/builders.ts'
import { TestServer } from '../../../testkit/server.ts'
import { MASK } from '../config/mask.ts'
import { unzip } from './zip.fixture.ts'

let server: TestServer
let admin: Person
let anna: Person

beforeAll(async () => {
  const secret = 'the stored secret'
  server = await TestServer.start({
    config: {
      LogSettings: { FileLevel: 'ERROR' },
      EmailSettings: { SMTPPassword: secret },
      GitLabSettings: { Secret: secret },
    },
    env: { MM_TEAMSETTINGS_SITENAME: 'Env' },
  })
  ;[admin, anna] = await Promise.all([server.make.admin(), server.make.user()])
})
afterAll(() => server.stop())

async function packet(query = '') {
  const answer = await fetch(`${server.url}/api/v4/system/support_packet${query}`, {
    headers: { Authorization: `Bearer ${admin.token}` },
  })
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/zip'])
  const name = /filename="([^"]+)"/.exec(answer.headers.get('content-disposition') ?? '')?.[1]
  const files = unzip(Buffer.from(await answer.arrayBuffer()))
  const text = (file: string) => files.get(file)?.toString() ?? ''
  return { name, names: [...files.keys()], text }
}

test('a packet says what a helper needs, and no secret', async () => {
  server.app.log.error('the line to look for')
  await vi.waitFor(async () => expect((await server.as(admin).get('/logs')).body).toHaveLength(1))
  const { name, names, text } = await packet()
  expect(name).toMatch(/^outpost_support_packet_\d{4}-\d\d-\d\dT\d\d-\d\d\.zip$/)
  const about = ['metadata.yaml', 'diagnostics.yaml', 'stats.yaml', 'permissions.yaml']
  expect(names).toEqual([...about, 'plugins.json', 'sanitized_config.json', 'outpost.log'])
  expect(text('metadata.yaml')).toContain(`server_version: "10.11.20"\n`)
  expect(text('metadata.yaml')).toContain(`generated_by: "${admin.id}"\n`)
  expect(text('diagnostics.yaml')).toContain('  from_environment:\n    - "TeamSettings.SiteName"\n')
  expect(text('diagnostics.yaml')).toMatch(/database:\n {2}type: "postgres"\n.* {2}schema_version: 141\n/s)
  expect(text('stats.yaml')).toContain('unique_user_count: 2\n')
  expect(text('permissions.yaml')).toMatch(/^system_admin:\n( {2}- "\w+"\n)+/m)
  expect(text('outpost.log')).toContain('the line to look for')
  const config = JSON.parse(text('sanitized_config.json'))
  expect([config.EmailSettings.SMTPPassword, config.GitLabSettings.Secret]).toEqual([MASK, MASK])
  for (const file of names) expect(text(file), file).not.toContain('the stored secret')
})

test('the log can be left out, and what cannot be had spoils nothing else', async () => {
  expect((await packet('?basic_server_logs=false')).names).not.toContain('outpost.log')
  const host = vi.spyOn(server.app.host, 'logFile' as never, 'get' as never)
  host.mockReturnValue('/nowhere/outpost.log' as never)
  const { names, text } = await packet()
  host.mockRestore()
  expect(names).toContain('sanitized_config.json')
  expect(text('warning.txt')).toContain('outpost.log: ')
})

test('only administrators get one', async () => {
  expect((await server.as(anna).get('/system/support_packet')).status).toBe(403)
  expect((await server.as().get('/system/support_packet')).status).toBe(401)
})
