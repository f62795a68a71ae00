import { afterAll, beforeAll, expect, test } from 'vitest'
import { TestHome } from '../testing/home.ts'
import { bool, command, exactly, repeatable, string, strings, uint } from './declare.ts'
import type { Command } from './command.ts'
import { parse } from './parse.ts'
import { root } from '../tree/root.ts'

const load = async () => async () => undefined
const flags = [
  bool('all', '', { short: 'a' }),
  bool('on', '', { default: 'true' }),
  uint('seconds', '', { short: 's', default: '5' }),
  string('name', '', { short: 'n' }),
  strings('ids', ''),
  repeatable('url', ''),
]
const tree: Command = {
  name: 'mmctl',
  help: 'Root',
  commands: [
    {
      name: 'thing',
      help: 'Things',
      commands: [
        command('do', 'Do', { flags, aliases: ['make'] }, load),
        command('two', 'Two', { count: exactly(2) }, load),
      ],
    },
  ],
}
const read = (line: string, env: Record<string, string> = {}) => parse(tree, line.split(' ').filter(Boolean), env)

test('flags stand anywhere and take their values in every usual way', () => {
  const { args, flags: given, path } = read('--json thing --local do one --name=a=b two -as7 --url x,y --url z -- -n')
  expect(path.map((one) => one.name)).toEqual(['mmctl', 'thing', 'do'])
  expect(args).toEqual(['one', 'two', '-n'])
  expect([given.text('name'), given.bool('all'), given.int('seconds')]).toEqual(['a=b', true, 7])
  expect([given.bool('json'), given.bool('local'), given.bool('quiet')]).toEqual([true, true, false])
  expect(given.list('url')).toEqual(['x,y', 'z'])
  expect(read('thing make --ids a,b --ids c').flags.list('ids')).toEqual(['a', 'b', 'c'])
  expect(read('thing do --on=false').flags.bool('on')).toBe(false)
  expect(read('thing do').flags.bool('on')).toBe(true)
  expect(read('thing do -n=x').flags.text('name')).toBe('x')
  expect(read('thing do -s 9').flags.int('seconds')).toBe(9)
  expect(read('--config thing thing do').path).toHaveLength(3)
  expect(parse(tree, ['thing', 'do', '  padded\n'], {}).args).toEqual(['padded'])
})

test('a variable counts where the flag is not given', () => {
  const env = {
    MMCTL_JSON: 'true',
    MMCTL_INSECURE_TLS_VERSION: '1',
    MMCTL_CONFIG: '/a',
    MMCTL_NAME: 'no',
    MMCTL_HELP: '1',
  }
  const { flags: given, wantsHelp } = read('thing do --config /b', env)
  expect([given.bool('json'), given.bool('insecure-tls-version'), given.text('config')]).toEqual([true, true, '/b'])
  expect([given.text('name'), wantsHelp]).toEqual(['', false])
  expect(read('thing do --json=false', env).flags.bool('json')).toBe(false)
})

test.each([
  ['thing do --nope', 'unknown flag: --nope'],
  ['thing do -x', "unknown shorthand flag: 'x' in -x"],
  ['thing do --name', 'flag needs an argument: --name'],
  ['thing do -n', 'flag needs an argument: -n'],
  ['thing do --all=maybe', 'invalid argument "maybe" for "--all": it takes true or false'],
  ['thing do --seconds -1', 'invalid argument "-1" for "--seconds": it takes a whole number that is not negative'],
  ['thing do -s 99999999999999999999', 'it takes a whole number'],
  ['thing two one', 'accepts 2 arg(s), received 1'],
  ['think', 'unknown command "think" for "mmctl". Did you mean "thing"?'],
  ['thing xyzzy', 'unknown command "xyzzy" for "mmctl thing"'],
])('%s is refused', (line, message) => {
  expect(() => read(line)).toThrow(message)
})

test('every command of the tree has a help text, and no name or flag twice', () => {
  const walk = (one: Command, path: string): void => {
    const names = (one.commands ?? []).flatMap((sub) => [sub.name, ...(sub.aliases ?? [])])
    expect(names, path).toEqual([...new Set(names)])
    const known = (one.flags ?? []).flatMap((flag) => [flag.name, ...(flag.short ? [`-${flag.short}`] : [])])
    expect(known, path).toEqual([...new Set(known)])
    expect(one.help, path).toMatch(/^[A-Z].*[^.]$/)
    for (const sub of one.commands ?? []) walk(sub, `${path} ${sub.name}`)
  }
  walk(root, 'mmctl')
})

let cli: TestHome
beforeAll(async () => {
  cli = await TestHome.make()
})
afterAll(() => cli.remove())

test('help is printed for groups and on demand, without a server', async () => {
  const { code, out, err } = await cli.run(['user', 'list', '--help'])
  expect([code, err]).toEqual([0, ''])
  expect(out).toContain('Usage:\n  mmctl user list [flags]\n')
  expect(out).toMatch(/^ +--per-page int +How many .* \(default 200\)$/m)
  expect(out).toContain('Global Flags:\n')
  expect((await cli.run(['help', 'user', 'list'])).out).toBe(out)
  expect((await cli.run(['user'])).out).toContain('Available Commands:\n  activate ')
  expect((await cli.run(['user'])).out).not.toContain('attributes')
  const { err: unknown, code: status } = await cli.run(['user', 'lost'])
  expect([status, unknown]).toEqual([
    1,
    `Error: unknown command "lost" for "mmctl user". Did you mean "list"?\nRun 'mmctl user --help' for usage.\n`,
  ])
  expect((await cli.run(['version', '--format', 'xml'])).err).toContain('unknown format "xml"')
})

test('version prints its lines', async () => {
  const { out } = await cli.run(['version'])
  expect(out).toMatch(/^mmctl:\nVersion:\t10\.11\.20\nBuiltDate:\t/)
  expect(out).toMatch(/\nPlatform:\tlinux\/(amd64|arm64)\n$/)
  expect(JSON.parse((await cli.run(['version', '--json'])).out)).toMatchObject({ Version: '10.11.20' })
})

test('completion offers commands and flags', async () => {
  const offers = async (...words: string[]) =>
    (await cli.run(['__complete', '--', ...words])).out.split('\n').map((line) => line.split('\t')[0])
  expect(await offers('us')).toEqual(['user', ''])
  expect(await offers('user', 'preference', '')).toEqual(['list', 'get', 'set', 'delete', ''])
  expect(await offers('user', 'list', '--in')).toEqual([
    '--inactive',
    '--insecure-sha1-intermediate',
    '--insecure-tls-version',
    '',
  ])
})
