import { X509Certificate, createPrivateKey } from 'node:crypto'
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs'
import { connect } from 'node:tls'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { startAuthority, type TestAuthority } from '../../../testkit/acme/index.ts'
import { renewWhenDue } from '../commands/timer.ts'
import { nextTime } from '../services/next-time.ts'
import { TestBox } from '../reconfigure/test-box.fixture.ts'
import { reasonToIssue } from './certificate.ts'

// Whole services start and stop here; how long that takes is the machine's affair.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 })

let box: TestBox
let authority: TestAuthority

beforeAll(async () => {
  box = await TestBox.create()
  authority = await startAuthority({ challengePort: box.ports.web })
})

afterAll(async () => {
  await box.dispose()
  await authority.close()
})

const CERTIFICATE = '/etc/gitlab/ssl/chat.corp.test.crt'

function settings(more = ''): void {
  box.settings(`mattermost_external_url 'https://chat.corp.test:${box.ports.tls}'
letsencrypt['enable'] = true
letsencrypt['alt_names'] = ['talk.corp.test']
letsencrypt['contact_emails'] = ['ops@corp.test']
letsencrypt['key_type'] = 'ec'
letsencrypt['acme_staging_endpoint'] = '${authority.directoryUrl}'
letsencrypt['acme_production_endpoint'] = '${authority.directoryUrl}'
${more}`)
}

/** What nginx shows to somebody who connects. */
function shown(): Promise<X509Certificate> {
  return new Promise((done, fail) => {
    const socket = connect(
      { port: box.ports.tls, host: '127.0.0.1', servername: 'chat.corp.test', rejectUnauthorized: false },
      () => {
        done(new X509Certificate(socket.getPeerCertificate().raw))
        socket.destroy()
      },
    )
    socket.on('error', fail)
  })
}

test('an authority that refuses leaves a running chat behind a placeholder', async () => {
  settings()
  authority.refuse = true
  const { code, out, err } = await box.ctl('reconfigure')
  expect(out).toContain('create a placeholder until the real one is issued')
  expect(code).toBe(1)
  expect(err).toContain(`issues no certificate for chat.corp.test, talk.corp.test`)
  expect(err).toContain('port 80 must be open')
  expect((await shown()).subject).toContain('Outpost placeholder')
  expect((await box.ctl('doctor')).out).toContain('The certificate is only a placeholder.')
})

test('the same command gets a certificate once the authority agrees', async () => {
  authority.refuse = false
  const { code, out, err } = await box.ctl('reconfigure')
  expect([code, err]).toEqual([0, ''])
  expect(out).toContain('request a new one: there is only a placeholder')
  expect(authority.issued).toEqual([['chat.corp.test', 'talk.corp.test']])
  const certificate = new X509Certificate(box.read(CERTIFICATE))
  expect(certificate.checkHost('talk.corp.test')).toBeTruthy()
  const key = box.path('/etc/gitlab/ssl/chat.corp.test.key')
  expect(certificate.checkPrivateKey(createPrivateKey(readFileSync(key)))).toBe(true)
  expect([statSync(key).mode & 0o777, statSync(box.path(CERTIFICATE)).mode & 0o777]).toEqual([0o600, 0o644])
  while ((await shown()).issuer !== 'CN=Test authority');
  expect(readdirSync(box.path('/var/opt/gitlab/nginx/www/.well-known/acme-challenge'))).toEqual([])
})

test('nothing is asked again while the certificate is good', async () => {
  const { out } = await box.ctl('reconfigure')
  expect(out).toContain('Everything was up to date.')
  expect((await box.ctl('renew-le-certs')).code).toBe(0)
  expect(authority.issued).toHaveLength(1)
})

test('another name is a reason for a new certificate', async () => {
  settings(`letsencrypt['alt_names'] = ['talk.corp.test', 'third.corp.test']`)
  const { code, out } = await box.ctl('renew-le-certs')
  expect(code).toBe(0)
  expect(out).toContain('it does not cover third.corp.test')
  expect(new X509Certificate(box.read(CERTIFICATE)).checkHost('third.corp.test')).toBeTruthy()
})

test('a refusal leaves the certificate that is there', async () => {
  settings(`letsencrypt['alt_names'] = ['fourth.corp.test']`)
  const before = box.read(CERTIFICATE)
  authority.refuse = true
  const { code, err } = await box.ctl('renew-le-certs')
  expect(code).toBe(1)
  expect(err).toContain('no proof of chat.corp.test was found')
  expect(box.read(CERTIFICATE)).toBe(before)
})

test('the timer looks at the named times, writes what came of it into a log, and a refusal does not end it', async () => {
  const fifth = "letsencrypt['alt_names'] = ['fifth.corp.test']"
  settings(`${fifth}\nletsencrypt['auto_renew_minute'] = '17'\nletsencrypt['auto_renew_hour'] = '3'`)
  authority.refuse = true
  const log = '/var/log/gitlab/lets-encrypt'
  const logs = (): string[] => (existsSync(box.path(log)) ? readdirSync(box.path(log)).toSorted() : [])
  const before = logs()
  const looks: string[] = []
  const rounds = [() => settings(`${fifth}\nletsencrypt['auto_renew_minute'] = '44'`), () => (authority.refuse = false)]
  const wait = async (time: Date | undefined): Promise<void> => {
    looks.push(`${time!.getHours()}:${time!.getMinutes()}`)
    if (looks.length > rounds.length) throw new Error('enough')
    rounds[looks.length - 1]!()
  }
  await expect(renewWhenDue(box.context(), wait)).rejects.toThrow('enough')
  expect(looks).toEqual(['3:17', '0:44', '0:44'])
  // A file is named by its second, so both looks may stand in one.
  const written = logs().filter((name) => !before.includes(name))
  const text = written.map((name) => box.read(`${log}/${name}`)).join('')
  expect(text).toMatch(/no proof of chat\.corp\.test was found[^]*it does not cover fifth\.corp\.test/)
  expect(new X509Certificate(box.read(CERTIFICATE)).checkHost('fifth.corp.test')).toBeTruthy()
})

test('renewal is a service of its own, and gone when nobody wants it', async () => {
  expect((await box.ctl('service-list')).out).toContain('letsencrypt*\n')
  box.settings(`mattermost_external_url 'https://chat.corp.test:${box.ports.tls}'\nletsencrypt['enable'] = false`)
  expect((await box.ctl('reconfigure')).code).toBe(0)
  expect((await box.ctl('service-list')).out).toContain('letsencrypt\n')
  expect((await box.ctl('renew-le-certs')).err).toContain("Let's Encrypt is not in use here.")
  expect(existsSync(box.path(CERTIFICATE))).toBe(true)
})

test('when a certificate is due', () => {
  const good = { notAfter: new Date('2027-03-01'), isPlaceholder: false, isSelfSigned: false, missingNames: [] }
  expect(reasonToIssue(good, new Date('2027-01-01'))).toBeUndefined()
  expect(reasonToIssue(good, new Date('2027-02-10'))).toBe('it ends on 2027-03-01')
  expect(reasonToIssue({ ...good, missingNames: ['a.test'] }, new Date('2027-01-01'))).toBe('it does not cover a.test')
  expect(reasonToIssue(undefined)).toBe('there is none yet')
})

test.each([
  ['0', '30', '*/4', '2027-01-01T00:30', '2027-01-05T00:30'],
  ['*', '15', '*', '2027-01-01T10:15', '2027-01-01T11:15'],
  ['2,14', '0', '31', '2027-01-31T14:00', '2027-03-31T02:00'],
  ['22-23', '5', '1', '2027-05-01T22:05', '2027-05-01T23:05'],
])('the schedule %s h %s min on day %s', (hour, minute, dayOfMonth, from, next) => {
  expect(nextTime({ hour, minute, dayOfMonth }, new Date(from))).toEqual(new Date(next))
})

test('a schedule without a day never comes', () => {
  expect(nextTime({ hour: '0', minute: '0', dayOfMonth: 'sunday' }, new Date())).toBeUndefined()
})
