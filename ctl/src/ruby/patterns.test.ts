import { afterAll, describe, expect, test } from 'vitest'
import { TestMachine } from '../settings/test-machine.fixture.ts'
import { readRuby, type RubySettings } from './read-ruby.ts'
import { toJson } from './values.ts'

// The forms that people write into gitlab.rb, numbered 1 to 60.

const machine = new TestMachine()
machine.env.CHAT_OAUTH_SECRET = 's3cret'
machine.env.STAGE = 'prod'
machine.write('/etc/gitlab/chat.pw', 'top secret\n')
machine.write('/etc/gitlab/pg.crt', 'CERT')
machine.write('/etc/gitlab/x.json', '{"id": "from json", "n": 3}')
machine.write('/etc/gitlab/chat.rb', "mattermost['home'] = '/from/chat'\n")
machine.write('/home/admin/extra.rb', "mattermost['home'] = '/from/extra'\n")
afterAll(() => machine.remove())

type Json = Record<string, unknown>

async function read(text: string): Promise<RubySettings & { json: Json }> {
  const result = await readRuby(machine.context, [{ file: '/etc/gitlab/gitlab.rb', text }])
  return { ...result, json: toJson(result.words) as Json }
}

/** Number, text, what it makes. */
const values: [number: number, text: string, json: Json][] = [
  [1, "mattermost_external_url 'https://chat.corp.test'", { mattermost_external_url: 'https://chat.corp.test' }],
  [2, 'external_url "https://git.corp.test"', { external_url: 'https://git.corp.test' }],
  [
    3,
    "mattermost_external_url('http://chat.corp.test:8081')",
    { mattermost_external_url: 'http://chat.corp.test:8081' },
  ],
  [5, "mattermost['enable'] = true", { mattermost: { enable: true } }],
  [6, 'mattermost["home"] = \'/srv/chat\'', { mattermost: { home: '/srv/chat' } }],
  [7, "mattermost[:database_name] = 'chat_prod'", { mattermost: { database_name: 'chat_prod' } }],
  [8, "mattermost['uid'] = 2101", { mattermost: { uid: 2101 } }],
  [9, 'mattermost[\'service_port\'] = "8065"', { mattermost: { service_port: '8065' } }],
  [10, 'mattermost[\'gitlab_scope\'] = ""', { mattermost: { gitlab_scope: '' } }],
  [11, "mattermost['service_site_url'] = nil", { mattermost: { service_site_url: null } }],
  [
    12,
    `mattermost['env'] = {"HTTP_PROXY" => "http://p:3128", "NO_PROXY" => "localhost"}`,
    { mattermost: { env: { HTTP_PROXY: 'http://p:3128', NO_PROXY: 'localhost' } } },
  ],
  [
    13,
    "mattermost['env'] = {\n  'MM_EMAILSETTINGS_SMTPSERVER' => 'mx',\n}",
    { mattermost: { env: { MM_EMAILSETTINGS_SMTPSERVER: 'mx' } } },
  ],
  [
    14,
    "mattermost['env']['MM_FILESETTINGS_MAXFILESIZE'] = '52428800'",
    { mattermost: { env: { MM_FILESETTINGS_MAXFILESIZE: '52428800' } } },
  ],
  [
    15,
    "mattermost['env'] = { HTTPS_PROXY: 'http://p:3128' }",
    { mattermost: { env: { HTTPS_PROXY: 'http://p:3128' } } },
  ],
  [
    16,
    "gitlab_rails['incoming_email_inbox_options'] = { 'tenant_id': 'x', 'poll_interval': 60 }",
    { gitlab_rails: { incoming_email_inbox_options: { tenant_id: 'x', poll_interval: 60 } } },
  ],
  [
    17,
    "mattermost['env'] = { 'MM_LOGSETTINGS_ENABLECONSOLE' => true, 'X' => 10 }",
    { mattermost: { env: { MM_LOGSETTINGS_ENABLECONSOLE: true, X: 10 } } },
  ],
  [
    18,
    "mattermost_nginx['listen_addresses'] = ['*', '[::]']",
    { mattermost_nginx: { listen_addresses: ['*', '[::]'] } },
  ],
  [
    19,
    'nginx[\'listen_addresses\'] = ["0.0.0.0", "[::]", "#x"] # v4 + v6',
    { nginx: { listen_addresses: ['0.0.0.0', '[::]', '#x'] } },
  ],
  [
    20,
    "letsencrypt['contact_emails'] = %w(ops@corp.test sec@corp.test)",
    { letsencrypt: { contact_emails: ['ops@corp.test', 'sec@corp.test'] } },
  ],
  [
    21,
    "gitlab_rails['trusted_proxies'] = %w[10.0.0.0/8 ::1/128]",
    { gitlab_rails: { trusted_proxies: ['10.0.0.0/8', '::1/128'] } },
  ],
  [
    22,
    `mattermost_nginx['proxy_set_headers'] = { "Host" => "$http_host", "X-Frame-Options" => nil }`,
    { mattermost_nginx: { proxy_set_headers: { Host: '$http_host', 'X-Frame-Options': null } } },
  ],
  [
    23,
    `mattermost_nginx['a'] = "location = /ping {\\n return 204;\\n}\\n"; mattermost_nginx['b'] = 'a\\nb'`,
    { mattermost_nginx: { a: 'location = /ping {\n return 204;\n}\n', b: 'a\\nb' } },
  ],
  [
    24,
    "mattermost_nginx['c'] = <<~NGX\n    location /x {\n      return #{200 + 4};\n    }\n  NGX\nmattermost['home'] = '/a'",
    { mattermost_nginx: { c: 'location /x {\n  return 204;\n}\n' }, mattermost: { home: '/a' } },
  ],
  [
    26,
    `nginx['status'] = { "enable" => true, "options" => { "allow" => ["127.0.0.1", "10.1.0.0/16"] } }`,
    { nginx: { status: { enable: true, options: { allow: ['127.0.0.1', '10.1.0.0/16'] } } } },
  ],
  [27, "logging['svlogd_size'] = 200 * 1024 * 1024 + 7 / 2 - 1", { logging: { svlogd_size: 209715202 } }],
  [
    28,
    `letsencrypt['auto_renew_minute'] = "30" ; nginx['worker_processes'] = 4; nginx['ha'] = false`,
    { letsencrypt: { auto_renew_minute: '30' }, nginx: { worker_processes: 4, ha: false } },
  ],
  [
    29,
    `mattermost_nginx['ssl_certificate'] = "/etc/gitlab/ssl/#{node['fqdn']}.crt"`,
    { mattermost_nginx: { ssl_certificate: '/etc/gitlab/ssl/box.corp.test.crt' } },
  ],
  [
    30,
    'host = \'chat.corp.test\'\nmattermost_external_url "https://#{host}"',
    { mattermost_external_url: 'https://chat.corp.test' },
  ],
  [
    32,
    "mattermost['a'] = ENV['CHAT_OAUTH_SECRET']\nmattermost['b'] = ENV['NOBODY_SET_THIS']",
    { mattermost: { a: 's3cret', b: null } },
  ],
  [
    33,
    "mattermost['a'] = ENV.fetch('NOBODY_SET_THIS', ''); mattermost['b'] = ENV['NOBODY_SET_THIS'] || 'dflt'",
    { mattermost: { a: '', b: 'dflt' } },
  ],
  [
    34,
    `mattermost['d'] = "user=chat password=#{File.read('/etc/gitlab/chat.pw').strip}"; mattermost['e'] = File.read('/etc/gitlab/chat.pw').chomp`,
    { mattermost: { d: 'user=chat password=top secret', e: 'top secret' } },
  ],
  [
    35,
    "postgresql['internal_certificate'] = File.read('/etc/gitlab/pg.crt')",
    { postgresql: { internal_certificate: 'CERT' } },
  ],
  [36, "mattermost['home'] = '/a'\nfrom_file \"/home/admin/extra.rb\"", { mattermost: { home: '/from/extra' } }],
  [
    37,
    "from_file '/etc/gitlab/chat.rb' if File.exist?('/etc/gitlab/chat.rb')\nfrom_file '/nowhere.rb' if File.exist?('/nowhere.rb')",
    { mattermost: { home: '/from/chat' } },
  ],
  [
    38,
    "if ENV['STAGE'] == 'test'\n mattermost['home'] = '/1'\nelsif ENV['STAGE'] != 'test' && !(1 == 2) || false\n mattermost['home'] = '/2'\nelse\n mattermost['home'] = '/3'\nend",
    { mattermost: { home: '/2' } },
  ],
  [
    39,
    "unless ENV['STAGE'].nil? || ENV['NOBODY_SET_THIS'].to_s.empty? == false\n mattermost['home'] = '/1'\nend",
    { mattermost: { home: '/1' } },
  ],
  [
    40,
    "prod = ENV['STAGE'] == 'prod'\nmattermost['team_site_name'] = prod ? 'Chat' : 'Chat (test)'",
    { mattermost: { team_site_name: 'Chat' } },
  ],
  [
    41,
    "['nginx', 'registry_nginx'].each do |s|\n  Gitlab[s]['listen_port'] = 80\nend",
    { nginx: { listen_port: 80 }, registry_nginx: { listen_port: 80 } },
  ],
  [42, "mattermost['d'] = 'user=a ' \\\n 'dbname=b' + ' x=y'", { mattermost: { d: 'user=a dbname=b x=y' } }],
  [43, "roles ['application_role', 'postgres_role']", { roles: ['application_role', 'postgres_role'] }],
  [
    44,
    'git_data_dirs({ "default" => { "path" => "/mnt/git" } })',
    { git_data_dirs: { default: { path: '/mnt/git' } } },
  ],
  [
    45,
    "gitaly['configuration'] = { storage: [ { name: 'default', path: '/mnt/g', }, ], }",
    { gitaly: { configuration: { storage: [{ name: 'default', path: '/mnt/g' }] } } },
  ],
  [
    46,
    String.raw`nginx['a'] = "/api/v\\d/x$|\\.git/y$ \" \t\e\u00e9\x41"; nginx['b'] = 'a\\b\'c\d'`,
    { nginx: { a: '/api/v\\d/x$|\\.git/y$ " \t\u001bé\u0041', b: "a\\b'c\\d" } },
  ],
  [
    47,
    String.raw`gitlab_rails['p'] = "\b((?:[Cc]los…)"; gitlab_rails['q'] = "issue %{key}"`,
    { gitlab_rails: { p: '\b((?:[Cc]los…)', q: 'issue %{key}' } },
  ],
  [
    48,
    "mattermost['env'] = mattermost['env'].merge({ 'A' => '1' })\nmattermost['uid'] ||= 2000\nmattermost['uid'] ||= 3000",
    { mattermost: { env: { A: '1' }, uid: 2000 } },
  ],
  [
    49,
    "b = 1\nmattermost['v'] = [%q(it's), %Q{a #{b}}, :sym, 52_428_800, 0644, 1.5]",
    { mattermost: { v: ["it's", 'a 1', 'sym', 52428800, 420, 1.5] } },
  ],
  [
    50,
    "=begin\nmattermost['x'] = 1\n=end\n##! text\n# mattermost['enable'] = false\nmattermost['y'] = 1\n__END__\nmattermost['z'] = `x`",
    { mattermost: { y: 1 } },
  ],
  [
    51,
    "\uFEFF\r\n\t\r\nmattermost['team_site_name'] = '채팅' # Grüße\r\nmattermost['x'] = <<~E\r\n  a\r\n  b\r\nE\r\n",
    { mattermost: { team_site_name: '채팅', x: 'a\nb\n' } },
  ],
  [
    53,
    "registry_external_url 'https://r.corp.test'\ngrafana['enable'] = false\nunicorn['x'] = 1",
    { registry_external_url: 'https://r.corp.test', grafana: { enable: false }, unicorn: { x: 1 } },
  ],
  [55, "mattermost['aws'] = {'S3Bucket' => 'b'}", { mattermost: { aws: { S3Bucket: 'b' } } }],
  [
    57,
    `mattermost_nginx['ssl_conf_command'] = ["Options PrioritizeChaCha", "Ciphersuites TLS_AES_256_GCM_SHA384"]`,
    { mattermost_nginx: { ssl_conf_command: ['Options PrioritizeChaCha', 'Ciphersuites TLS_AES_256_GCM_SHA384'] } },
  ],
  [
    59,
    "require 'json'\ns = JSON.parse(File.read('/etc/gitlab/x.json'))\nmattermost['gitlab_id'] = s['id']; mattermost['n'] = s['n'] + 1",
    { mattermost: { gitlab_id: 'from json', n: 4 } },
  ],
]

describe('forms of gitlab.rb', () => {
  test.each(values)('%i: %s', async (_, text, json) => {
    const result = await read(text)
    expect(result.json).toEqual(json)
    expect(result.errors).toEqual([])
    expect(result.warnings).toEqual([])
  })

  test('4: a local variable instead of a setter has no effect and is told', async () => {
    const { json, warnings } = await read('external_url = "https://git.corp.test"')
    expect(json).toEqual({})
    expect(warnings).toEqual([
      {
        text: `"external_url = …" only sets a variable of this file and has no effect. Write external_url 'https://…'.`,
        place: { file: '/etc/gitlab/gitlab.rb', line: 1, column: 1 },
      },
    ])
  })

  test('25, 31: what is not evaluated is unknown until a setting needs it', async () => {
    const yaml = await read(
      "gitlab_rails['ldap_servers'] = YAML.load <<-'EOS'\n  main: 'x\n  EOS\nmattermost['home'] = '/a'",
    )
    expect(yaml.errors).toEqual([])
    expect(yaml.json.mattermost).toEqual({ home: '/a' })
    const unused = await read('host = `hostname`.strip')
    expect(unused.errors).toEqual([])
    expect(unused.warnings[0]?.text).toMatch(/backticks is not executed.*host/)
    const used = await machine.load('host = `hostname`.strip\nmattermost_external_url "https://#{host}"')
    expect(used.settings).toBeUndefined()
    expect(used.report.errors).toEqual([
      {
        text: "mattermost_external_url cannot be read: a command in backticks is not executed. Write its output as a plain text, as in: mattermost_external_url 'value'",
        place: { file: '/etc/gitlab/gitlab.rb', line: 1, column: 8 },
      },
    ])
  })

  test('52: the broken line of the shipped template', async () => {
    const { errors } = await read(
      "mattermost['env'] = {\n  'SSL_CERT_DIR' => '/x',\n  'GODEBUG` => \"tlsmlkem=0\",\n}\n",
    )
    expect(errors).toHaveLength(1)
    expect(errors[0]!.place).toEqual({ file: '/etc/gitlab/gitlab.rb', line: 3, column: 11 })
    expect(errors[0]!.text).toContain("Write 'GODEBUG' in place of 'GODEBUG`")
  })

  test('54, 56: old keys and the host that GitLab knows are for the settings to judge', async () => {
    const { report } = await machine.load(
      "gitlab_rails['mattermost_host'] = \"https://chat.corp.test\"\nmattermost['service_enable_incoming_webhooks'] = true",
    )
    expect(report.notes.map(({ text }) => text)).toEqual([
      expect.stringContaining("mattermost_external_url 'https://chat.corp.test'"),
    ])
    expect(report.removals[0]).toMatchObject({
      key: "mattermost['service_enable_incoming_webhooks']",
      replacement: "mattermost['env']['MM_SERVICESETTINGS_ENABLEINCOMINGWEBHOOKS'] = 'true'",
    })
  })

  test('58: Docker’s variable is read before the file, and may be evaluated in it', async () => {
    machine.env.GITLAB_OMNIBUS_CONFIG =
      "mattermost_external_url 'http://c'; mattermost['enable']=true; mattermost['home'] = '/env'"
    const { settings } = await machine.load("mattermost['home'] = '/srv/file'")
    expect(settings).toMatchObject({ enabled: true, siteUrl: 'http://c', account: { home: '/srv/file' } })
    const inFile = await read('eval ENV["GITLAB_OMNIBUS_CONFIG"].to_s')
    expect(inFile.json).toEqual({ mattermost_external_url: 'http://c', mattermost: { enable: true, home: '/env' } })
    delete machine.env.GITLAB_OMNIBUS_CONFIG
  })

  test('60: the last assignment wins, and two different ones are told', async () => {
    const { json, warnings } = await read(
      "mattermost['enable'] = true\nmattermost['uid'] = 1\nmattermost['uid'] = 1\nmattermost['enable'] = false",
    )
    expect(json).toEqual({ mattermost: { enable: false, uid: 1 } })
    expect(warnings).toHaveLength(1)
    expect(warnings[0]).toMatchObject({ place: { line: 4 }, text: expect.stringMatching(/enable.*line 1/) })
  })

  test('one value for several names: from right to left, each with its own place', async () => {
    const { json, errors, warnings } = await read(
      `nginx['ssl_certificate'] = mattermost_nginx['ssl_certificate'] = path = "/ssl/a.crt"
copy = mattermost['env'] = { 'A' => path }
mattermost['env']['B'] = 'own'
mattermost_nginx['proxy_set_headers'] = copy
mattermost['home'] ||= mattermost['file_directory'] = '/srv'
mattermost['home'] ||= mattermost['username'] = 'never'
mattermost['log_file_directory'] = (mattermost['uid'] = 7) && '/log'`,
    )
    expect(json).toEqual({
      nginx: { ssl_certificate: '/ssl/a.crt' },
      mattermost_nginx: { ssl_certificate: '/ssl/a.crt', proxy_set_headers: { A: '/ssl/a.crt' } },
      mattermost: {
        env: { A: '/ssl/a.crt', B: 'own' },
        home: '/srv',
        file_directory: '/srv',
        log_file_directory: '(not evaluated: An assignment inside an expression is not evaluated)',
      },
    })
    expect([errors, warnings]).toEqual([[], []])
    const twice = await read("mattermost['home'] = '/a'\nmattermost['username'] = mattermost['home'] = '/b'")
    expect(twice.warnings[0]).toMatchObject({ place: { line: 2 }, text: expect.stringMatching(/home.*line 1/) })
  })

  test('one value for several names that cannot be known: none of them is', async () => {
    const unknown = expect.stringContaining('(not evaluated: ') as string
    const command = await read("mattermost['home'] = x = mattermost['username'] = `id`")
    expect(command.json).toEqual({ mattermost: { home: unknown, username: unknown } })
    const open = await read("mattermost['uid'] = mattermost['gid'] = 5 if system('true')")
    expect(open.json).toEqual({ mattermost: { uid: unknown, gid: unknown } })
  })
})
