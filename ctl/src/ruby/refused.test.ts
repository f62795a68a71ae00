import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { TestMachine } from '../settings/test-machine.fixture.ts'
import { readRuby, type RubySettings } from './read-ruby.ts'
import { toJson } from './values.ts'

const machine = new TestMachine()
afterAll(() => machine.remove())

const read = (text: string): Promise<RubySettings> => readRuby(machine.context, [{ file: 'gitlab.rb', text }])

/** What reading `mattermost['x'] = …` says: text, and where. */
async function refusal(expression: string): Promise<string> {
  const { settings, report } = await machine.load(`mattermost['home'] = ${expression}`)
  expect(settings).toBeUndefined()
  expect(report.errors).toHaveLength(1)
  const { text, place } = report.errors[0]!
  return `${place?.line}:${place?.column} ${text}`
}

describe('refused with line, column and a hint', () => {
  test.each([
    [
      '`id`',
      /^1:22 mattermost\['home'\] cannot be read: a command in backticks .* as in: mattermost\['home'\] = 'value'$/,
    ],
    ['%x(id)', /command in backticks/],
    ["system('id')", /command is not executed/],
    ["IO.popen('id').read", /"IO.popen" is not evaluated/],
    ["Kernel.exec('id')", /command is not executed/],
    ["File.write('/x', 'y')", /"File.write" is not evaluated/],
    ["File.open('/x').read", /"File.open" is not evaluated/],
    ["open('|id').read", /"open" is not evaluated/],
    ["Dir.glob('/etc/*').first", /"Dir.glob"/],
    ['ENV.to_h', /"ENV.to_h"/],
    ["ENV.fetch('NOBODY_SET_THIS')", /no variable NOBODY_SET_THIS.*ENV\['NOBODY_SET_THIS'\]/],
    ['SecureRandom.hex(16)', /random value would be another one in each run/],
    ["YAML.load_file('/x.yml')", /YAML.load_file is not evaluated.*JSON.parse/],
    ["JSON.parse('{')", /not valid JSON/],
    ["File.read('/nowhere')", /\/nowhere does not exist/],
    ["File.read('/etc')", /\/etc is not a regular file/],
    ["'a'.send(:system, 'id')", /"a text.send" is not evaluated/],
    ["'a'.instance_eval('1')", /"a text.instance_eval"/],
    ["''.class", /"a text.class"/],
    ['chat_url', /"chat_url" is not known here/],
    ['CHAT_URL', /constant CHAT_URL is not known/],
    ['->(x) { x }', /lambda/],
    ["['a'].map { |x| x }", /"map" is not evaluated/],
    ["'a' =~ /a/", /regular expression/],
    ["node['ipaddress']", /node\['ipaddress'\] is not known here; node\['fqdn'\]/],
    ['"#{[\'a\']}"', /a list cannot stand inside a text/],
    ['1 / 0', /"a number.\/" is not evaluated/],
    ["case 1 when 1 then '/a' end", /if and elsif/],
    ['(1..2)', /This Ruby is not evaluated|this Ruby is not evaluated/],
    ["'x' * 99999999", /is not evaluated/],
    ['2 ** 64 ** 9', /is not evaluated/],
  ])('%s', async (expression, expected) => {
    expect(await refusal(expression)).toMatch(expected)
  })

  test.each([
    ["system('id')", /command is not executed/],
    ['def x; end', /method definition/],
    ['class X; end', /A class is not evaluated/],
    ['while true do end', /while loop/],
    ['mattermost.enable = true', /Write mattermost\['enable'\] = value/],
    ["require '/tmp/x'", /Only parts of Ruby itself/],
    ["load '/tmp/x.rb'", /Use from_file/],
    ["Dir['/x/*'].each do |f|\n from_file f\nend", /"Dir.\[\]" is not evaluated/],
    ['5.times do |x|\nend', /"times" is not evaluated/],
    ['a, b = 1, 2', /one assignment per line/],
    ["from_file '/nowhere.rb'", /\/nowhere.rb does not exist/],
    ["raise 'no'", /"raise" is not evaluated/],
    ["mattermost['home'] = 'x'\nmattermost['home']['y'] = 1", /home is a text, not a hash/],
  ])('statement: %s', async (text, expected) => {
    const { errors } = await read(text)
    expect(errors).toHaveLength(1)
    expect(errors[0]).toMatchObject({ text: expect.stringMatching(expected), place: { file: 'gitlab.rb' } })
  })

  test('a syntax error gives the place, also after other letters', async () => {
    const { errors } = await read("a = '채팅'; b = )")
    expect(errors).toEqual([
      {
        text: expect.stringMatching(/^Syntax error: expected an expression/),
        place: { file: 'gitlab.rb', line: 1, column: 13 },
      },
    ])
  })

  test('all mistakes of a file are named, and the lines between them count', async () => {
    const { errors, words } = await read("def a; end\nmattermost['uid'] = 5\nsystem('id')")
    expect(errors.map(({ place }) => place?.line)).toEqual([1, 3])
    expect(toJson(words)).toEqual({ mattermost: { uid: 5 } })
  })
})

describe('what nobody can decide', () => {
  test('a condition makes unknown what it would assign, and only that', async () => {
    const { errors, words } = await read(
      "mattermost['home'] = '/a'\nif `x` == 'y'\n  mattermost['uid'] = 1\n  gitlab_rails['z'] = 1\n  host = 'x'\n  external_url 'https://a'\nelse\n  mattermost['gid'] ||= 2\nend\nmattermost['gid'] = 7",
    )
    expect(errors).toEqual([])
    expect(toJson(words)).toMatchObject({
      mattermost: { home: '/a', uid: expect.stringContaining('not evaluated'), gid: 7 },
    })
  })

  test('a later plain assignment heals', async () => {
    const { report } = await machine.load("mattermost['home'] = `pwd`\nmattermost['home'] = '/srv/chat'")
    expect(report.errors).toEqual([])
  })

  test('foreign sections may hold whatever they like', async () => {
    const { settings } = await machine.load(
      "gitlab_rails['a'] = SomeClass.new(`x`)\ngitaly['b'] = [->{}, %r{x}]\nprometheus['c'] = Chef::Node.fqdn",
    )
    expect(settings?.enabled).toBe(false)
  })
})

describe('guards', () => {
  test.each([
    ['brackets', `a = ${'('.repeat(50_000)}`],
    ['lists', `a = ${'['.repeat(20_000)}${']'.repeat(20_000)}`],
    ['sums', `mattermost['x'] = 1${'+1'.repeat(20_000)}`],
    ['interpolation', `a = ${'"#{'.repeat(5_000)}1${'}"'.repeat(5_000)}`],
    ['blocks', 'if true\n'.repeat(5_000) + 'end\n'.repeat(5_000)],
  ])('%s nested without end', async (_, text) => {
    const { errors } = await read(text)
    expect(errors.length).toBeGreaterThan(0)
    expect((await read("mattermost['uid'] = 1")).errors).toEqual([])
  })

  test('a file of more than 1 MiB', async () => {
    const { errors } = await read(`# ${'x'.repeat(1 << 20)}\n`)
    expect(errors[0]?.text).toMatch(/larger than 1 MiB/)
  })

  test('a text that doubles itself, a list that doubles itself, a hash in itself', async () => {
    const doubled = await read(`a = 'x'\n${'a = a + a\n'.repeat(60)}mattermost['home'] = a`)
    expect(toJson(doubled.words)).toEqual({ mattermost: { home: expect.stringContaining('too large') } })
    const lists = await read(`a = [1]\n${'a = [a, a]\n'.repeat(60)}mattermost['home'] = a`)
    expect(lists.errors[0]?.text).toMatch(/too much work/)
    const itself = await read("h = {}\nh['h'] = h\nh['h']['x'] = h\nmattermost['env'] = h")
    expect(itself.errors).toEqual([])
  })

  test('loops in loops', async () => {
    const list = `%w(${'a '.repeat(1000)})`
    const { errors } = await read(`l = ${list}\nl.each do |a|\n l.each do |b|\n  mattermost['uid'] = 1\n end\nend`)
    expect(errors.at(-1)?.text).toMatch(/too much work/)
  })

  test('files that include each other, and devices', async () => {
    machine.write('/a.rb', "from_file '/b.rb'\nmattermost['uid'] = 4")
    machine.write('/b.rb', "from_file '/a.rb'")
    const { errors, words } = await read("from_file '/a.rb'")
    expect(errors).toMatchObject([{ text: expect.stringMatching(/\/a.rb includes itself/), place: { file: '/b.rb' } }])
    expect(toJson(words)).toEqual({ mattermost: { uid: 4 } })
    mkdirSync(join(machine.root, 'dir'))
    expect((await read("from_file '/dir'")).errors[0]?.text).toMatch(/not a regular file/)
  })

  test('names of JavaScript’s own are names like others', async () => {
    const { words, errors } = await read(
      "mattermost['__proto__'] = { 'polluted' => 1 }\nmattermost['env']['constructor'] = 'x'\nmattermost['y'] = 'a'.strip",
    )
    expect(errors).toEqual([])
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
    expect(words.get('mattermost')).toBeInstanceOf(Map)
  })
})
