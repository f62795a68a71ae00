import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { TestServer } from '../../../../testkit/server.ts'
import { newId } from '../../ids.ts'
import { newTriggerId, readTriggerId } from './trigger-id.ts'

let server: TestServer
beforeAll(async () => {
  server = await TestServer.start()
})
afterAll(() => server.stop())

const problem = (triggerId: string) =>
  readTriggerId(server.app, triggerId).then(
    () => 'none',
    (error: { id: string }) => error.id.split('.').at(-1),
  )

test('a trigger id proves who clicked for as long as an integration may take', async () => {
  const [me, other] = [newId(), newId()]
  const made = await newTriggerId(server.app, me)
  expect(await readTriggerId(server.app, made)).toEqual({ id: expect.stringMatching(/^\w{26}$/), userId: me })
  const parts = Buffer.from(made, 'base64').toString().split(':')
  const forged = (at: number, value: string) => Buffer.from(parts.with(at, value).join(':')).toString('base64')
  expect(await problem(forged(1, other))).toBe('verify_signature_failed')
  expect(await problem(forged(2, String(Date.now() + 1e6)))).toBe('verify_signature_failed')
  expect(await problem(forged(3, 'AAAA'))).toBe('verify_signature_failed')
  expect(await problem(forged(3, ''))).toBe('missing_data')
  for (const broken of ['', '%', 'a b', 'A'.repeat(5000)]) expect(await problem(broken)).toBe('base64_decode_failed')
  vi.spyOn(Date, 'now').mockReturnValue(Number(parts[2]) + 31_000)
  expect(await problem(made)).toBe('expired')
  vi.restoreAllMocks()
})
