import { importsOf, type Finding, type Import, type Source } from './source.ts'

const isTest = (path: string): boolean => /\.(test|fixture)\.tsx?$/.test(path)
const isServer = (path: string): boolean => path.startsWith('server/src/')
const ROOTS = /^server\/src\/(app|main|routes|start)\.ts$/

/** Folders of server/src that belong to no feature. */
const SHARED = /^server\/src\/(database|http|realtime|config|access|i18n)\//

type Direction = { from: RegExp; to: RegExp; except?: RegExp; types?: boolean; say: string }

/** Who may not import whom. `types: true` lets type-only imports pass, because they leave no trace at run time. */
const DIRECTIONS: Direction[] = [
  {
    from: /\.routes\.ts$/,
    to: /(\.store\.ts$|^server\/src\/database\/)/,
    types: true,
    say: 'A route calls one action; only actions and what they call reach the database.',
  },
  {
    from: /\.schemas\.ts$/,
    to: /(\.routes|\.store|-access|-view)\.ts$|^server\/src\/(database|realtime)\//,
    say: 'Schemas describe the wire and import nothing of the app but other schemas.',
  },
  {
    from: /\.store\.ts$/,
    to: /(\.routes|\.schemas|-access|-view)\.ts$|^server\/src\/(http|realtime)\//,
    except: /^server\/src\/http\/errors\.ts$/,
    types: true,
    say: 'A store is SQL and nothing else; let the action pass it what it needs.',
  },
  {
    from: /-view\.ts$/,
    to: /(\.routes|\.store|-access)\.ts$|^server\/src\/(database|http|realtime)\//,
    except: /^server\/src\/http\/errors\.ts$/,
    types: true,
    say: 'A view turns a row into JSON; let the action load the rows.',
  },
  {
    from: /-access\.ts$/,
    to: /(\.routes|\.schemas|-view)\.ts$|^server\/src\/realtime\//,
    types: true,
    say: 'Access loads a row and decides; answering and publishing belong to the action.',
  },
  {
    from: /^server\/src\/database\//,
    to: /^server\/src\/(?!database\/|config\/|ids\.ts$|http\/errors\.ts$)/,
    types: true,
    say: 'The database layer knows no feature; turn the import around.',
  },
  {
    from: /^server\/src\/(?!(app|main|routes|start)\.ts$|http\/|.*\.routes\.ts$)/,
    to: /\.routes\.ts$/,
    say: 'Only app.ts and routes.ts mount routes; move what you need into an action.',
  },
  {
    from: /^server\/migrations\//,
    to: /^server\/src\//,
    say: 'A migration must mean the same in ten years: write it without app code.',
  },
  {
    from: /^web\/src\/ui\//,
    to: /^web\/src\/(features|store|shell)\//,
    say: 'ui/ knows no domain word: pass the data in as props.',
  },
  {
    from: /^web\/src\/store\//,
    to: /^web\/src\/(features|ui|shell)\/|^react(-dom)?$/,
    say: 'store/ runs without a DOM: keep React in features/ and shell/.',
  },
]

/** Imports run downwards only: routes → actions → access, store, view → database. */
export function checkDirections(source: Source): Finding[] {
  if (isTest(source.path)) return []
  return importsOf(source).flatMap((found) => {
    const broken = DIRECTIONS.find((direction) => forbids(direction, source.path, found))
    if (!broken) return []
    const message = `imports ${found.target}. ${broken.say} See docs/architecture.md#layers`
    return [{ path: source.path, line: found.line, rule: 'layers', message }]
  })
}

function forbids(direction: Direction, from: string, found: Import): boolean {
  if (direction.types && found.typeOnly) return false
  return direction.from.test(from) && direction.to.test(found.target) && !direction.except?.test(found.target)
}

/** A feature's store belongs to that feature. */
export function checkForeignStores(source: Source): Finding[] {
  if (isTest(source.path) || !isServer(source.path) || ROOTS.test(source.path)) return []
  const own = source.path.split('/')[2]
  return importsOf(source)
    .filter((found) => found.target.endsWith('.store.ts') && !found.typeOnly && !SHARED.test(found.target))
    .filter((found) => found.target.split('/')[2] !== own)
    .map((found) => {
      const message = `imports ${found.target}. No feature touches another's store: call an action or access function of that feature. See docs/architecture.md#layers`
      return { path: source.path, line: found.line, rule: 'foreign-store', message }
    })
}

/** Fastify and ws can be left one day, because only the edge knows them. */
export function checkFramework(source: Source): Finding[] {
  const { path } = source
  if (!isServer(path) || isTest(path) || ROOTS.test(path) || path.endsWith('.routes.ts')) return []
  if (/^server\/src\/(http|realtime)\//.test(path)) return []
  return importsOf(source)
    .filter((found) => /^(fastify|@fastify\/.*|ws)$/.test(found.target))
    .map((found) => {
      const message = `imports ${found.target}. Framework types stay in http/, realtime/ and *.routes.ts; take plain values here. See docs/architecture.md#framework`
      return { path, line: found.line, rule: 'framework', message }
    })
}

/** No circles among value imports: a circle makes start-up depend on who imports first. */
export function checkCycles(sources: Source[]): Finding[] {
  const graph = new Map<string, Import[]>()
  for (const source of sources) {
    if (!isTest(source.path) && source.code !== '')
      graph.set(
        source.path,
        importsOf(source).filter((i) => !i.typeOnly),
      )
  }
  const done = new Set<string>()
  const findings: Finding[] = []
  for (const path of graph.keys()) visit(path, [], graph, done, findings)
  return findings
}

function visit(path: string, trail: string[], graph: Map<string, Import[]>, done: Set<string>, out: Finding[]): void {
  const start = trail.indexOf(path)
  if (start !== -1) {
    const circle = [...trail.slice(start), path].join(' → ')
    const line = graph.get(trail.at(-1)!)!.find((found) => found.target === path)!.line
    const message = `circle of imports: ${circle}. Move the shared part into a file both can import. See docs/architecture.md#layers`
    out.push({ path: trail.at(-1)!, line, rule: 'cycle', message })
    return
  }
  if (done.has(path)) return
  for (const found of graph.get(path) ?? []) {
    if (graph.has(found.target)) visit(found.target, [...trail, path], graph, done, out)
  }
  done.add(path)
}
