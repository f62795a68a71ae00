/**
 * The house's rules that one file may break, and why. Keep it short: an entry that is not needed any more is reported.
 * `path` is a file, or a folder when it ends in `/`.
 */
export const exceptions: { rule: string; path: string; reason: string }[] = [
  {
    rule: 'file-length',
    path: 'server/src/database/tables.ts',
    reason: 'generated from the schema, one table after another',
  },
  {
    rule: 'function-length',
    path: 'bench/lib/scenarios.mjs',
    reason: 'one scenario is one story: what is measured stands next to how it is checked',
  },
]
