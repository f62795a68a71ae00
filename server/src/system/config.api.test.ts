import { writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Person } from '../../../testkit/builders.ts'
import { TestServer } from '../../../testkit/server.ts'
import { MASK } from '../config/mask.ts'

let server: TestServer
let admin: Person
let manager: Person
let anna: Person

beforeAll(async () => {
  server = await TestServer.start({
    config: { ServiceSettings: { SiteURL: 'http://chat.example.com' }, EmailSettings: { SMTPPassword: 'secret' } },
    env: { MM_TEAMSETTINGS_SITENAME: 'Env' },
  })
  ;[admin, manager, anna] = await Promise.all([
    server.make.admin(),
    server.make.user({ roles: 'system_user site_writer' }),
    server.make.user(),
  ])
  const permissions = ' sysconsole_read_site_customization sysconsole_write_site_customization'
  const times = { createat: 1, updateat: 1, deleteat: 0 }
  const id = 'sitewriter0000000000000000'
  const role = { id, name: 'site_writer', displayname: '', description: '', permissions, ...times }
  await server.app.db
    .insertInto('roles')
    .values({ ...role, schememanaged: false, builtin: false })
    .execute()
  await server.app.access.load()
})
afterAll(() => server.stop())

test('an administrator reads everything but secrets, a manager his part, others nothing', async () => {
  const full = await server.as(admin).get('/config')
  expect(full.body.ServiceSettings.SiteURL).toBe('http://chat.example.com')
  expect(full.body.EmailSettings.SMTPPassword).toBe(MASK)
  expect(full.headers.get('cache-control')).toBe('no-cache, no-store, must-revalidate')
  const part = (await server.as(manager).get('/config')).body
  expect(part.TeamSettings.SiteName).toBe('Env')
  expect(part.ServiceSettings.ListenAddress).toBeUndefined()
  expect(part.SqlSettings).toEqual({})
  expect((await server.as(anna).get('/config')).status).toBe(403)
  expect((await server.as().get('/config')).status).toBe(401)
})

test('filters leave out placeholders and defaults', async () => {
  const { body } = await server.as(admin).get('/config?remove_masked=true&remove_defaults=true')
  expect(body.ServiceSettings.SiteURL).toBe('http://chat.example.com')
  expect(body.EmailSettings?.SMTPPassword).toBeUndefined()
  expect(body.SqlSettings?.DataSource).toBeUndefined()
  expect(body.ServiceSettings.ListenAddress).toBeUndefined()
})

test('a change is kept, masked secrets survive, and every client hears of it', async () => {
  const socket = await server.socket(anna)
  const before = (await server.as(admin).get('/config')).body
  before.TeamSettings.CustomDescriptionText = '안녕하세요'
  const { status, body } = await server.as(admin).put('/config', before)
  expect([status, body.TeamSettings.CustomDescriptionText]).toEqual([200, '안녕하세요'])
  expect(server.app.config.get().EmailSettings.SMTPPassword).toBe('secret')
  const { data } = await socket.heard('config_changed')
  expect(data.config.CustomDescriptionText).toBe('안녕하세요')
  expect(data.config.MaxPostSize).toBe('16383')
  expect((await server.as().get('/config/client')).body.CustomDescriptionText).toBe('안녕하세요')
  socket.close()
})

test('a manager changes only his part, silently', async () => {
  const { body } = await server.as(manager).put('/config/patch', {
    TeamSettings: { CustomBrandText: 'ours', MaxUsersPerTeam: 1 },
    ServiceSettings: { ListenAddress: ':1' },
  })
  expect(body.TeamSettings.CustomBrandText).toBe('ours')
  expect(server.app.config.get().TeamSettings.MaxUsersPerTeam).not.toBe(1)
  expect(server.app.config.get().ServiceSettings.ListenAddress).toBe(':8065')
  expect((await server.as(anna).put('/config/patch', {})).status).toBe(403)
})

test('settings that open the server to an attacker cannot be changed here', async () => {
  const change = { PluginSettings: { EnableUploads: true } }
  const patched = await server.as(admin).put('/config/patch', change)
  expect([patched.status, patched.body.id]).toEqual([403, 'api.config.update_config.not_allowed_security.app_error'])
  const whole = (await server.as(admin).get('/config')).body
  whole.PluginSettings.EnableUploads = true
  whole.ImportSettings.Directory = '/etc'
  expect((await server.as(admin).put('/config', whole)).status).toBe(200)
  expect(server.app.config.get().PluginSettings.EnableUploads).toBe(false)
  expect(server.app.config.get().ImportSettings.Directory).not.toBe('/etc')
})

test('the site URL may change but not vanish', async () => {
  const whole = (await server.as(admin).get('/config')).body
  whole.ServiceSettings.SiteURL = ''
  const { status, body } = await server.as(admin).put('/config', whole)
  expect([status, body.id]).toEqual([400, 'api.config.update_config.clear_siteurl.app_error'])
  const patched = await server.as(admin).put('/config/patch', { ServiceSettings: { SiteURL: '' } })
  expect(patched.status).toBe(400)
})

test('nonsense is refused and nothing is written', async () => {
  const wrong = await server.as(admin).put('/config/patch', { TeamSettings: { MaxUsersPerTeam: 0 } })
  expect([wrong.status, wrong.body.id]).toEqual([400, 'model.config.is_valid.max_users.app_error'])
  expect((await server.as(admin).put('/config/patch', { TeamSettings: { MaxUsersPerTeam: 'x' } })).status).toBe(400)
  expect((await server.as(admin).put('/config/patch', { TeamSettings: 1 })).status).toBe(400)
  expect((await server.as(admin).put('/config', [])).status).toBe(400)
  expect((await server.as(admin).put('/config', 'nonsense')).status).toBe(400)
})

test('RestrictSystemAdmin closes its settings even to administrators', async () => {
  await server.app.config.patch({ ExperimentalSettings: { RestrictSystemAdmin: true } })
  await server.as(admin).put('/config/patch', { ServiceSettings: { ListenAddress: ':2' } })
  expect(server.app.config.get().ServiceSettings.ListenAddress).toBe(':8065')
  await server.app.config.patch({ ExperimentalSettings: { RestrictSystemAdmin: false } })
})

test('what the environment sets is told', async () => {
  expect((await server.as(admin).get('/config/environment')).body).toEqual({ TeamSettings: { SiteName: true } })
  expect((await server.as(anna).get('/config/environment')).status).toBe(403)
})

test('the file is read again on request; a damaged one changes nothing', async () => {
  expect((await server.as(anna).post('/config/reload')).status).toBe(403)
  expect((await server.as(admin).post('/config/reload')).status).toBe(200)
  await writeFile(server.app.config.source, '{')
  const { status, body } = await server.as(admin).post('/config/reload')
  expect([status, body.id]).toEqual([500, 'api.config.reload_config.app_error'])
  expect((await server.as().get('/config/client')).status).toBe(200)
})

test('before signing in clients learn less', async () => {
  const limited = (await server.as().get('/config/client?format=old')).body
  const full = (await server.as(anna).get('/config/client?format=old')).body
  expect(limited.MaxPostSize).toBeUndefined()
  expect(full.MaxPostSize).toBe('16383')
  expect(limited.SiteName).toBe('Env')
})
