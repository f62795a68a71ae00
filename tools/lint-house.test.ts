import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { applyExceptions, lintFiles } from './lint-house.ts'
import { readSource } from './lint-house/source.ts'

const ACTION = 'server/src/posts/pin-post.ts'
const STORE = 'server/src/posts/posts.store.ts'
const ROUTES = 'server/src/posts/posts.routes.ts'
const lines = (count: number, text: string): string => `${text}\n`.repeat(count)
const errors = (texts: string): string => `const e = declareErrors({ 'app.post.x': [400, ${texts}] })\n`

type Sample = [rule: string, good: Record<string, string>, bad: Record<string, string>]

const samples: Sample[] = [
  [
    'layers',
    { [ROUTES]: "import { pinPost } from './pin-post.ts'\nimport type { Row } from './posts.store.ts'\n" },
    { [ROUTES]: "import { findPost } from './posts.store.ts'\n" },
  ],
  [
    'layers',
    { [STORE]: "import { postError } from './posts.errors.ts'\nimport { x } from '../http/errors.ts'\n" },
    { [STORE]: "import { postView } from './post-view.ts'\n" },
  ],
  [
    'layers',
    { 'server/src/posts/post-view.ts': "import type { PostRow } from './posts.store.ts'\n" },
    { 'server/src/posts/post-view.ts': "import { findPost } from './posts.store.ts'\n" },
  ],
  [
    'layers',
    { 'server/src/posts/post-access.ts': "import { findPost } from './posts.store.ts'\n" },
    { 'server/src/posts/post-access.ts': "import { publish } from '../realtime/hub.ts'\n" },
  ],
  [
    'layers',
    { 'server/src/posts/posts.schemas.ts': "import { Type } from '@sinclair/typebox'\n" },
    { 'server/src/posts/posts.schemas.ts': "import { findPost } from './posts.store.ts'\n" },
  ],
  [
    'layers',
    { 'server/src/database/pool.ts': "import { config } from '../config/declare.ts'\n" },
    { 'server/src/database/pool.ts': "import { pinPost } from '../posts/pin-post.ts'\n" },
  ],
  [
    'layers',
    { 'server/src/routes.ts': "import { routes } from './posts/posts.routes.ts'\n" },
    { [ACTION]: "export { routes } from './posts.routes.ts'\n" },
  ],
  [
    'layers',
    { 'server/migrations/0002.ts': "import { sql } from 'kysely'\n" },
    { 'server/migrations/0002.ts': "import { newId } from '../src/ids.ts'\n" },
  ],
  [
    'layers',
    { 'web/src/ui/Button.tsx': "import { useId } from 'react'\n" },
    { 'web/src/ui/Button.tsx': "import { posts } from '../store/posts.ts'\n" },
  ],
  [
    'foreign-store',
    { [ACTION]: "import { findPost } from './posts.store.ts'\n" },
    { [ACTION]: "import { findTeam } from '../teams/teams.store.ts'\n" },
  ],
  [
    'framework',
    { [ROUTES]: "import type { FastifyInstance } from 'fastify'\n" },
    { [ACTION]: "import type { FastifyRequest } from 'fastify'\n" },
  ],
  [
    'cycle',
    { 'server/src/a.ts': "import { b } from './b.ts'\n", 'server/src/b.ts': "import type { A } from './a.ts'\n" },
    { 'server/src/a.ts': "import { b } from './b.ts'\n", 'server/src/b.ts': "import { a } from './a.ts'\n" },
  ],
  [
    'sql',
    { [STORE]: "const q = tx.selectFrom('posts')\n", [ACTION]: '// tx.selectFrom( is for stores\n' },
    { [ACTION]: "const q = tx.selectFrom('posts')\n" },
  ],
  ['sql', { [STORE]: 'const q = sql`select 1`\n' }, { [ACTION]: 'const q = sql<number>`select 1`\n' }],
  ['publish', { [ACTION]: "tx.publish('posted', {})\n" }, { [ACTION]: "hub.publish('posted', {})\n" }],
  ['publish', { [ACTION]: "tx.enqueue('mail', {})\n" }, { [STORE]: "tx.enqueue('mail', {})\n" }],
  ['file-length', { [ACTION]: lines(400, 'x()') }, { [ACTION]: lines(401, 'x()') }],
  [
    'function-length',
    { [ACTION]: `function f(a: { b: string }): { c: string } {\n${lines(58, '  x()')}}\n` },
    { [ACTION]: `function f(a: { b: string }): { c: string } {\n${lines(59, '  x()')}}\n` },
  ],
  [
    'function-length',
    { [ACTION]: `const f = () => {\n${lines(58, '  x()')}}\n` },
    { [ACTION]: `class A {\n  async f(): Promise<void> {\n${lines(59, '  x()')}  }\n}\n` },
  ],
  [
    'docstring',
    { [ACTION]: '/** Pins it. */\nexport async function pinPost() {}\nfunction inner() {}\n' },
    { [ACTION]: '// Pins it.\nexport async function pinPost() {}\n' },
  ],
  [
    'docstring',
    { [ACTION]: '/** Pins it. */\nexport const pin = (id: string) => id\nexport const LIMIT = 3\n' },
    { [ACTION]: 'export const pin = (id: string) => id\n' },
  ],
  [
    'docstring',
    { [ROUTES]: 'export function postRoutes() {}\n' },
    { [ACTION]: 'export function postRoutes() {}\n', [STORE]: '/** All. */\nexport function findRoutes() {}\n' },
  ],
  ['docstring', { [ROUTES]: 'export const postRoutes = () => []\n' }, { [ROUTES]: 'export function pin() {}\n' }],
  ['words', { 'docs/a.md': 'See docs/work/plan.md' }, { 'docs/a.md': ['See /wo', 'rk/plan.md'].join('') }],
  ['words', { [ACTION]: '// left to do\n' }, { [ACTION]: ['// TO', 'DO\n'].join('') }],
  [
    'words',
    { 'docs/a.md': 'https://www.npmjs.com/package/node' },
    { 'docs/a.md': ['https://registry.npm', 'js.org/'].join('') },
  ],
  [
    'error-texts',
    { [ACTION]: errors("'No {Name}.', '{Name} 항목이 없습니다.'") },
    { [ACTION]: errors("'No {Name}.', '{Id} 항목이 없습니다.'") },
  ],
  ['error-texts', { [ACTION]: errors("'It failed.', '실패했습니다.'") }, { [ACTION]: errors("'It failed.'") }],
  [
    'error-texts',
    { [ACTION]: errors("'It’s [x].', '실패했습니다.'") },
    { [ACTION]: errors("'It failed.', 'Failed.'") },
  ],
]

describe('every rule of the house', () => {
  it.each(samples)('%s: lets the good sample pass, stops the bad one', (rule, good, bad) => {
    expect(lintFiles(good).filter((finding) => finding.rule === rule)).toEqual([])
    const found = lintFiles(bad).filter((finding) => finding.rule === rule)
    expect(found).toHaveLength(1)
    expect(found[0]!.message).toMatch(/docs\/architecture\.md#[a-z-]+$/)
  })

  it('points to a place that exists in both languages', () => {
    const anchors = samples.flatMap(([, , bad]) =>
      lintFiles(bad).map((finding) => /#([a-z-]+)$/.exec(finding.message)![1]),
    )
    for (const file of ['docs/architecture.md', 'docs/ko/architecture.md']) {
      const text = readFileSync(new URL(`../${file}`, import.meta.url), 'utf8')
      for (const anchor of new Set(anchors)) expect(text, file).toContain(`<a id="${anchor}"></a>`)
    }
  })

  it('excuses what the exceptions name, and reports an exception nobody needs', () => {
    const found = lintFiles({ [ACTION]: lines(401, 'x()') })
    const entry = { rule: 'file-length', path: ACTION, reason: 'a sample' }
    expect(applyExceptions(found, [entry])).toEqual([])
    expect(applyExceptions(found, [{ ...entry, path: 'server/src/posts/' }])).toEqual([])
    expect(applyExceptions([], [entry])[0]!.rule).toBe('exceptions')
  })
})

describe('readSource', () => {
  it('keeps code, blanks comments and the insides of strings', () => {
    const text = 'a(`x ${b("}")} y`, /[/"]/g) // c\n/* d */ e("f\\"g")'
    expect(readSource('x.ts', text).code).toBe('a(`  ${b(" ")}  `, /    /g)     \n        e("    ")')
  })
})
