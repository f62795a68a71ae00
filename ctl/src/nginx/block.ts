/** One line of nginx's configuration, without the indent of its surroundings. */
export type Line = string

/** `head { … }` with its lines indented; false and '' are left out. */
export function block(head: string, lines: readonly (Line | false)[]): Line[] {
  return [`${head} {`, ...lines.filter(Boolean).map((line) => `  ${line as string}`), '}']
}
