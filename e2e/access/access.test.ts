import { readFileSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TestServer } from '../../testkit/server.ts'
import { walkMatrix } from './matrix.ts'
import type { Leak, Matrix } from './matrix.ts'
import { openServer, presentRoutes } from './server.ts'
import { ROLES } from './world.ts'

const FILE = new URL('./expected.json', import.meta.url)

let server: TestServer
let matrix: Matrix
let leaks: Leak[]
beforeAll(async () => {
  server = await openServer()
  ;({ matrix, leaks } = await walkMatrix(server, presentRoutes(server)))
})
afterAll(() => server.stop())

test('every route answers every role as the table says', () => {
  if (process.env.OUTPOST_WRITE_EXPECTED) {
    const lines = Object.keys(matrix).toSorted().map((key) => `  ${JSON.stringify(key)}: ${JSON.stringify(matrix[key])}`)
    writeFileSync(FILE, `{\n  "": "${ROLES.join(' ')}",\n${lines.join(',\n')}\n}\n`)
  }
  const { '': roles, ...expected } = JSON.parse(readFileSync(FILE, 'utf8')) as Matrix
  expect(roles).toBe(ROLES.join(' '))
  expect(matrix).toEqual(expected)
})

test('nobody outside the channel is told of it, its posts, files or secrets', () => {
  expect(leaks).toEqual([])
})
