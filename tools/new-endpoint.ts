import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const USAGE = 'usage: bin/new-endpoint FEATURE VERB METHOD PATH   e.g. posts pin POST /api/v4/posts/:post_id/pin'

/** `pin-post` → `pinPost` */
const camel = (name: string): string => name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())

/** The three pieces of an endpoint: its action, its line in the routes file, and a test that fails until it works. */
export function endpoint(verb: string, method: string, path: string) {
  const name = camel(verb)
  const action = `import type { App } from '../app.ts'
import type { Session } from '../sessions/session.ts'

/** Say what it promises, and which errors it throws. */
export async function ${name}(app: Pick<App, 'access' | 'unitOfWork'>, session: Session, id: string): Promise<void> {
  // 1. Load through an access function: loading is the permission check.
  // 2. Write and say what happened: app.unitOfWork(async (tx) => { …; tx.publish(event(…)) })
  throw new Error(\`\${session.userId} asked for ${verb} of \${id}, which is not written yet (\${typeof app})\`)
}
`
  const parameter = /:(\w+)/.exec(path)?.[1] ?? 'id'
  const line = `    route({
      method: '${method}',
      path: '${path}',
      access: 'session',
      handler: async ({ session, params }) => {
        await ${name}(app, session, params.${parameter}!)
        return OK
      },
    }),
`
  const test = `import { afterAll, beforeAll, expect, test } from 'vitest'
import { TestServer } from '../../../testkit/server.ts'

let server: TestServer
beforeAll(async () => {
  server = await TestServer.start()
})
afterAll(() => server.stop())

test('${method} ${path} works for who may, and for nobody else', async () => {
  const anna = await server.make.user()
  const { status } = await server.as(anna).call('${method}', '${path.replace('/api/v4', '').replace(/:\w+/g, 'me')}')
  expect(status).toBe(200)
})
`
  return {
    files: { [`${verb}.ts`]: action, [`${verb}.api.test.ts`]: test },
    line,
    importLine: `import { ${name} } from './${verb}.ts'\n`,
  }
}

/** Puts the import first and the route at the end of the list that the routes function returns. */
export function addToRoutes(source: string, importLine: string, line: string): string {
  const end = source.lastIndexOf('  ]\n}')
  const emptyList = source.lastIndexOf('  return []\n}')
  const withImport = (text: string) => importLine + text
  if (end >= 0) return withImport(source.slice(0, end) + line + source.slice(end))
  if (emptyList >= 0)
    return withImport(source.slice(0, emptyList) + `  return [\n${line}  ]\n}` + source.slice(emptyList + 13))
  throw new Error('the routes file does not end with the list of its routes; add the route by hand')
}

function main([feature, verb, method, path]: string[]): void {
  if (!feature || !verb || !method || !path) throw new Error(USAGE)
  const folder = join('server/src', feature)
  const routesFile = join(folder, `${feature}.routes.ts`)
  if (!existsSync(routesFile))
    throw new Error(`there is no ${routesFile}; make the feature's folder first (docs/architecture.md#routes)`)
  const { files, line, importLine } = endpoint(verb, method, path)
  for (const name of Object.keys(files)) {
    if (existsSync(join(folder, name))) throw new Error(`${join(folder, name)} is there already`)
  }
  const routes = addToRoutes(readFileSync(routesFile, 'utf8'), importLine, line)
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  writeFileSync(routesFile, routes)
  console.log(
    `Wrote ${Object.keys(files).join(', ')} and the route. Next: bin/test ${join(folder, `${verb}.api.test.ts`)}`,
  )
}

if (import.meta.main) {
  try {
    main(process.argv.slice(2))
  } catch (error) {
    console.error((error as Error).message)
    process.exit(1)
  }
}
