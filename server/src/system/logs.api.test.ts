import { appendFile, readFile, truncate } from 'node:fs/promises'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import type { Person } from '../../../testkit/builders.ts'
import { TestServer } from '../../../testkit/server.ts'

let server: TestServer
let admin: Person
let anna: Person
let file: string

beforeAll(async () => {
  // So that nothing is in it but what a test writes.
  server = await TestServer.start({ config: { LogSettings: { FileLevel: 'ERROR' } } })
  ;[admin, anna] = await Promise.all([server.make.admin(), server.make.user()])
  file = server.app.host.logFile!
})
afterAll(() => server.stop())
beforeEach(() => truncate(file))

const line = (hour: number, level: string, msg: string) =>
  `${JSON.stringify({ timestamp: `2026-03-01 ${String(hour).padStart(2, '0')}:00:00.000 Z`, level, msg })}\n`

const shown = async (query: string) => (await server.as(admin).get(`/logs?${query}`)).body as string[]
const found = async (filter: object, query = '') => {
  const { body } = await server.as(admin).post(`/logs/query?${query}`, filter)
  return (body.default as { msg: string }[]).map((one) => one.msg)
}

test('what the server writes is what is read, in the form that consoles and mmctl know', async () => {
  server.app.log.info('too small to be written')
  server.app.log.error({ token: 'a secret', place: 'here' }, '꺼내 볼 줄')
  await vi.waitFor(async () => expect(await shown('')).toHaveLength(1))
  const [text] = await shown('logs_per_page=10')
  expect(JSON.parse(text!)).toEqual({
    level: 'error',
    timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3} Z$/) as string,
    token: '[Redacted]',
    place: 'here',
    msg: '꺼내 볼 줄',
  })
})

test('pages count from the newest line, and each reads from the oldest on', async () => {
  // More than is read at once, with characters of several bytes across every border.
  const lines = Array.from({ length: 3000 }, (_, i) => `${i} ${'가'.repeat(i % 50)}`)
  await appendFile(file, `\n\n${lines.join('\n')}`)
  expect(await shown('logs_per_page=10000')).toEqual(lines)
  expect(await shown('')).toEqual(lines)
  expect(await shown('page=1&logs_per_page=7')).toEqual(lines.slice(-14, -7))
  expect(await shown('page=428&logs_per_page=7')).toEqual(lines.slice(0, 4))
  expect(await shown('page=429&logs_per_page=7')).toEqual([])
  expect(await shown('page=-1&logs_per_page=1')).toEqual(lines.slice(-1))
})

test('a query picks by level and time, and pages through what is left', async () => {
  const levels = ['info', 'warn', 'error'] as const
  await appendFile(
    file,
    `no JSON\n${[8, 9, 10, 11, 12].map((hour) => line(hour, levels[hour % 3]!, `${hour}`)).join('')}`,
  )
  expect(await found({})).toEqual(['no JSON', '8', '9', '10', '11', '12'])
  expect(await found({ log_levels: ['WARN', 'error'], server_names: [], date_from: '', date_to: null })).toEqual([
    '8',
    '10',
    '11',
  ])
  expect(await found({ log_levels: ['warn', 'error'] }, 'logs_per_page=2')).toEqual(['10', '11'])
  expect(await found({ log_levels: ['warn', 'error'] }, 'logs_per_page=2&page=1')).toEqual(['8'])
  expect(await found({ date_from: '2026-03-01T09:30:00Z', date_to: '2026-03-01T11:00:00.000Z' })).toEqual(['10', '11'])
  expect(await found({ date_from: '2026-03-01 20:00:00.000 +09:00' })).toEqual(['11', '12'])
  expect(await found({ date_to: String(Date.parse('2026-03-01T09:00Z')) })).toEqual(['8', '9'])
  expect(await found({ date_to: '2026-03-01' })).toEqual([])
  expect((await server.as(admin).post('/logs/query', { server_names: ['another'] })).body).toEqual({})
  expect((await server.as(admin).post('/logs/query', { date_from: 'yesterday' })).status).toBe(400)
  expect((await server.as(admin).post('/logs/query', { log_levels: 'error' })).status).toBe(400)
})

test('the whole file can be saved', async () => {
  await appendFile(file, line(8, 'info', 'one') + line(9, 'info', 'two'))
  const answer = await server.as(admin).get('/logs/download')
  expect(answer.headers.get('content-disposition')).toContain('attachment; filename="outpost.log"')
  expect(answer.body).toBe(await readFile(file, 'utf8'))
})

test('only for people who may, and with a word when there is nothing to read', async () => {
  for (const path of ['/logs', '/logs/download']) expect((await server.as(anna).get(path)).status).toBe(403)
  expect((await server.as(anna).post('/logs/query', {})).status).toBe(403)
  const host = vi.spyOn(server.app.host, 'logFile' as never, 'get' as never)
  host.mockReturnValue('/nowhere/outpost.log' as never)
  const broken = await server.as(admin).get('/logs')
  expect([broken.status, broken.body.id]).toEqual([500, 'api.admin.file_read_error'])
  host.mockReturnValue(undefined as never)
  expect(await shown('')).toEqual([])
  expect((await server.as(admin).get('/logs/download')).body.id).toBe('api.admin.file_read_error')
  host.mockRestore()
})
