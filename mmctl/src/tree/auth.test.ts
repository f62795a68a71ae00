import { chmod, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { totpCode, totpStep } from '../../../server/src/sessions/totp.ts'
import type { Credentials } from '../connect/credentials.ts'
import { TestCli } from '../testing/cli.ts'

let cli: TestCli
let url: string
let file: string
const password = 'correct-horse'

beforeAll(async () => {
  cli = await TestCli.start()
  url = cli.server.url
  file = join(cli.home, 'config', 'mmctl', 'config')
  for (const name of ['anna', 'ben']) {
    const account = ['--email', `${name}@example.com`, '--username', name, '--password', password]
    await cli.local('user', 'create', '--system-admin', ...account)
  }
})
afterAll(() => cli.stop())
beforeEach(() => rm(file, { force: true }))

const login = (...more: string[]) => cli.run(['auth', 'login', url, ...more])
const stored = async () => JSON.parse(await readFile(file, 'utf8')) as Record<string, Credentials>

test('login asks for what is missing, and the password leaves no trace', async () => {
  const { code, out, err } = await cli.run(['auth', 'login', `${url}/`], { input: `test\nanna\n${password}\n` })
  expect(code).toBe(0)
  expect(out).toBe(`\n  credentials for "test": "anna@${url}" stored\n\n`)
  expect(err).toBe('Connection name: Username: Password: ')
  const { test: entry } = await stored()
  expect(entry).toEqual({
    name: 'test',
    username: 'anna',
    authToken: expect.stringMatching(/^[a-z0-9]{26}$/),
    authMethod: 'P',
    instanceUrl: url,
    active: true,
  })
  expect(await readFile(file, 'utf8')).toMatch(/^\{\n    "test": \{\n        "name"/)
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  expect((await stat(join(file, '..'))).mode & 0o777).toBe(0o700)
  const list = await cli.run(['user', 'list'])
  expect(list.out).toContain('(anna@example.com)')
  expect(list.err).toMatch(new RegExp(`^There are \\d+ users on ${url}/\n$`))
})

test('login takes password and token from files, which are trimmed', async () => {
  const secret = join(cli.home, 'secret')
  await writeFile(secret, `  ${password}\n`)
  expect((await login('-n', 'one', '-u', 'anna', '-f', secret)).code).toBe(0)
  const token = (
    await cli.local('token', 'generate', 'ben', 'cli').catch(async () => {
      await cli.server.app.config.patch({ ServiceSettings: { EnableUserAccessTokens: true } })
      return cli.local('token', 'generate', 'ben', 'cli')
    })
  ).split(':')[0]!
  await writeFile(secret, `${token}\n`)
  const { out } = await login('--name', 'two', '--access-token-file', secret, '--no-activate')
  expect(out).toBe(`\n  credentials for "two": "Personal Access Token@${url}" stored\n\n`)
  const { one, two } = await stored()
  expect([one!.active, two!.active, two!.authMethod, two!.authToken]).toEqual([true, false, 'T', token])
})

test('entries are listed, shown, chosen, renewed, deleted and forgotten', async () => {
  await login('-n', 'work', '-u', 'anna', '-p', password)
  await login('-n', 'a-longer-name', '-u', 'ben', '-p', password)
  expect((await cli.run(['auth', 'current'])).out).toBe(`\n  found credentials for "a-longer-name": "ben@${url}"\n\n`)
  const { out, err } = await cli.run(['auth', 'list'])
  const w = url.length
  expect(out.split('\n')).toEqual([
    '',
    `    | Active |          Name | Username | ${'InstanceURL'.padStart(w)} |`,
    `    |--------|---------------|----------|${'-'.repeat(w + 2)}|`,
    `    |      * | a-longer-name |      ben | ${url} |`,
    `    |        |          work |     anna | ${url} |`,
    '',
    '',
  ])
  expect(err).toBe('')
  expect((await cli.run(['auth', 'set', 'work'])).out).toBe('Credentials for server "work" set as active\n')
  const json = JSON.parse((await cli.run(['auth', 'list', '--json'])).out) as Credentials[]
  expect(json.map((one) => [one.name, one.active])).toEqual([
    ['a-longer-name', false],
    ['work', true],
  ])
  expect(json[0]).not.toHaveProperty('authToken')
  const before = (await stored()).work!.authToken
  const renewed = await cli.run(['auth', 'renew', 'work'], { input: `${password}\n` })
  expect(renewed.out).toBe('Credentials for server "work" successfully renewed\n')
  expect((await stored()).work!.authToken).not.toBe(before)
  expect(await cli.run(['auth', 'delete', 'work'])).toEqual({ code: 0, out: '', err: '' })
  expect(Object.keys(await stored())).toEqual(['a-longer-name'])
  expect(await cli.run(['auth', 'clean'])).toEqual({ code: 0, out: '', err: '' })
  await expect(stat(file)).rejects.toThrow('ENOENT')
})

test('what cannot work is said, and nothing is stored', async () => {
  const fails = async (argv: string[], input = '') => {
    const { code, err } = await cli.run(argv, { input })
    expect(code).toBe(1)
    return err
  }
  expect(await fails(['auth', 'login', url, '-n', 'x', '-u', 'anna', '-p', 'wrong-password'])).toMatch(/^Error: .+\n$/)
  expect(await fails(['auth', 'login', 'chat.example.com'])).toContain('looks like https://')
  expect(await fails(['auth', 'login', `${url}/api/v4/nowhere`, '-n', 'x'])).toContain('answers with status 404')
  expect(await fails(['auth', 'login', 'http://127.0.0.1:1'])).toContain('cannot reach http://127.0.0.1:1')
  expect(await fails(['auth', 'login', url, '-p', 'a', '-f', 'b'])).toContain('not both')
  expect(await fails(['auth', 'login', url, '-u', 'a', '-a', 'b'])).toContain('not both')
  expect(await fails(['auth', 'login', url, '-f', join(cli.home, 'none')])).toContain('ENOENT')
  expect(await fails(['auth', 'login', url])).toContain('no answer to "Connection name"')
  expect(await fails(['auth', 'login', url], '\n')).toContain('needs a name')
  expect(await fails(['auth', 'login'])).toContain('accepts 1 arg(s), received 0')
  for (const name of ['set', 'renew', 'delete']) {
    expect(await fails(['auth', name, 'nobody'])).toContain('no credentials are stored for "nobody"')
  }
  expect(await fails(['auth', 'current'])).toContain('auth set')
  expect(await fails(['auth', 'list'])).toContain('no credentials are stored')
  await expect(stat(file)).rejects.toThrow('ENOENT')
})

test('a damaged file is named; one that others may read is warned of and closed at the next change', async () => {
  await mkdir(join(file, '..'), { recursive: true })
  await writeFile(file, '{"work": 5}')
  expect((await cli.run(['auth', 'list'])).err).toContain(`${file} is damaged`)
  await rm(file)
  await login('-n', 'work', '-u', 'anna', '-p', password)
  await chmod(file, 0o644)
  expect((await cli.run(['system', 'version'])).err).toContain(`chmod 600 ${file}`)
  expect((await cli.run(['system', 'version', '--suppress-warnings'])).err).toBe('')
  await login('-n', 'other', '-u', 'anna', '-p', password)
  expect((await stat(file)).mode & 0o777).toBe(0o600)
})

test('the file is where flags and environment say', async () => {
  const elsewhere = join(cli.home, 'elsewhere')
  await login('--config', '$HOME/elsewhere', '-n', 'x', '-u', 'anna', '-p', password)
  expect((await stat(elsewhere)).mode & 0o777).toBe(0o600)
  expect((await cli.run(['auth', 'current'], { env: { MMCTL_CONFIG: elsewhere } })).code).toBe(0)
  expect((await cli.run(['auth', 'current'])).code).toBe(1)
})

test('an ended session tells how to renew it', async () => {
  await login('-n', 'work', '-u', 'anna', '-p', password)
  await cli.server.as({ token: (await stored()).work!.authToken }).post('/users/logout')
  const { code, err } = await cli.run(['user', 'list'])
  expect(code).toBe(1)
  expect(err).toContain('mmctl auth renew work')
})

test('a server of another version is warned of, or refused', async () => {
  let version = '9.11.0'
  const other = createServer((request, response) => {
    response.setHeader('X-Version-Id', `${version}.${version}.hash.true`)
    response.setHeader('Content-Type', 'application/json')
    response.end(request.url === '/api/v4/users/me' ? '{"id":"x","username":"anna"}' : '{"status":"OK"}')
  })
  await new Promise<void>((done) => other.listen(0, '127.0.0.1', done))
  const address = `http://127.0.0.1:${(other.address() as AddressInfo).port}`
  try {
    await cli.run(['auth', 'login', address, '-n', 'old', '-a', 'token'])
    const warned = await cli.run(['system', 'version'])
    expect(warned.out).toBe('Server version 9.11.0\n')
    expect(warned.err).toBe("WARNING: server version 9.11.0 doesn't match mmctl version 10.11.20\n")
    expect((await cli.run(['system', 'version', '--suppress-warnings'])).err).toBe('')
    expect(await cli.run(['system', 'version', '--strict'])).toEqual({
      code: 1,
      out: '',
      err: "Error: server version 9.11.0 doesn't match mmctl version 10.11.20\n",
    })
    version = '10.12.1'
    expect((await cli.run(['system', 'version', '--strict'])).code).toBe(0)
  } finally {
    other.close()
  }
})

test('with multi-factor authentication a code is given or asked for, until it is switched off', async () => {
  await cli.server.app.config.patch({ ServiceSettings: { EnableMultifactorAuthentication: true } })
  const account = ['--email', 'mia@example.com', '--username', 'mia', '--password', password]
  await cli.local('user', 'create', ...account)
  await login('-n', 'mia', '-u', 'mia', '-p', password)
  const mia = cli.server.as({ token: (await stored()).mia!.authToken })
  const { secret } = (await mia.post<{ secret: string }>('/users/me/mfa/generate')).body
  const code = (offset: number) => totpCode(secret, totpStep(Date.now()) + offset)
  await mia.put('/users/me/mfa', { activate: true, code: code(-1) })
  expect((await login('-n', 'mia', '-u', 'mia', '-p', password)).code).toBe(1)
  expect((await login('-n', 'mia', '-u', 'mia', '-p', password, '-m', code(0))).err).toBe('')
  expect((await stored()).mia!.authMethod).toBe('M')
  const renewed = await cli.run(['auth', 'renew', 'mia', '-p', password], { input: `${code(1)}\n` })
  expect([renewed.err, renewed.code]).toEqual(['MFA token: ', 0])
  await cli.local('user', 'resetmfa', 'mia')
  expect((await login('-n', 'mia', '-u', 'mia', '-p', password)).code).toBe(0)
  expect((await stored()).mia!.authMethod).toBe('P')
})
