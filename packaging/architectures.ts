/** A kind of machine, as Debian and as npm call it. */
export interface Architecture {
  readonly debian: string
  readonly node: string
}

/** The kinds of machine that there is a package for. */
export const architectures: readonly Architecture[] = [
  { debian: 'amd64', node: 'x64' },
  { debian: 'arm64', node: 'arm64' },
]
