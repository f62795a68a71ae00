import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'

const checkout = resolve(import.meta.dirname, '../..')
const exec = promisify(execFile)

/** What a command in the box said, and its exit code. */
export interface Outcome {
  readonly code: number
  readonly out: string
  readonly err: string
}

export interface CommandOptions {
  /** given to the command on its standard input */
  readonly input?: string
  readonly env?: Readonly<Record<string, string>>
}

/**
 * Prepares the machine in its namespaces: this machine's programs below a layer in memory that takes all changes, and
 * without anything of GitLab, of Outpost, of the checkout, or of a Node of its own.
 */
const PREPARE = `set -e
mount -t tmpfs -o size=3g,mode=0755 tmpfs "$1"
mkdir "$1/changes" "$1/work" "$1/root"
mount -t overlay -o "lowerdir=/,upperdir=$1/changes,workdir=$1/work" overlay "$1/root"
cd "$1/root"
mount -t proc proc proc
mount --rbind /dev dev
for folder in dev/shm tmp run var/tmp "\${2#/}"; do mkdir -p "$folder" && mount -t tmpfs -o mode=1777 tmpfs "$folder"; done
mount --bind "$3" mnt
rm -rf etc/outpost etc/gitlab opt/outpost opt/gitlab var/opt/* var/log/outpost var/log/gitlab var/cache/outpost
rm -f usr/bin/node usr/bin/npm etc/nginx/conf.d/outpost.conf etc/systemd/system/outpost-runsvdir.service
hostname chat
ip link set lo up
if [ "$4" = systemd ]; then
  # Nothing that would touch the real machine: no devices, no kernel settings, only what is asked for.
  mount -t tmpfs tmpfs sys && mkdir -p sys/fs/cgroup && mount -t cgroup2 cgroup2 sys/fs/cgroup
  mount --bind proc/sys proc/sys && mount -o remount,bind,ro proc/sys
  rm -rf etc/fstab etc/systemd/system/*.wants usr/lib/systemd/system/*.wants usr/lib/systemd/system-generators
  echo ready
  container=box exec chroot . /lib/systemd/systemd --log-level=err --show-status=0 >/dev/null
fi
echo ready
exec chroot . /bin/sh -c 'cd /; trap : CHLD; while :; do sleep 1000 & wait; done'`

/** Runs the machine for as long as somebody holds our standard input: it goes with the test, however that ends. */
const KEEP = `exec 3<&0
"$@" </dev/null & machine=$!
echo "$machine"
(cat <&3 >/dev/null; kill -KILL "$machine") &
wait "$machine"`

/**
 * A Debian machine that is gone when it is disposed of, with processes, network, accounts and files of its own. It
 * reaches this machine at `hostAddress` and nothing else. Needs root. Folder `shared` is /mnt there.
 */
export class Box {
  readonly folder: string
  readonly address: string
  readonly hostAddress: string
  readonly #keeper: ChildProcess
  readonly #init: string

  private constructor(folder: string, keeper: ChildProcess, init: string, network: string) {
    this.folder = folder
    this.#keeper = keeper
    this.#init = init
    this.hostAddress = `${network}.1`
    this.address = `${network}.2`
  }

  /** `init`: what runs as its first process; `sh` is a machine without systemd, as containers are. */
  static async create(shared: string, init: 'sh' | 'systemd' = 'sh'): Promise<Box> {
    if (process.getuid?.() !== 0) throw new Error('The tests of the package need root. Run: sudo bin/test e2e/package')
    const folder = mkdtempSync(join(tmpdir(), 'outpost-machine-'))
    const spaces = ['--mount', '--pid', '--net', '--uts', '--ipc', '--cgroup', '--fork', '--kill-child']
    const prepare = ['sh', '-c', PREPARE, 'box', folder, checkout, shared, init]
    const words = ['-c', KEEP, 'keeper', 'unshare', ...spaces, '--propagation', 'private', ...prepare]
    const keeper = spawn('sh', words, { stdio: 'pipe', detached: true })
    const pid = await ready(keeper)
    const first = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim()
    const network = `198.${randomInt(18, 20)}.${randomInt(256)}`
    const box = new Box(folder, keeper, first, network)
    await connect(network, first)
    const hosts = `127.0.0.1 localhost chat\n${box.address} chat.corp.test\n${box.hostAddress} gitlab.corp.test\n`
    await box.write('/etc/hosts', hosts)
    return box
  }

  /** Runs a line of sh as root to its end. */
  async run(line: string, options: CommandOptions = {}): Promise<Outcome> {
    const child = this.start(line, options)
    // A command may end without having read what it was given.
    child.stdin!.on('error', () => undefined)
    child.stdin!.end(options.input ?? '')
    const said = { out: '', err: '' }
    child.stdout!.setEncoding('utf8').on('data', (text: string) => (said.out += text))
    child.stderr!.setEncoding('utf8').on('data', (text: string) => (said.err += text))
    const code = await new Promise<number>((done) => child.once('close', (number) => done(number ?? -1)))
    return { code, ...said }
  }

  /** Like run; a command that fails is an error with what it said. */
  async succeed(line: string, options: CommandOptions = {}): Promise<string> {
    const { code, out, err } = await this.run(line, options)
    if (code !== 0) throw new Error(`${line}\nended with ${code}:\n${out}${err}`)
    return out
  }

  /** Starts a line of sh as root. What it leaves running goes on without it. */
  start(line: string, { env = {} }: CommandOptions = {}): ChildProcess {
    const plain = { HOME: '/root', PATH, LANG: 'C.UTF-8', DEBIAN_FRONTEND: 'noninteractive', ...env }
    const words = Object.entries(plain).map(([name, value]) => `${name}=${value}`)
    const inside = ['-t', this.#init, '-a', '-r', '-w', 'env', '-i', ...words, 'sh', '-c', line]
    // A process group of its own: what a command does to its group must not reach the tests.
    return spawn('nsenter', inside, { detached: true })
  }

  async write(path: string, text: string, mode = '0644'): Promise<void> {
    await this.succeed(`mkdir -p "$(dirname ${path})" && cat >${path} && chmod ${mode} ${path}`, { input: text })
  }

  read(path: string): Promise<string> {
    return this.succeed(`cat ${path}`)
  }

  /** The process of a service, 0 while it does not run. */
  async pid(service: string): Promise<number> {
    const { out } = await this.run(`outpost-ctl status ${service}`)
    return Number(/^run: [^(]*\(pid (\d+)\)/.exec(out)?.[1] ?? 0)
  }

  async dispose(): Promise<void> {
    const gone = new Promise((done) => this.#keeper.once('exit', done))
    this.#keeper.stdin!.end()
    await gone
    rmSync(this.folder, { recursive: true, force: true })
  }
}

const PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

/** Waits until the machine runs; answers the process that holds it. */
async function ready(keeper: ChildProcess): Promise<number> {
  const said = { out: '', err: '' }
  keeper.stderr!.setEncoding('utf8').on('data', (text: string) => (said.err += text))
  await new Promise<void>((done, fail) => {
    keeper.stdout!.setEncoding('utf8').on('data', (text: string) => {
      said.out += text
      if (said.out.includes('ready')) done()
    })
    const why = 'No machine can be made here (root, overlayfs and namespaces are needed)'
    keeper.once('exit', () => fail(new Error(`${why}:\n${said.err}`)))
  })
  return Number(said.out.split('\n', 1)[0])
}

/** A cable between the two machines. It goes when the box goes. */
async function connect(network: string, init: string): Promise<void> {
  const name = `ob${init}`
  await exec('ip', ['link', 'add', name, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', init])
  await exec('ip', ['addr', 'add', `${network}.1/24`, 'dev', name])
  await exec('ip', ['link', 'set', name, 'up'])
  const inside = ['-t', init, '-n', 'ip']
  await exec('nsenter', [...inside, 'addr', 'add', `${network}.2/24`, 'dev', 'eth0'])
  await exec('nsenter', [...inside, 'link', 'set', 'eth0', 'up'])
}
