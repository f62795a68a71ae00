import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { TestMachine } from './test-machine.fixture.ts'

let machine: TestMachine
beforeEach(() => {
  machine = new TestMachine()
})
afterEach(() => machine.remove())

const URL_LINE = "mattermost_external_url 'https://chat.corp.test'\n"
const vhost = async (text: string) => (await machine.settings(URL_LINE + text)).nginx.vhost

describe('virtual host', () => {
  test('behind another proxy', async () => {
    const host = await vhost("mattermost_nginx['listen_port'] = 80\nmattermost_nginx['listen_https'] = false")
    expect(host).toMatchObject({
      listenPort: 80,
      https: false,
      proxySetHeaders: { 'X-Forwarded-Proto': 'https', 'X-Forwarded-Ssl': 'on' },
    })
  })

  test('nothing is inherited from nginx[…]', async () => {
    const host = await vhost(
      "nginx['listen_port'] = 81\nnginx['hsts_max_age'] = 5\nnginx['client_max_body_size'] = '10m'",
    )
    expect(host).toMatchObject({ listenPort: 443, hstsMaxAge: 63_072_000, clientMaxBodySize: '0' })
  })

  test('headers: name by name, nil takes one out; plain http has no X-Forwarded-Ssl', async () => {
    const host = await vhost(
      "mattermost_nginx['proxy_set_headers'] = { 'X-Frame-Options' => nil, 'Host' => '$host', 'X-Mine' => 1 }",
    )
    expect(Object.entries(host.proxySetHeaders)).toEqual([
      ['Host', '$host'],
      ['X-Real-IP', '$remote_addr'],
      ['X-Forwarded-For', '$proxy_add_x_forwarded_for'],
      ['X-Forwarded-Proto', 'https'],
      ['X-Forwarded-Ssl', 'on'],
      ['Upgrade', '$http_upgrade'],
      ['Connection', '$connection_upgrade'],
      ['X-Mine', '1'],
    ])
    const plain = await machine.settings("mattermost_external_url 'http://chat.corp.test:8081'")
    expect(plain.nginx.vhost).toMatchObject({ listenPort: 8081, https: false })
    expect(plain.nginx.vhost.proxySetHeaders).not.toHaveProperty('X-Forwarded-Ssl')
  })

  test('proxy_protocol takes the addresses from the protocol', async () => {
    expect(await vhost("mattermost_nginx['proxy_protocol'] = true")).toMatchObject({
      realIp: { header: 'proxy_protocol' },
      proxySetHeaders: { 'X-Real-IP': '$proxy_protocol_addr', 'X-Forwarded-For': '$proxy_protocol_addr' },
    })
  })

  test.each([
    ['nil', 0, ''],
    ['false', 0, ''],
  ])('headers switched off with %s', async (value, hstsMaxAge, referrerPolicy) => {
    const host = await vhost(
      `mattermost_nginx['hsts_max_age'] = ${value}\nmattermost_nginx['referrer_policy'] = ${value}`,
    )
    expect(host).toMatchObject({ hstsMaxAge, referrerPolicy })
  })

  test('text or list, number or text', async () => {
    expect(
      await vhost(
        "mattermost_nginx['ssl_conf_command'] = 'Options X'\nmattermost_nginx['proxy_read_timeout'] = 60\nmattermost_nginx['listen_addresses'] = '127.0.0.1'",
      ),
    ).toMatchObject({ ssl: { confCommands: ['Options X'] }, proxyReadTimeout: '60', listenAddresses: ['127.0.0.1'] })
  })

  test('nginx and its switches', async () => {
    const { settings, report } = await machine.load(`${URL_LINE}nginx['enable'] = false`)
    expect(settings!.nginx.enabled).toBe(false)
    expect(report.warnings.map((w) => w.text).join()).toMatch(/nothing on this machine passes requests/)
    expect((await machine.settings(`${URL_LINE}mattermost_nginx['enable'] = false`)).nginx.enabled).toBe(false)
    const status = (
      await machine.settings(
        `${URL_LINE}nginx['status'] = { 'port' => 9000, 'options' => { 'allow' => ['10.0.0.1', '::1'] } }\nnginx['gzip_enabled'] = false`,
      )
    ).nginx.http
    expect(status).toMatchObject({
      gzip: 'off',
      status: { enabled: true, port: 9000, options: { allow: ['10.0.0.1', '::1'], deny: 'all' } },
    })
  })
})

describe('database', () => {
  const database = async (text: string) => (await machine.settings(URL_LINE + text)).database

  test('the local cluster, also with other names', async () => {
    expect(
      await database(
        "postgresql['port'] = 5433\npostgresql['dir'] = '/srv/pg'\nmattermost['database_name'] = 'chat prod'\npostgresql['sql_mattermost_user'] = 'chat'",
      ),
    ).toMatchObject({
      dataSource: "user=chat host=/srv/pg port=5433 dbname='chat prod'",
      manage: true,
      name: 'chat prod',
      role: 'chat',
      parsed: { host: '/srv/pg', port: 5433, database: 'chat prod', user: 'chat' },
    })
  })

  test('a data source on the local socket is managed too, one elsewhere or a switched-off cluster is not', async () => {
    expect(
      await database("mattermost['sql_data_source'] = 'user=mm host=/var/opt/gitlab/postgresql port=5432 dbname=mm'"),
    ).toMatchObject({ manage: true, role: 'mm', name: 'mm' })
    expect(
      await database("mattermost['sql_data_source'] = 'postgres://mm:x%20y@db1:5433/chat?sslmode=disable'"),
    ).toMatchObject({ manage: false, parsed: { password: 'x y', port: 5433 } })
    expect(await database("postgresql['enable'] = false")).toMatchObject({ manage: false })
  })

  test('sslmode=required, and MySQL', async () => {
    const { settings, report } = await machine.load(
      `${URL_LINE}mattermost['sql_data_source'] = 'host=db1 user=a dbname=b sslmode=required'`,
    )
    expect(settings!.database.parsed.sslMode).toBe('require')
    expect(report.warnings[0]).toMatchObject({ text: expect.stringContaining('sslmode=required'), place: { line: 2 } })
    const mysql = await machine.load(`${URL_LINE}mattermost['sql_driver_name'] = 'mysql'`)
    expect(mysql.report.errors[0]!.text).toMatch(/PostgreSQL only/)
  })
})

test('logging: the service’s own over the common ones; UDP adds a prefix', async () => {
  const { logging } = await machine.settings(`${URL_LINE}logging['svlogd_size'] = 10 * 1024
logging['svlogd_num'] = 5
mattermost['svlogd_num'] = 7
logging['log_group'] = 'adm'
logging['udp_log_shipping_host'] = '192.0.2.1'
logrotate['services'] = %w(nginx mattermost)`)
  expect(logging).toMatchObject({
    logGroup: 'adm',
    svlogd: {
      size: 10_240,
      num: 7,
      timeout: 86_400,
      filter: 'gzip',
      udp: '192.0.2.1:514',
      prefix: 'box.corp.test mattermost: ',
    },
    logrotate: { frequency: 'daily', rotate: 30, includesService: true },
  })
})
