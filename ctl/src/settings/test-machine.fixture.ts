import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { machinePaths, type Context } from '../context.ts'
import { loadSettings } from './load-settings.ts'
import type { Loaded, Settings } from './settings.ts'

/** A machine in a temporary folder: files, environment, and what was printed. */
export class TestMachine {
  readonly root = mkdtempSync(join(tmpdir(), 'outpost-settings-'))
  readonly env: Record<string, string> = {}
  out = ''
  err = ''

  get context(): Context {
    return {
      paths: machinePaths(this.root),
      env: { PATH: process.env.PATH, ...this.env },
      stdout: (text) => void (this.out += text),
      stderr: (text) => void (this.err += text),
      uid: 0,
      hostname: 'box',
      fqdn: 'box.corp.test',
    }
  }

  /** Writes a file of the machine. */
  write(path: string, text: string | Uint8Array): void {
    const real = join(this.root, path)
    mkdirSync(dirname(real), { recursive: true })
    writeFileSync(real, text)
  }

  /** Reads `text` as /etc/gitlab/gitlab.rb. */
  async load(text: string): Promise<Loaded> {
    this.write('/etc/gitlab/gitlab.rb', text)
    return loadSettings(this.context)
  }

  /** The settings of `text`, which must be without mistakes. */
  async settings(text: string): Promise<Settings> {
    const { settings, report } = await this.load(text)
    if (!settings) throw new Error(report.errors.map((error) => error.text).join('\n'))
    return settings
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true })
  }
}
