import { hostname, userInfo } from 'node:os'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Fixed places of the machine, absolute as the service sees them. Every access to the disk goes through `onDisk`. */
export interface Paths {
  /** Prefix of every access to the disk: `''` on a real machine, a folder in tests. */
  root: string
  /** Outpost's own settings, in the syntax of gitlab.rb. Read instead of GitLab's when present. */
  settingsFile: string
  gitlabSettingsFile: string
  /** Outpost's own secrets; the only secrets file that Outpost writes. */
  secretsFile: string
  /** GitLab's secrets: read for what the own file lacks, never written (GitLab 19 drops the section in each run). */
  gitlabSecretsFile: string
  /** Where GitLab's package lives; its `embedded/service/gitlab-rails` tells whether GitLab is on this machine. */
  gitlabDirectory: string
}

/** What a command may touch: nothing else reaches the machine. */
export interface Context {
  paths: Paths
  env: Readonly<Record<string, string | undefined>>
  stdout: (text: string) => void
  stderr: (text: string) => void
  /** Effective user id of the caller; 0 = root. */
  uid: number
  hostname: string
  /** Name with domain, `node['fqdn']` in gitlab.rb. */
  fqdn: string
}

/** The paths of a machine, below `root`. */
export function machinePaths(root = ''): Paths {
  return {
    root,
    settingsFile: '/etc/outpost/outpost.rb',
    gitlabSettingsFile: '/etc/gitlab/gitlab.rb',
    secretsFile: '/etc/outpost/outpost-secrets.json',
    gitlabSecretsFile: '/etc/gitlab/gitlab-secrets.json',
    gitlabDirectory: '/opt/gitlab',
  }
}

/** Where `path`, absolute on the machine, really lies. */
export function onDisk(paths: Paths, path: string): string {
  return paths.root === '' ? path : join(paths.root, path)
}

/** The context of this process on this machine. */
export function machineContext(): Context {
  const name = hostname()
  return {
    paths: machinePaths(process.env.OUTPOST_ROOT ?? ''),
    env: process.env,
    stdout: (text) => void process.stdout.write(text),
    stderr: (text) => void process.stderr.write(text),
    uid: process.geteuid?.() ?? userInfo().uid,
    hostname: name.split('.', 1)[0]!,
    fqdn: qualified(name),
  }
}

/** `name` with its domain as /etc/hosts has it; `name` itself when no line knows more. */
function qualified(name: string): string {
  if (name.includes('.')) return name
  try {
    for (const line of readFileSync('/etc/hosts', 'utf8').split('\n')) {
      const names = line.replace(/#.*/, '').trim().split(/\s+/).slice(1)
      const full = names.find((other) => other.startsWith(`${name}.`))
      if (names.includes(name) && full) return full
    }
  } catch {
    // A machine without /etc/hosts has no more to say.
  }
  return name
}
