import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { chmodSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { runCommandLine } from '../cli/main-command.ts'
import { machinePaths, type Context } from '../context.ts'
import { installation } from '../services/places.ts'

export interface Outcome {
  readonly code: number
  readonly out: string
  readonly err: string
}

/**
 * A machine below a folder: real accounts with names of its own, real runit, nginx and PostgreSQL on free ports.
 * Needs root. `dispose` leaves nothing behind.
 */
export class TestBox {
  readonly root: string
  /** part of every account's name, so that several boxes can be on one machine */
  readonly name = `ob${randomBytes(3).toString('hex')}`
  readonly env: Record<string, string> = {}
  readonly ports: Record<'web' | 'tls' | 'service' | 'postgresql', number>

  private constructor(root: string, ports: TestBox['ports']) {
    this.root = root
    this.ports = ports
  }

  static async create(): Promise<TestBox> {
    const root = mkdtempSync('/tmp/outpost-box-')
    // The services' accounts have to get through.
    chmodSync(root, 0o755)
    const [web, tls, service, postgresql] = await Promise.all([1, 2, 3, 4].map(freePort))
    return new TestBox(root, { web: web!, tls: tls!, service: service!, postgresql: postgresql! })
  }

  /** The lines that give the box accounts and ports of its own; `more` is appended. */
  settings(more = `mattermost_external_url 'http://localhost:${this.ports.web}'`): void {
    const { name, ports } = this
    this.write(
      '/etc/outpost/outpost.rb',
      `${account('mattermost', name)}
${account('postgresql', `${name}-pg`)}
${account('web_server', `${name}-www`)}
postgresql['port'] = ${ports.postgresql}
mattermost['service_port'] = ${ports.service}
nginx['status'] = { 'enable' => false }
nginx['worker_processes'] = 1
mattermost_nginx['redirect_http_to_https_port'] = ${ports.web}
${more}
`,
    )
  }

  path(path: string): string {
    return join(this.root, path)
  }

  write(path: string, text: string): void {
    mkdirSync(dirname(this.path(path)), { recursive: true })
    writeFileSync(this.path(path), text)
  }

  read(path: string): string {
    return readFileSync(this.path(path), 'utf8')
  }

  /** Runs one command line of outpost-ctl in this process. */
  async ctl(...words: string[]): Promise<Outcome> {
    const outcome = { code: 0, out: '', err: '' }
    outcome.code = await runCommandLine(this.context(outcome), words)
    return outcome
  }

  /** What a command of this machine gets; what it says is added to `said`. */
  context(said = { out: '', err: '' }): Context {
    return {
      paths: machinePaths(this.root),
      env: { PATH: process.env.PATH, ...this.env },
      stdout: (text) => void (said.out += text),
      stderr: (text) => void (said.err += text),
      uid: 0,
      hostname: 'box',
      fqdn: 'box.corp.test',
    }
  }

  /** Starts bin/outpost-ctl as a process of its own, which may be killed. */
  start(...words: string[]): ChildProcess {
    const env = { ...process.env, OUTPOST_ROOT: this.root, ...this.env }
    return spawn(join(installation, 'bin/outpost-ctl'), words, { env, stdio: ['ignore', 'pipe', 'pipe'] })
  }

  /** Runs bin/outpost-ctl, or another program of bin/, to its end. */
  run(words: string[], program = 'outpost-ctl'): Promise<Outcome> {
    return this.#execute(join(installation, 'bin', program), words)
  }

  /** Runs bin/outpost-ctl with one of prlimit's limits. */
  limited(limit: string, words: string[]): Promise<Outcome> {
    return this.#execute('prlimit', [limit, join(installation, 'bin/outpost-ctl'), ...words])
  }

  #execute(program: string, words: string[]): Promise<Outcome> {
    const env = { ...process.env, OUTPOST_ROOT: this.root, ...this.env }
    return promisify(execFile)(program, words, { env }).then(
      ({ stdout, stderr }) => ({ code: 0, out: stdout, err: stderr }),
      (error: { code: number; stdout: string; stderr: string }) => ({
        code: error.code,
        out: error.stdout,
        err: error.stderr,
      }),
    )
  }

  /** The process of a service, 0 while it does not run. */
  async pid(service: string): Promise<number> {
    const { out } = await this.ctl('status', service)
    return Number(/^run: [^(]*\(pid (\d+)\)/.exec(out)?.[1] ?? 0)
  }

  async dispose(): Promise<void> {
    await this.ctl('uninstall')
    for (const name of [this.name, `${this.name}-pg`, `${this.name}-www`])
      await promisify(execFile)('userdel', [name]).catch(() => undefined)
    rmSync(this.root, { recursive: true, force: true })
  }
}

const account = (section: string, name: string): string =>
  `${section}['username'] = '${name}'\n${section}['group'] = '${name}'`

/** A port that nobody uses at the moment. */
export function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer()
    server.once('error', fail)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => done(port))
    })
  })
}
