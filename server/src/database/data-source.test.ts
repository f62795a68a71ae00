import { describe, expect, test } from 'vitest'
import { clientConfig, DataSourceError, maskDataSource, parseDataSource } from './data-source.ts'

const parse = (text: string, env = {}): ReturnType<typeof parseDataSource> => parseDataSource(text, env)

describe('both forms are understood', () => {
  const cases: [text: string, wanted: Partial<ReturnType<typeof parseDataSource>>][] = [
    [
      'postgres://mmuser:mostest@localhost/mattermost_test?sslmode=disable&connect_timeout=10&binary_parameters=yes',
      { host: 'localhost', port: 5432, database: 'mattermost_test', user: 'mmuser', password: 'mostest', ssl: false },
    ],
    ['postgresql://u@db:5433/x?sslmode=disable', { host: 'db', port: 5433, password: undefined }],
    ['postgres://u:p%40%2F%25@h/d%20b?sslmode=disable', { password: 'p@/%', database: 'd b' }],
    ['postgres://u:p@ss@h/d?sslmode=disable', { user: 'u', password: 'p@ss', host: 'h' }],
    ['postgres://u@[::1]:6000/d?sslmode=disable', { host: '::1', port: 6000 }],
    ['postgres://u:p@/d?host=/var/run/postgresql', { host: '/var/run/postgresql', sslMode: 'disable', database: 'd' }],
    ['postgres://u@%2Ftmp%2Fsock/d', { host: '/tmp/sock', ssl: false }],
    ['postgres://u@h', { database: 'u', sslMode: 'require' }],
    [
      'user=gitlab_mattermost host=/var/opt/gitlab/postgresql port=5432 dbname=mattermost_production',
      { host: '/var/opt/gitlab/postgresql', user: 'gitlab_mattermost', database: 'mattermost_production' },
    ],
    ["user = 'a b' password='it\\'s \\\\ ok' host= h sslmode=disable", { user: 'a b', password: "it's \\ ok" }],
    ["host=a user=u password='' host=b sslmode=disable", { host: 'b', password: undefined }],
    ['user=u host=h dbname=d sslmode=disable connect_timeout=3', { connectTimeoutMs: 3000 }],
  ]
  test.each(cases)('%s', (text, wanted) => expect(parse(text)).toMatchObject({ ...wanted, warnings: [] }))
})

test('absent values come from the PG variables', () => {
  const env = { PGHOST: '/run/pg', PGUSER: 'e', PGPASSWORD: 's', PGDATABASE: 'x', PGPORT: '7' }
  expect(parse('', env)).toMatchObject({ host: '/run/pg', user: 'e', password: 's', database: 'x', port: 7 })
  expect(parse('user=me', env).user).toBe('me')
})

test('sslmode: required is taken as require, with a warning; unknown parameters are named and ignored', () => {
  const source = parse('postgres://u:p@h/d?sslmode=required&wurst=geheim')
  expect(source.sslMode).toBe('require')
  expect(source.ssl).toMatchObject({ rejectUnauthorized: false })
  expect(source.warnings).toHaveLength(2)
  expect(source.warnings.join(' ')).toMatch(/wurst/)
  expect(source.warnings.join(' ')).not.toMatch(/geheim/)
  expect(parse('host=h user=u sslmode=verify-full').ssl).toMatchObject({ rejectUnauthorized: true })
})

test('session settings go to the server as options', () => {
  const source = parse("host=/s user=u search_path='a, b' statement_timeout=5s")
  expect(clientConfig(source).options).toBe('-c search_path=a,\\ b -c statement_timeout=5s')
})

describe('what makes no sense is refused without repeating the password', () => {
  test.each([
    'postgres://u:geheim@h:port/d',
    'postgres://u:geheim%@h/d',
    'postgres://u:geheim@a,b/d',
    'postgres://u:geheim@h/d?sslmode=prefer',
    'host=h port=99999 password=geheim',
    "host=h password='geheim",
    'geheim',
    'password=geheim host',
    'host=h password=geheim sslrootcert=/does/not/exist sslmode=verify-ca',
  ])('%s', (text) => {
    const thrown = failure(text)
    expect(thrown).toBeInstanceOf(DataSourceError)
    expect(String(thrown)).not.toContain('geheim')
  })
})

function failure(text: string): unknown {
  try {
    return parse(text)
  } catch (error) {
    return error
  }
}

test.each([
  ['postgres://u:geheim@h:1/d?sslmode=disable', 'postgres://****:****@h:1/d?sslmode=disable'],
  ['postgres://u:ge@heim@h/d', 'postgres://****:****@h/d'],
  ['postgres://h/d?user=u&sslmode=disable&password=geheim', 'postgres://h/d?sslmode=disable'],
  ["user=u password = 'ge heim' host=h", 'user=**** password = **** host=h'],
  ['host=h password=geheim', 'host=h password=****'],
])('masking %s', (text, masked) => expect(maskDataSource(text)).toBe(masked))
