import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { exceptions } from './lint-house/exceptions.ts'
import {
  checkDocstrings,
  checkFileLength,
  checkFunctionLength,
  checkPublish,
  checkSql,
} from './lint-house/rules-code.ts'
import { checkCycles, checkDirections, checkForeignStores, checkFramework } from './lint-house/rules-imports.ts'
import { checkErrorTexts, checkWords } from './lint-house/rules-text.ts'
import { readSource, type Finding, type Source } from './lint-house/source.ts'

const SKIP = new Set(['node_modules', '.git', 'var', 'dist', '.cache', 'test-results'])
const TEXT = /\.(ts|tsx|mts|js|mjs|json|md|sql|sh|css|html|yml|yaml|rb|conf|template|mjml)$|^[A-Za-z]+$/

const PER_FILE = [
  checkDirections,
  checkForeignStores,
  checkFramework,
  checkSql,
  checkPublish,
  checkFileLength,
  checkFunctionLength,
  checkDocstrings,
  checkWords,
  checkErrorTexts,
]

/** Applies every rule of the house to files given as path → text. Exceptions are the caller's to take out. */
export function lintFiles(files: Record<string, string>): Finding[] {
  const sources: Source[] = Object.entries(files).map(([path, text]) => readSource(path, text))
  return [...sources.flatMap((source) => PER_FILE.flatMap((rule) => rule(source))), ...checkCycles(sources)]
}

/** Takes out what the exceptions allow, and reports exceptions that allow nothing. */
export function applyExceptions(findings: Finding[], allowed: typeof exceptions): Finding[] {
  const used = new Set<(typeof exceptions)[number]>()
  const left = findings.filter((finding) => {
    const hit = allowed.find((entry) => entry.rule === finding.rule && covers(entry.path, finding.path))
    if (hit) used.add(hit)
    return !hit
  })
  const stale = allowed.filter((entry) => !used.has(entry))
  return [
    ...left,
    ...stale.map((entry) => ({
      path: 'tools/lint-house/exceptions.ts',
      line: 1,
      rule: 'exceptions',
      message: `${entry.path} no longer breaks "${entry.rule}". Take the entry out. See docs/architecture.md#rules`,
    })),
  ]
}

function covers(allowed: string, path: string): boolean {
  return allowed.endsWith('/') ? path.startsWith(allowed) : path === allowed
}

/** Every text file below `root`, by its path from there. */
export function collectFiles(root: string): Record<string, string> {
  const files: Record<string, string> = {}
  const walk = (folder: string): void => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const full = join(folder, entry.name)
      if (entry.isDirectory() && !SKIP.has(entry.name)) walk(full)
      else if (entry.isFile() && TEXT.test(entry.name)) files[relative(root, full)] = readFileSync(full, 'utf8')
    }
  }
  walk(root)
  return files
}

if (import.meta.main) {
  const root = join(import.meta.dirname, '..')
  const findings = applyExceptions(lintFiles(collectFiles(root)), exceptions)
  for (const { path, line, rule, message } of findings) console.error(`${path}:${line} [${rule}] ${message}`)
  if (findings.length > 0) console.error(`${findings.length} broken rules of the house.`)
  process.exitCode = findings.length > 0 ? 1 : 0
}
