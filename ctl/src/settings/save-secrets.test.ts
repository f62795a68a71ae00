import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { saveSecrets } from './secrets.ts'
import { TestMachine } from './test-machine.fixture.ts'

let machine: TestMachine
beforeEach(() => {
  machine = new TestMachine()
})
afterEach(() => machine.remove())

const LINES = "mattermost_external_url 'https://chat.corp.test'\nexternal_url 'https://git.corp.test'\n"
const file = (): string => join(machine.root, '/etc/outpost/outpost-secrets.json')

test('what was made up stays the same from the first save on, and the second save changes nothing', async () => {
  const first = await machine.settings(LINES)
  expect(saveSecrets(machine.context, first)).toBe(true)
  expect(statSync(file()).mode & 0o777).toBe(0o600)
  const second = await machine.settings(LINES)
  expect(second.secrets).toEqual(first.secrets)
  expect(second.env).toEqual(first.env)
  expect(saveSecrets(machine.context, second)).toBe(false)
})

test('a registration is remembered, and id and secret stay when sign-in is switched off', async () => {
  const first = await machine.settings(LINES)
  expect(first.env.MM_GITLABSETTINGS_ENABLE).toBe('false')
  const redirects = first.gitlab.registration.redirectUris
  saveSecrets(machine.context, first, {
    gitlab_enable: true,
    gitlab_scope: 'read_user',
    register_as_oauth_app: false,
    registered_redirect_uris: redirects,
  })
  const second = await machine.settings(LINES)
  expect(second.gitlab.registration).toMatchObject({ wanted: false, reason: 'it is registered already' })
  expect(second.env).toMatchObject({
    MM_GITLABSETTINGS_ENABLE: 'true',
    MM_GITLABSETTINGS_SCOPE: 'read_user',
    MM_GITLABSETTINGS_ID: first.secrets.gitlab_id,
  })
  const off = await machine.settings(`${LINES}mattermost['gitlab_enable'] = false`)
  saveSecrets(machine.context, off)
  expect((await machine.settings(LINES)).secrets.gitlab_secret).toBe(first.secrets.gitlab_secret)
  const again = await machine.settings(`${LINES}mattermost['register_as_oauth_app'] = true`)
  expect(again.gitlab.registration.wanted).toBe(true)
  expect(saveSecrets(machine.context, again)).toBe(false)
  expect((await machine.settings(LINES)).env.MM_GITLABSETTINGS_ENABLE).toBe('true')
})

test('keeps what else the file holds, and GitLab’s file as it is', async () => {
  const foreign = JSON.stringify({
    gitlab_rails: { secret_key_base: 'x' },
    mattermost: { gitlab_id: 'old', custom: 1 },
  })
  machine.write('/etc/gitlab/gitlab-secrets.json', foreign)
  machine.write(
    '/etc/outpost/outpost-secrets.json',
    JSON.stringify({ other: { a: 1 }, mattermost: { later: 'version' } }),
  )
  saveSecrets(machine.context, await machine.settings(LINES))
  expect(JSON.parse(readFileSync(file(), 'utf8'))).toMatchObject({
    other: { a: 1 },
    mattermost: { later: 'version', gitlab_id: 'old' },
  })
  expect(readFileSync(join(machine.root, '/etc/gitlab/gitlab-secrets.json'), 'utf8')).toBe(foreign)
})

test('nothing is written where secrets are not to be written', async () => {
  const settings = await machine.settings(`${LINES}package['generate_secrets_json_file'] = false`)
  expect(saveSecrets(machine.context, settings)).toBe(false)
  expect(existsSync(file())).toBe(false)
})

test('Let’s Encrypt switches itself on for a public name without certificate, once and for all', async () => {
  const lines = "mattermost_external_url 'https://chat.example.com'"
  const first = await machine.settings(lines)
  expect(first).toMatchObject({
    letsencrypt: { enabled: true, automatic: true, names: ['chat.example.com'] },
    nginx: { vhost: { redirectHttpToHttps: true } },
  })
  saveSecrets(machine.context, first)
  machine.write('/etc/gitlab/ssl/chat.example.com.crt', 'issued')
  expect((await machine.settings(lines)).letsencrypt.enabled).toBe(true)
  writeFileSync(file(), '{}')
  expect((await machine.settings(lines)).letsencrypt.enabled).toBe(false)
})

test.each([
  ["mattermost_external_url 'http://chat.example.com'"],
  ["mattermost_external_url 'https://chat.corp.test'"],
  ["mattermost_external_url 'https://192.0.2.1'"],
  ["mattermost_external_url 'https://chat.example.com'; mattermost_nginx['listen_https'] = false"],
  ["mattermost_external_url 'https://chat.example.com'; mattermost_nginx['ssl_certificate'] = '/x.crt'"],
  ["mattermost_external_url 'https://chat.example.com'; letsencrypt['enable'] = false"],
  ["mattermost_external_url 'https://chat.example.com'; nginx['enable'] = false"],
])('no Let’s Encrypt by itself: %s', async (lines) => {
  expect((await machine.settings(lines)).letsencrypt.enabled).toBe(false)
})

test('beside GitLab, letsencrypt[…] is about GitLab: a certificate that is there stays, and alt_names are not the chat’s', async () => {
  const lines =
    "mattermost_external_url 'https://chat.example.com'\nletsencrypt['enable'] = true\nletsencrypt['alt_names'] = ['registry.example.com']"
  machine.write('/etc/gitlab/ssl/chat.example.com.crt', 'own')
  const alone = await machine.settings(lines)
  expect(alone.letsencrypt).toMatchObject({
    enabled: true,
    automatic: false,
    names: ['chat.example.com', 'registry.example.com'],
  })
  machine.write('/opt/gitlab/embedded/service/gitlab-rails/x', '')
  expect((await machine.settings(lines)).letsencrypt).toMatchObject({ enabled: false, names: ['chat.example.com'] })
  const host = lines.replace('chat.', 'talk.')
  expect((await machine.settings(host)).letsencrypt).toMatchObject({ enabled: true, automatic: true })
})
